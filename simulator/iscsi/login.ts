import { Chap, type ChapAccount } from './chap.js';
import { agreed, defaultParameters, largestDataBytes, negotiate, type SessionParameters } from './negotiation.js';
import { flags, headerBytes, newHeader, next, opcodes } from './pdu.js';
import { formatText, parseText, TextError } from './text-keys.js';

/** Status class and detail of a login response (source: RFC 7143, 11.13.5). */
export const loginStatus = {
  success: 0x0000,
  initiatorError: 0x0200,
  authenticationFailure: 0x0201,
  notAllowed: 0x0202,
  targetNotFound: 0x0203,
  unsupportedVersion: 0x0205,
  tooManyConnections: 0x0206,
  missingParameter: 0x0207,
  sessionTypeUnsupported: 0x0209,
  sessionDoesNotExist: 0x020a,
  invalidDuringLogin: 0x020b,
  serviceUnavailable: 0x0301,
  outOfResources: 0x0302,
} as const;

/** What a login asks the array. */
export interface LoginAuthority {
  readonly targetName: string;
  readonly targetAlias: string;
  readonly groupTag: number;
  /** How an initiator can prove itself; null when it need not. */
  accountsOf(initiatorName: string): readonly ChapAccount[] | null;
  /** Takes the session in; the tag it gets, or the status that refuses it. Called when everything else is agreed. */
  admit(login: LoginResult): { readonly tsih: number } | { readonly status: number };
  failed(initiatorName: string, reason: 'authentication'): void;
  random(bytes: number): Buffer;
}

export interface LoginResult {
  readonly initiatorName: string;
  readonly isid: string;
  /** The tag that the initiator asked to go on with; 0 for a new session. */
  readonly tsih: number;
  readonly connectionId: number;
  readonly isDiscovery: boolean;
  readonly parameters: SessionParameters;
  readonly commandSerial: number;
}

/** Limits of a login: bytes of text and PDUs in all. No real initiator needs more. */
const mostTextBytes = 65_536;
const mostPdus = 64;

/** What an initiator declares once. */
const declaredKeys: ReadonlySet<string> = new Set(['InitiatorName', 'InitiatorAlias', 'SessionType', 'TargetName']);

const security = 0;
const operational = 1;
const fullFeature = 3;

class Refusal extends Error {
  constructor(readonly status: number) {
    super(`login refused with ${status.toString(16)}`);
  }
}

export interface LoginAnswer {
  readonly header: Buffer;
  readonly text: Buffer;
  /** `refused`: the connection ends; `done`: the full feature phase begins. */
  readonly end?: 'refused' | { readonly done: LoginResult; readonly tsih: number };
}

/** A login from its first PDU to the full feature phase: security stage, operational stage, both in any number of PDUs. */
export class Login {
  private readonly parameters = defaultParameters();
  private first: { readonly header: Buffer; readonly isid: string } | undefined;
  private stage: number | undefined;
  private text: Buffer[] = [];
  private textBytes = 0;
  private pdus = 0;
  private initiatorName = '';
  private isDiscovery = false;
  private isIdentified = false;
  private accounts: readonly ChapAccount[] | null = null;
  private chap: Chap | undefined;
  private isProved = false;
  private hasDeclared = false;
  private statSerial: number | undefined;
  private readonly seen = new Set<string>();

  constructor(private readonly authority: LoginAuthority) {}

  /** Answers one login request. `statSerial` of the answers counts on from the first. */
  answer(header: Buffer, data: Buffer): LoginAnswer {
    this.first ??= { header: Buffer.from(header.subarray(0, headerBytes)), isid: header.toString('hex', 8, 14) };
    this.statSerial ??= header.readUInt32BE(28);
    try {
      return this.agree(header, data);
    } catch (error) {
      const status =
        error instanceof Refusal
          ? error.status
          : error instanceof TextError
            ? loginStatus.initiatorError
            : loginStatus.serviceUnavailable;
      if (status === loginStatus.authenticationFailure)
        this.authority.failed(this.initiatorName || 'unknown', 'authentication');
      return { header: this.response(header, { status }), text: Buffer.alloc(0), end: 'refused' };
    }
  }

  /** The serial number that the first response of the full feature phase bears. */
  get nextStatSerial(): number {
    return this.statSerial ?? 0;
  }

