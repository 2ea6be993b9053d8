import { createJSONRPCRequest } from 'json-rpc-2.0';
import { Check } from 'typebox/value';
import { type Patience, within } from '../runtime/patience.js';
import { excerpt, messageOf, shown } from './excerpt.js';
import { answer as answerSchema, type SubjectAnswer } from './protocol.js';
import { type Evidence, SubjectError } from './subject.js';
import { isSuiteRequest, type SuiteAnswer } from './suite-requests.js';

interface Waiting {
  readonly sent: string;
  resolve(answer: SubjectAnswer): void;
  reject(error: SubjectError): void;
}

/** What others are to know of a session. */
interface SessionEvents {
  /** Answers what the program asks of the suite; without it the program may not ask. */
  serve?(request: { readonly id: string | number; readonly method: string }): Promise<SuiteAnswer>;
  /** How often the program has asked for something: while it does, it is at work. */
  signs?(): number;
  /** A request was sent. */
  asked?(id: number): void;
  /** A request was answered, or is not waited for any more. */
  answered?(id: number): void;
}

/** So often at most the patience begins anew for a program that is at work. */
const mostRenewals = 10;

const oneAnswer = 'one line with one JSON-RPC 2.0 answer for each request, and nothing else';

/**
 * Requests and their answers, which may come in any order. The first message that breaks the protocol ends the session:
 * every request that waits and every later one is rejected with what was wrong, as nothing can be believed after it.
 */
export class Session {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private broken: SubjectError | undefined;
  /** Whether it ended because there was no answer in time. */
  timedOut = false;

  constructor(
    private readonly write: (line: string) => void,
    private readonly patience: Patience | undefined,
    private readonly events: SessionEvents = {},
  ) {}

  /** What ended it. */
  get failure(): SubjectError | undefined {
    return this.broken;
  }

  get isBroken(): boolean {
    return this.broken !== undefined;
  }

  /** Rejects with SubjectError. */
  async request(method: string, params: object): Promise<SubjectAnswer> {
    if (this.broken !== undefined) throw this.broken;
    const id = this.nextId++;
    const request = createJSONRPCRequest(id, method, params);
    let line: string;
    try {
      line = JSON.stringify(request);
    } catch (error) {
      throw new SubjectError(`The arguments of ${method} cannot be sent as JSON: ${messageOf(error)}`);
    }
    const sent = excerpt(JSON.stringify(request, withoutSecrets));
    const answer = new Promise<SubjectAnswer>((resolve, reject) => {
      this.waiting.set(id, { sent, resolve, reject });
    });
    this.write(line);
    this.events.asked?.(id);
    try {
      return await this.answered(answer);
    } catch (error) {
      if (error instanceof SubjectError) throw error;
      this.waiting.delete(id);
      this.timedOut = true;
      throw this.fail('does not answer in the time that it has', {
        sent,
        received: 'nothing',
        expected: `an answer with the id ${id}`,
        remedy: 'Answer every request, and flush standard output after each line.',
      });
    } finally {
      this.events.answered?.(id);
    }
  }

  /** Waits for an answer: as long as the patience says, and anew while the program asks for things meanwhile. */
  private async answered(answer: Promise<SubjectAnswer>): Promise<SubjectAnswer> {
    for (let renewals = 0; ; renewals++) {
      const signs = this.events.signs?.();
      try {
        return await within(answer, this.patience?.(), 'an answer');
      } catch (error) {
        const isAlive = this.events.signs?.() !== signs;
        if (error instanceof SubjectError || !isAlive || renewals >= mostRenewals) throw error;
      }
    }
  }

