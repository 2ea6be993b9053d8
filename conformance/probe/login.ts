import { randomBytes } from 'node:crypto';
import type { Patience } from '../runtime/patience.js';
import { type Authentication, authenticate } from './authentication.js';
import { type Connection, undeclaredDataBytes } from './connection.js';
import { LoginRefused } from './errors.js';
import { agree, answerTo, type Offer, offerPairs, type Parameters } from './parameters.js';
import { makePdu, type PduOf } from './pdu.js';
import { isBefore, plus } from './serial.js';
import { cutText, decodePairs, encodePairs, type Pair, valueUnder } from './text-keys.js';

/** The step of a login whose text is about to be sent. */
export type LoginStep = 'security' | 'chap-algorithms' | 'chap-response' | 'operational';

export interface LoginOptions {
  readonly initiatorName: string;
  /** Left out in discovery sessions; a normal session's login without it is sent as it is, to be refused. */
  readonly targetName?: string;
  readonly discovery?: boolean;
  readonly chap?: Authentication;
  /** Moves from the security stage straight to full feature: no parameter is negotiated. */
  readonly skipOperational?: boolean;
  /** Starts in the operational stage, as an initiator that knows no security. */
  readonly skipSecurity?: boolean;
  readonly offer?: Offer;
  /** Six bytes. By default a random one of the type "random". */
  readonly isid?: Uint8Array;
  /** Not zero to add a connection to a session. */
  readonly tsih?: number;
  readonly cid?: number;
  /** The first CmdSN. 1 by default. */
  readonly commandSn?: number;
  /** Cuts the text of each step into PDUs of at most that many bytes. 8192 by default. */
  readonly textBytes?: number;
  /** Changes what a step sends, given what the target said so far: for text that no initiator should send. */
  readonly edit?: (step: LoginStep, pairs: readonly Pair[], heard: readonly Pair[]) => readonly Pair[];
  readonly randomBytes?: (bytes: number) => Buffer;
  readonly patience?: Patience;
}

/** What a login came to. */
export interface LoginResult {
  readonly parameters: Parameters;
  readonly isid: Buffer;
  readonly tsih: number;
  readonly cid: number;
  /** The StatSN that the next answer must carry. */
  readonly statSn: number;
  /** The CmdSN of the next command. */
  readonly cmdSn: number;
  readonly expCmdSn: number;
  readonly maxCmdSn: number;
  /** The target portal group that the target named; undefined when it named none. */
  readonly portalGroupTag: number | undefined;
  /** All that the target said. */
  readonly heard: readonly Pair[];
}

/** A conversation of login requests and responses. */
export interface LoginTalk {
  /** Sends pairs in a stage and returns the pairs of the answer. With `next`, asks to move on to that stage. */
  say(step: LoginStep, stage: number, next: number | undefined, pairs: readonly Pair[]): Promise<Pair[]>;
  /** The stage that the target agreed to move on to with its last answer. */
  readonly movedTo: number | undefined;
  readonly randomBytes: (bytes: number) => Buffer;
  breach: Connection['breach'];
}

const operational = 1;
const fullFeature = 3;
/** A login that takes more requests than this goes in circles. */
const mostRequests = 1000;

/**
 * Logs in on a fresh connection (RFC 7143, 6.3): security, then operational parameters. Rejects with LoginRefused,
 * TargetNotAuthentic, ProtocolViolation, ConnectionClosed or Timeout; the connection is then closed.
 */
export async function login(connection: Connection, options: LoginOptions): Promise<LoginResult> {
  try {
    return await talk(connection, options);
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** A random ISID: type 10b, 24 random bits and a qualifier of zero (RFC 7143, 11.12.5). */
function randomIsid(random: (bytes: number) => Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x80), random(3), Buffer.alloc(2)]);
}