  private agree(header: Buffer, data: Buffer): LoginAnswer {
    const flagByte = header[1] ?? 0;
    const wantsTransit = (flagByte & 0x80) !== 0;
    const continues = (flagByte & flags.continues) !== 0;
    const [currentStage, nextStage] = [(flagByte >> 2) & 3, flagByte & 3];
    this.checkHeader(header, currentStage, wantsTransit ? nextStage : undefined, continues);
    this.textBytes += data.length;
    if (this.textBytes > mostTextBytes || ++this.pdus > mostPdus) throw new Refusal(loginStatus.outOfResources);
    this.text.push(Buffer.from(data));
    this.stage = currentStage;
    if (continues) return { header: this.response(header, { stage: currentStage }), text: Buffer.alloc(0) };

    const pairs = parseText(Buffer.concat(this.text));
    this.text = [];
    const answers: [string, string][] = [];
    if (!this.isIdentified) this.identify(header, new Map(pairs), answers);
    if (currentStage === security) this.secure(pairs, answers);
    else if (this.accounts !== null && !this.isProved) throw new Refusal(loginStatus.authenticationFailure);
    this.operate(pairs, answers, currentStage);

    const leaves = wantsTransit && this.mayLeave(currentStage);
    if (!leaves || nextStage !== fullFeature) {
      if (leaves) this.stage = nextStage;
      const text = formatText(answers);
      return {
        header: this.response(header, { stage: currentStage, next: leaves ? nextStage : undefined, text }),
        text,
      };
    }
    const done = this.result(header);
    const admitted = this.authority.admit(done);
    if ('status' in admitted) throw new Refusal(admitted.status);
    const text = formatText(answers);
    return {
      header: this.response(header, { stage: currentStage, next: fullFeature, tsih: admitted.tsih, text }),
      text,
      end: { done, tsih: admitted.tsih },
    };
  }

  private checkHeader(header: Buffer, stage: number, wanted: number | undefined, continues: boolean): void {
    const { first } = this;
    if ((header[3] ?? 0) > 0) throw new Refusal(loginStatus.unsupportedVersion);
    const isSame =
      first !== undefined &&
      header.compare(first.header, 8, 16, 8, 16) === 0 &&
      header.readUInt32BE(16) === first.header.readUInt32BE(16) &&
      header.readUInt16BE(20) === first.header.readUInt16BE(20);
    const isStage = stage === security || stage === operational;
    const isWanted = wanted === undefined || ((wanted === operational || wanted === fullFeature) && wanted > stage);
    const follows = this.stage === undefined || this.stage === stage;
    if (!isSame || !isStage || !isWanted || !follows || (continues && wanted !== undefined))
      throw new Refusal(loginStatus.initiatorError);
  }

  /** Who comes, and to whom: the first request says it. */
  private identify(header: Buffer, keys: ReadonlyMap<string, string>, answers: [string, string][]): void {
    const name = keys.get('InitiatorName');
    if (name === undefined || name === '') throw new Refusal(loginStatus.missingParameter);
    if (Buffer.byteLength(name) > 223) throw new Refusal(loginStatus.initiatorError);
    this.initiatorName = name.toLowerCase();
    const sessionType = keys.get('SessionType') ?? 'Normal';
    if (sessionType !== 'Normal' && sessionType !== 'Discovery') throw new Refusal(loginStatus.sessionTypeUnsupported);
    this.isDiscovery = sessionType === 'Discovery';
    const target = keys.get('TargetName');
    if (!this.isDiscovery) {
      if (target === undefined) throw new Refusal(loginStatus.missingParameter);
      if (target.toLowerCase() !== this.authority.targetName.toLowerCase())
        throw new Refusal(loginStatus.targetNotFound);
      answers.push(['TargetPortalGroupTag', String(this.authority.groupTag)]);
      if (this.authority.targetAlias !== '') answers.push(['TargetAlias', this.authority.targetAlias]);
    } else if (header.readUInt16BE(14) !== 0) {
      throw new Refusal(loginStatus.sessionDoesNotExist);
    }
    this.accounts = this.authority.accountsOf(this.initiatorName);
    this.isIdentified = true;
  }