  /** Takes a line that the program wrote. */
  receive(line: string): void {
    if (this.broken !== undefined || line.trim() === '') return;
    const received = excerpt(line);
    if (isDeep(line)) {
      this.fail('wrote a line that is nested too deeply', {
        received,
        expected: `objects and lists in at most ${mostLevels} levels`,
        remedy: 'Answer with what the method returns, as plain data.',
      });
      return;
    }
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.fail('wrote a line that is no JSON', {
        received,
        expected: oneAnswer,
        remedy: 'Standard output is for the protocol only: print what is for people to standard error.',
      });
      return;
    }
    if (isSuiteRequest(message) && this.serves(message, received)) return;
    if (!Check(answerSchema, message)) {
      this.fail('wrote what is no answer of the protocol', {
        ...this.sentFor(message),
        received,
        expected: `${oneAnswer}: {"jsonrpc": "2.0", "id": …, "result": …} or {"jsonrpc": "2.0", "id": …, "error": {"code", "message", "data"}}`,
        remedy: faultOf(message),
      });
      return;
    }
    const waiting = typeof message.id === 'number' ? this.waiting.get(message.id) : undefined;
    if (waiting === undefined) {
      this.strange(message, received);
      return;
    }
    this.waiting.delete(message.id as number);
    waiting.resolve(message);
  }

  /** Answers a request of the program. Gives false where the program may not ask. */
  private serves(message: { readonly id: string | number; readonly method: string }, received: string): boolean {
    const { serve } = this.events;
    if (['initialize', 'call', 'close'].includes(message.method)) {
      this.fail('wrote back what it was sent', {
        received,
        expected: oneAnswer,
        remedy: 'Answer requests, and do not repeat them.',
      });
      return true;
    }
    if (serve === undefined) return false;
    void serve(message).then((answer) => {
      if (this.broken === undefined) this.write(JSON.stringify(answer));
    });
    return true;
  }

  /** Ends the session for a reason that continues a sentence about the program. */
  fail(what: string, evidence: Evidence = {}): SubjectError {
    const sent = evidence.sent ?? this.oldest();
    const error = new SubjectError(
      [`The program ${what}`, ...(evidence.received === undefined ? [] : [evidence.received])].join(': '),
      { ...(sent === undefined ? {} : { sent }), ...evidence },
    );
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
    return this.broken;
  }

  private strange({ id }: SubjectAnswer, received: string): void {
    const known = typeof id === 'number' && id > 0 && id < this.nextId;
    if (id === null)
      this.fail('could not read what it was sent', {
        received,
        expected: 'an answer with the id of the request',
        remedy: 'A line ends with a line feed only, and may be long: read whole lines as UTF-8.',
      });
    else if (known)
      this.fail(`answered the request ${id} a second time`, {
        received,
        expected: oneAnswer,
        remedy: 'Answer each request once.',
      });
    else
      this.fail(`answered a request ${shown(id)} that was not made`, {
        received,
        expected: oneAnswer,
        remedy: 'Give back the id of the request, of the same JSON type.',
      });
  }

  private oldest(): string | undefined {
    return this.waiting.values().next().value?.sent;
  }

  private sentFor(message: unknown): Evidence {
    const { id } = (message ?? {}) as { readonly id?: unknown };
    const sent = typeof id === 'number' ? this.waiting.get(id)?.sent : undefined;
    return sent === undefined ? {} : { sent };
  }
}

/** What drivers return has few levels; what is deeper ends the stack of all that walks it. */
const mostLevels = 200;

/** Whether the brackets of a line, texts aside, are nested deeper than they may be. */
function isDeep(line: string): boolean {
  let levels = 0;
  let isText = false;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (isText) {
      if (code === backslash) at++;
      else if (code === quote) isText = false;
    } else if (code === quote) isText = true;
    else if (code === openBracket || code === openBrace) levels++;
    else if (code === closeBracket || code === closeBrace) levels--;
    if (levels > mostLevels) return true;
  }
  return false;
}

const [quote, backslash] = [0x22, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Messages end up in reports, and a configuration has passwords. */
function withoutSecrets(name: string, value: unknown): unknown {
  return typeof value === 'string' && /password|secret|token|provider_auth/.test(name) ? '****' : value;
}

/** What is wrong with a message, in the words that help most. */
function faultOf(message: unknown): string {
  if (Array.isArray(message)) return 'Answer one request with one object: lists of answers are not used.';
  if (typeof message !== 'object' || message === null) return 'An answer is a JSON object.';
  const { jsonrpc, id, result, error } = message as Readonly<Record<string, unknown>>;
  if (jsonrpc !== '2.0') return 'Set "jsonrpc" to "2.0".';
  if ('method' in message && id !== undefined)
    return 'Ask the suite only for what "suite" of initialize lists, by an id that is a text or a number.';
  if (id === undefined) return 'Give back the id of the request: notifications are not used.';
  if (error === undefined && result === undefined) return 'Set "result", to null where there is nothing to say.';
  if ('error' in message && 'result' in message) return 'Give either "result" or "error", and leave the other out.';
  if (error === undefined) return '"identities" has JSON pointers only: see PROTOCOL.md.';
  const { code, data } = (error ?? {}) as Readonly<Record<string, unknown>>;
  if (code === -32_000) return `"data" of an exception is {"class", "parents": […], "message"}, not ${shown(data)}.`;
  if (Object.keys(message).some((key) => !['jsonrpc', 'id', 'error'].includes(key)))
    return 'Leave out what is not asked for.';
  return 'An error has a code of JSON-RPC 2.0, or -32000 for an exception, and a message.';
}