async function talk(connection: Connection, options: LoginOptions): Promise<LoginResult> {
  const random = options.randomBytes ?? randomBytes;
  const isid = Buffer.from(options.isid ?? randomIsid(random));
  const cid = options.cid ?? 0;
  const tsih = options.tsih ?? 0;
  const cmdSn = options.commandSn ?? 1;
  const itt = 0;
  const heard: Pair[] = [];
  const said: Pair[] = [];
  let requests = 0;
  let statSn: number | undefined;
  let latest: PduOf<'login-response'> | undefined;

  async function exchange(request: PduOf<'login-request'>): Promise<PduOf<'login-response'>> {
    requests += 1;
    if (requests > mostRequests) connection.breach('login stage', `no end of the login after ${mostRequests} requests`);
    connection.send(request);
    const { pdu } = await connection.receive(options.patience?.());
    if (pdu.kind !== 'login-response') {
      connection.breach('opcode', `a ${pdu.kind} came during login`);
      throw new LoginRefused(3, 0);
    }
    checkResponse(connection, request, pdu, statSn);
    statSn = plus(pdu.statSn, 1);
    latest = pdu;
    if (pdu.statusClass !== 0) throw new LoginRefused(pdu.statusClass, pdu.statusDetail, pairsOf(connection, pdu.data));
    return pdu;
  }

  function request(stage: number, next: number | undefined, more: boolean, data: Buffer): PduOf<'login-request'> {
    const transit = next !== undefined && !more;
    return makePdu('login-request', {
      immediate: true,
      transit,
      more,
      currentStage: stage,
      nextStage: transit ? next : 0,
      isid,
      tsih,
      itt,
      cid,
      cmdSn,
      expStatSn: statSn ?? 0,
      data,
    });
  }

  const conversation = {
    randomBytes: random,
    movedTo: undefined as number | undefined,
    breach: connection.breach,
    async say(step: LoginStep, stage: number, next: number | undefined, pairs: readonly Pair[]): Promise<Pair[]> {
      const sending = options.edit?.(step, pairs, heard) ?? pairs;
      said.push(...sending);
      const pieces = cutText(encodePairs(sending), options.textBytes ?? undeclaredDataBytes);
      let answer: PduOf<'login-response'> | undefined;
      for (const [index, piece] of pieces.entries()) {
        const more = index < pieces.length - 1;
        answer = await exchange(request(stage, next, more, piece));
        if (more && (answer.data.length > 0 || answer.more || answer.transit)) {
          connection.breach('text', 'the target answered a text before it was complete');
        }
      }
      let text = answer?.data ?? Buffer.alloc(0);
      while (answer?.more) {
        answer = await exchange(request(stage, next, false, Buffer.alloc(0)));
        text = Buffer.concat([text, answer.data]);
      }
      conversation.movedTo = answer?.transit ? answer.nextStage : undefined;
      const received = pairsOf(connection, text);
      noteTwice(connection, heard, received);
      heard.push(...received);
      return received;
    },
  } satisfies LoginTalk;

  const names: Pair[] = [
    ['InitiatorName', options.initiatorName],
    ['SessionType', options.discovery ? 'Discovery' : 'Normal'],
  ];
  if (options.targetName !== undefined) names.push(['TargetName', options.targetName]);
  if (!options.skipSecurity) {
    await authenticate(conversation, names, options.skipOperational ? fullFeature : operational, options.chap);
  }
  if (latest?.nextStage !== fullFeature || !latest.transit) {
    const offer = offerPairs(options.offer ?? {}, options.discovery === true);
    let pairs: readonly Pair[] = options.skipSecurity ? [...names, ...offer] : offer;
    do {
      const received = await conversation.say('operational', operational, fullFeature, pairs);
      pairs = ownAnswers(said, received);
      if (pairs.length > 0 && conversation.movedTo !== undefined) {
        connection.breach('negotiation', `the target offered ${pairs.map(([key]) => key)} and ended the login`);
        pairs = [];
      }
    } while (conversation.movedTo !== fullFeature);
  }

  if (latest === undefined || statSn === undefined) throw new LoginRefused(3, 0);
  if (latest.tsih === 0) connection.breach('session identifier', 'the login ended without a session handle (TSIH)');
  const parameters = agree(said, heard, (words) => connection.breach('negotiation', words));
  connection.digests = { header: parameters.headerDigest === 'CRC32C', data: parameters.dataDigest === 'CRC32C' };
  connection.maxDataBytes = parameters.maxRecvDataSegmentLength;
  const tag = valueUnder(heard, 'TargetPortalGroupTag');
  return {
    parameters,
    isid,
    tsih: latest.tsih,
    cid,
    statSn,
    cmdSn,
    expCmdSn: latest.expCmdSn,
    maxCmdSn: latest.maxCmdSn,
    portalGroupTag: tag === undefined ? undefined : Number(tag),
    heard,
  };
}

/** Answers to what the target offered of its own accord. */
function ownAnswers(said: readonly Pair[], received: readonly Pair[]): Pair[] {
  const known = new Set(said.map(([key]) => key));
  return received.flatMap(([key, value]): Pair[] => {
    if (known.has(key)) return [];
    const answer = answerTo(key, value);
    return answer === undefined ? [] : [[key, answer]];
  });
}

function checkResponse(
  { breach }: Connection,
  request: PduOf<'login-request'>,
  response: PduOf<'login-response'>,
  statSn: number | undefined,
): void {
  if (response.itt !== request.itt) breach('task tag', `a login response has the tag ${response.itt}`);
  if (response.immediate) breach('immediate bit', 'a login response has the I bit');
  if (response.versionActive !== 0) breach('version', `the active version is ${response.versionActive}`);
  // A refusal may come from a place that keeps no count, and its reason is what matters.
  if (response.statusClass !== 0) return;
  if (!response.isid.equals(request.isid)) breach('session identifier', 'a login response has another ISID');
  if (statSn !== undefined && response.statSn !== statSn) {
    breach('status sequence number', `a login response has StatSN ${response.statSn}, not ${statSn}`);
  }
  if (response.expCmdSn !== request.cmdSn) {
    breach('command sequence number', `a login response expects CmdSN ${response.expCmdSn}, not ${request.cmdSn}`);
  }
  if (isBefore(response.maxCmdSn, plus(response.expCmdSn, -1))) {
    breach('command sequence number', `MaxCmdSN ${response.maxCmdSn} is below ExpCmdSN ${response.expCmdSn} - 1`);
  }
  if (response.currentStage !== request.currentStage) {
    breach('login stage', `a response of stage ${response.currentStage} to a request of ${request.currentStage}`);
  }
  if (response.transit && !request.transit) breach('login stage', 'the target moved on unasked');
  if (response.transit && response.more) breach('login stage', 'a login response both moves on and has more to say');
  // A target may stop at a stage on the way to the one that was asked for.
  const isOnTheWay = response.nextStage > response.currentStage && response.nextStage <= request.nextStage;
  if (response.transit && !isOnTheWay) {
    breach('login stage', `the target moved on to stage ${response.nextStage}, not ${request.nextStage}`);
  }
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