  private secure(pairs: readonly (readonly [string, string])[], answers: [string, string][]): void {
    const keys = new Map(pairs);
    const method = keys.get('AuthMethod');
    if (method !== undefined) {
      this.checkOnce('AuthMethod');
      const offered = method.split(',');
      const wanted = this.accounts === null ? 'None' : 'CHAP';
      if (!offered.includes(wanted)) throw new Refusal(loginStatus.authenticationFailure);
      answers.push(['AuthMethod', wanted]);
      if (wanted === 'CHAP' && this.accounts !== null)
        this.chap = new Chap(this.accounts, this.authority.targetName, (bytes) => this.authority.random(bytes));
    }
    const chapKeys = pairs.some(([key]) => key.startsWith('CHAP_'));
    if (!chapKeys) return;
    if (this.chap === undefined || this.isProved) throw new Refusal(loginStatus.initiatorError);
    const list = keys.get('CHAP_A');
    const said = list === undefined ? this.chap.finish(keys) : this.chap.begin(list);
    if (said === undefined) throw new Refusal(loginStatus.authenticationFailure);
    if (list === undefined) this.isProved = true;
    for (const [key, value] of said) answers.push([key, value]);
  }

  private operate(pairs: readonly (readonly [string, string])[], answers: [string, string][], stage: number): void {
    let negotiates = stage === operational;
    for (const [key, value] of pairs) {
      if (key === 'AuthMethod' || key.startsWith('CHAP_')) {
        if (stage === operational) throw new Refusal(loginStatus.initiatorError);
        continue;
      }
      if (declaredKeys.has(key)) this.checkOnce(key);
      const answer = negotiate(key, value, this.parameters);
      if (answer === undefined && key !== 'MaxRecvDataSegmentLength') continue;
      // Renegotiating a key within one login is a protocol error.
      this.checkOnce(key);
      negotiates = true;
      if (answer !== undefined) answers.push([key, answer]);
    }
    // Whatever came first, the answer must not be more than a burst may be.
    agreed(this.parameters);
    const firstBurst = answers.find(([key, answer]) => key === 'FirstBurstLength' && answer !== 'Reject');
    if (firstBurst !== undefined) firstBurst[1] = String(this.parameters.firstBurstBytes);
    if (negotiates && !this.hasDeclared) {
      this.hasDeclared = true;
      this.parameters.targetDataBytes = largestDataBytes;
      answers.push(['MaxRecvDataSegmentLength', String(largestDataBytes)]);
    }
  }

  private checkOnce(key: string): void {
    if (this.seen.has(key)) throw new Refusal(loginStatus.initiatorError);
    this.seen.add(key);
  }

  /** The security stage is over when who must prove itself has. */
  private mayLeave(stage: number): boolean {
    if (stage !== security || this.accounts === null || this.isProved) return true;
    // Who wants to leave without having begun will not prove anything.
    if (this.chap === undefined) throw new Refusal(loginStatus.authenticationFailure);
    return false;
  }

  private result(header: Buffer): LoginResult {
    return {
      initiatorName: this.initiatorName,
      isid: this.first?.isid ?? '',
      tsih: header.readUInt16BE(14),
      connectionId: header.readUInt16BE(20),
      isDiscovery: this.isDiscovery,
      parameters: agreed(this.parameters),
      commandSerial: header.readUInt32BE(24),
    };
  }

  private response(
    request: Buffer,
    say: {
      readonly stage?: number;
      readonly next?: number;
      readonly status?: number;
      readonly tsih?: number;
      readonly text?: Buffer;
    },
  ): Buffer {
    const { stage = (request[1] ?? 0) >> 2, status = loginStatus.success } = say;
    const transit = say.next === undefined ? 0 : 0x80 | say.next;
    const header = newHeader(
      opcodes.loginResponse,
      status === loginStatus.success ? transit | ((stage & 3) << 2) : 0,
      request.readUInt32BE(16),
      say.text?.length ?? 0,
    );
    request.copy(header, 8, 8, 16);
    if (say.tsih !== undefined) header.writeUInt16BE(say.tsih, 14);
    const serial = this.statSerial ?? 0;
    header.writeUInt32BE(serial, 24);
    this.statSerial = next(serial);
    const commandSerial = request.readUInt32BE(24);
    header.writeUInt32BE(commandSerial, 28);
    header.writeUInt32BE(commandSerial, 32);
    header.writeUInt16BE(status, 36);
    return header;
  }
}
