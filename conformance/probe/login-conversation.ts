import { randomBytes } from 'node:crypto';
import { type Connection, undeclaredDataBytes } from './connection.js';
import { LoginRefused } from './errors.js';
import type { LoginOptions, LoginResult } from './login.js';
import { checkLoginResponse } from './login-response.js';
import { makePdu, type PduOf } from './pdu.js';
import { plus } from './serial.js';
import { cutText, decodePairs, encodePairs, type Pair } from './text-keys.js';

/** The step of a login whose text is about to be sent. */
export type LoginStep = 'security' | 'chap-algorithms' | 'chap-response' | 'operational';

/** A login that takes more requests than this goes in circles. */
const mostRequests = 1000;

/** The login requests and responses of one connection, with their numbers, and the text that they carry. */
export class LoginConversation {
  /** All pairs that this side has sent. */
  readonly said: Pair[] = [];
  /** All pairs that the target has sent. */
  readonly heard: Pair[] = [];
  /** The stage that the target agreed to move on to with its last answer. */
  movedTo: number | undefined;
  readonly randomBytes: (bytes: number) => Buffer;
  private readonly isid: Buffer;
  private requests = 0;
  private statSn: number | undefined;
  private latest: PduOf<'login-response'> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: LoginOptions,
  ) {
    this.randomBytes = options.randomBytes ?? randomBytes;
    this.isid = Buffer.from(options.isid ?? randomIsid(this.randomBytes));
  }

  readonly breach: Connection['breach'] = (rule, words) => this.connection.breach(rule, words);

  /** Whether the target's last answer moved on to that stage. */
  isAt(stage: number): boolean {
    return this.latest?.transit === true && this.latest.nextStage === stage;
  }

  /**
   * Sends pairs in a stage and returns the pairs of the answer. With `next`, asks to move on to that stage. Rejects with
   * LoginRefused, ProtocolViolation, ConnectionClosed or Timeout.
   */
  async say(step: LoginStep, stage: number, next: number | undefined, pairs: readonly Pair[]): Promise<Pair[]> {
    const sending = this.options.edit?.(step, pairs, this.heard) ?? pairs;
    this.said.push(...sending);
    const last = await this.sendText(stage, next, encodePairs(sending));
    const { answer, text } = await this.receiveRest(stage, next, last);
    this.movedTo = answer?.transit ? answer.nextStage : undefined;
    const received = pairsOf(this.connection, text);
    noteTwice(this.connection, this.heard, received);
    this.heard.push(...received);
    return received;
  }

  /** The numbers of the session, once the target is in full feature phase. Throws LoginRefused when it never answered. */
  finish(): Pick<LoginResult, 'isid' | 'tsih' | 'cid' | 'statSn' | 'cmdSn' | 'expCmdSn' | 'maxCmdSn'> {
    const { latest, statSn, isid } = this;
    if (latest === undefined || statSn === undefined) throw new LoginRefused(3, 0);
    const { tsih, expCmdSn, maxCmdSn } = latest;
    if (tsih === 0) this.breach('session identifier', 'the login ended without a session handle (TSIH)');
    return { isid, tsih, cid: this.cid, statSn, cmdSn: this.cmdSn, expCmdSn, maxCmdSn };
  }

  private get cid(): number {
    return this.options.cid ?? 0;
  }

  private get cmdSn(): number {
    return this.options.commandSn ?? 1;
  }

  /** Sends a text in as many requests as it takes; resolves with the answer to the last. */
  private async sendText(
    stage: number,
    next: number | undefined,
    text: Buffer,
  ): Promise<PduOf<'login-response'> | undefined> {
    const pieces = cutText(text, this.options.textBytes ?? undeclaredDataBytes);
    let answer: PduOf<'login-response'> | undefined;
    for (const [index, piece] of pieces.entries()) {
      const more = index < pieces.length - 1;
      answer = await this.exchange(this.request(stage, next, more, piece));
      if (more && (answer.data.length > 0 || answer.more || answer.transit)) {
        this.breach('text', 'the target answered a text before it was complete');
      }
    }
    return answer;
  }

  /** Asks for the rest of a text that the target sends in several responses. */
  private async receiveRest(stage: number, next: number | undefined, first: PduOf<'login-response'> | undefined) {
    let answer = first;
    let text = answer?.data ?? Buffer.alloc(0);
    while (answer?.more) {
      answer = await this.exchange(this.request(stage, next, false, Buffer.alloc(0)));
      text = Buffer.concat([text, answer.data]);
    }
    return { answer, text };
  }

  private request(stage: number, next: number | undefined, more: boolean, data: Buffer): PduOf<'login-request'> {
    const transit = next !== undefined && !more;
    return makePdu('login-request', {
      immediate: true,
      transit,
      more,
      currentStage: stage,
      nextStage: transit ? next : 0,
      isid: this.isid,
      tsih: this.options.tsih ?? 0,
      itt: 0,
      cid: this.cid,
      cmdSn: this.cmdSn,
      expStatSn: this.statSn ?? 0,
      data,
    });
  }

  private async exchange(request: PduOf<'login-request'>): Promise<PduOf<'login-response'>> {
    const { connection, options } = this;
    this.requests += 1;
    if (this.requests > mostRequests) {
      connection.breach('login stage', `no end of the login after ${mostRequests} requests`);
    }
    connection.send(request);
    const { pdu } = await connection.receive(options.patience?.());
    if (pdu.kind !== 'login-response') {
      connection.breach('opcode', `a ${pdu.kind} came during login`);
      throw new LoginRefused(3, 0);
    }
    checkLoginResponse(connection.breach, request, pdu, this.statSn);
    this.statSn = plus(pdu.statSn, 1);
    this.latest = pdu;
    if (pdu.statusClass !== 0) throw new LoginRefused(pdu.statusClass, pdu.statusDetail, pairsOf(connection, pdu.data));
    return pdu;
  }
}

/** A random ISID: type 10b, 24 random bits and a qualifier of zero (RFC 7143, 11.12.5). */
function randomIsid(random: (bytes: number) => Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x80), random(3), Buffer.alloc(2)]);
}

function noteTwice(connection: Connection, before: readonly Pair[], received: readonly Pair[]): void {
  const seen = new Set(before.map(([key]) => key));
  for (const [key] of received) {
    if (seen.has(key)) connection.breach('negotiation', `the target said ${key} twice`);
    seen.add(key);
  }
}

function pairsOf(connection: Connection, text: Buffer): Pair[] {
  try {
    return decodePairs(text);
  } catch (error) {
    connection.breach('text', error instanceof Error ? error.message : String(error));
    return [];
  }
}
