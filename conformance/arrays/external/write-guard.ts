import type { Dispatcher } from 'undici';
import {
  AnsweringDispatcher,
  connectionRefused,
  type DispatchedAnswer,
  type RequestAbort,
} from '../answering-dispatcher.js';
import type { Exchange } from '../exchange.js';
import { parsed, pathOf } from '../http.js';
import { type Writing, writingOf } from './write-rules.js';

/** The address that drivers get: nothing listens there, so that the array is reached through the write guard only. */
export const guardedOrigin = { hostname: '127.0.0.1', port: 1 } as const;

/** Decides about writing requests, and learns of what they came to. */
export interface OwnershipPolicy {
  /** Whether a request is carried on, answered as if it had been, or as one for what is not there, or refused. */
  decide(writing: Writing): Promise<'carry on' | 'pretend' | 'missing' | { readonly refused: string }>;
  /** What the array answered when something was made. */
  recordCreated(answer: unknown): void;
}

export interface WriteGuardOptions {
  readonly target: Dispatcher;
  /** Of the server that requests go to. */
  readonly origin: string;
  readonly systemId: string;
  readonly ownership: OwnershipPolicy;
  readonly nowMs: () => number;
}

/** A driver wanted to change what is not its own. */
export interface Refusal {
  readonly request: string;
  readonly reason: string;
}

/**
 * Stands between drivers and an array that others use too: what would change an object that the story has not made is
 * not carried on, whatever the driver is like. Reads go through as they are.
 */
export class WriteGuard extends AnsweringDispatcher {
  /** What was refused. */
  readonly refusals: Refusal[] = [];
  /** Requests that drivers have sent. */
  readonly exchanges: Exchange[] = [];

  constructor(private readonly options: WriteGuardOptions) {
    super();
  }

  protected override async answer(
    options: Dispatcher.DispatchOptions,
    { signal }: RequestAbort,
  ): Promise<DispatchedAnswer> {
    const { hostname, port } = new URL(String(options.origin));
    if (hostname !== guardedOrigin.hostname || Number(port) !== guardedOrigin.port)
      throw connectionRefused(options.origin);
    const { method } = options;
    const path = pathOf(options);
    const text = options.body === undefined || options.body === null ? '' : String(options.body);
    const timeMs = this.options.nowMs();
    const answer =
      method === 'GET' || method === 'HEAD'
        ? await this.carried(options, signal)
        : await this.written(
            options,
            writingOf(method, path, text, this.options.systemId),
            `${method} ${path}`,
            signal,
          );
    const body = parsed(text);
    this.exchanges.push({
      number: this.exchanges.length,
      timeMs,
      method,
      url: path,
      status: answer.status,
      body,
      ...(method === 'GET' ? {} : { answer: parsed(answer.body.toString()) }),
    });
    return answer;
  }

  private async written(
    options: Dispatcher.DispatchOptions,
    writing: Writing,
    request: string,
    signal: AbortSignal,
  ): Promise<DispatchedAnswer> {
    if (writing.kind === 'registration') {
      const path = `/devmgr/v2/storage-systems/${encodeURIComponent(this.options.systemId)}`;
      return this.carried({ ...options, method: 'GET', path, query: {}, body: null }, signal);
    }
    const decision = await this.options.ownership.decide(writing);
    if (decision === 'pretend') return json(200, parsed(String(options.body ?? '')));
    if (decision === 'missing') return json(404, { errorMessage: 'There is no such object.', retcode: 'notFound' });
    if (decision !== 'carry on') {
      this.refusals.push({ request, reason: decision.refused });
      return refused(decision.refused);
    }
    const answer = await this.carried(options, signal);
    if (options.method === 'POST' && answer.status < 300)
      this.options.ownership.recordCreated(parsed(answer.body.toString()));
    return answer;
  }

  private async carried(options: Dispatcher.DispatchOptions, signal: AbortSignal): Promise<DispatchedAnswer> {
    const { target, origin } = this.options;
    const { statusCode, headers, body } = await target.request({
      ...options,
      origin,
      headers: withoutConnection(options.headers ?? {}),
      signal,
    } as Dispatcher.RequestOptions);
    return {
      status: statusCode,
      headers: withoutConnection(headers),
      body: Buffer.from(await body.arrayBuffer()),
    };
  }
}

/** As the web services answer those who may not do it. */
function refused(reason: string): DispatchedAnswer {
  const errorMessage = `Refused by the conformance suite: ${reason}`;
  return json(403, { errorMessage, localizedMessage: errorMessage, retcode: 'forbidden', codeType: 'webservice' });
}

function json(status: number, body: unknown): DispatchedAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) };
}

/** Headers of one connection, which say nothing on the next. */
const ofTheConnection = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

function withoutConnection(headers: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.has(name.toLowerCase())));
}
