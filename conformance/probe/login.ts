import type { Patience } from '../runtime/patience.js';
import { type Authentication, authenticate } from './authentication.js';
import type { Connection } from './connection.js';
import { LoginConversation, type LoginStep } from './login-conversation.js';
import { agree, answerTo, type Offer, offerPairs, type Parameters } from './parameters.js';
import { type Pair, valueUnder } from './text-keys.js';

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

const operational = 1;
const fullFeature = 3;

/**
 * Logs in on a fresh connection (RFC 7143, 6.3): security, then operational parameters. Rejects with LoginRefused,
 * TargetNotAuthentic, ProtocolViolation, ConnectionClosed or Timeout; the connection is then closed.
 */
export async function login(connection: Connection, options: LoginOptions): Promise<LoginResult> {
  try {
    return await negotiate(new LoginConversation(connection, options), connection, options);
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

async function negotiate(
  conversation: LoginConversation,
  connection: Connection,
  options: LoginOptions,
): Promise<LoginResult> {
  const names = namePairs(options);
  if (!options.skipSecurity) {
    await authenticate(conversation, names, options.skipOperational ? fullFeature : operational, options.chap);
  }
  if (!conversation.isAt(fullFeature)) {
    await negotiateParameters(conversation, options.skipSecurity ? names : [], options);
  }
  const { said, heard } = conversation;
  const counts = conversation.finish();
  const parameters = agree(said, heard, (words) => connection.breach('negotiation', words));
  connection.digests = { header: parameters.headerDigest === 'CRC32C', data: parameters.dataDigest === 'CRC32C' };
  connection.maxDataBytes = parameters.maxRecvDataSegmentLength;
  const tag = valueUnder(heard, 'TargetPortalGroupTag');
  return { parameters, ...counts, portalGroupTag: tag === undefined ? undefined : Number(tag), heard };
}

function namePairs({ initiatorName, discovery, targetName }: LoginOptions): Pair[] {
  return [
    ['InitiatorName', initiatorName],
    ['SessionType', discovery ? 'Discovery' : 'Normal'],
    ...(targetName === undefined ? [] : [['TargetName', targetName] as const]),
  ];
}

/** The operational stage: offers, and answers what the target offers, until the target moves on to full feature. */
async function negotiateParameters(
  conversation: LoginConversation,
  names: readonly Pair[],
  { offer = {}, discovery = false }: LoginOptions,
): Promise<void> {
  let pairs: readonly Pair[] = [...names, ...offerPairs(offer, discovery)];
  do {
    const received = await conversation.say('operational', operational, fullFeature, pairs);
    pairs = ownAnswers(conversation.said, received);
    if (pairs.length > 0 && conversation.movedTo !== undefined) {
      conversation.breach('negotiation', `the target offered ${pairs.map(([key]) => key)} and ended the login`);
      pairs = [];
    }
  } while (conversation.movedTo !== fullFeature);
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
