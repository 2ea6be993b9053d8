import { type ChapAlgorithm, chapAlgorithmOf, chapAlgorithms, chapResponse, sameResponse } from './chap.js';
import { TargetNotAuthentic } from './errors.js';
import type { LoginConversation } from './login-conversation.js';
import { type BinaryCoding, decodeBinary, encodeBinary, type Pair, valueUnder } from './text-keys.js';

/** How to prove who this side is, and whether the target has to prove who it is. */
export interface Authentication {
  readonly username: string;
  readonly secret: string;
  /** Mutual authentication: what the target must know. Its name is checked when given. */
  readonly target?: { readonly username?: string; readonly secret: string };
  /** In order of preference. All four by default. */
  readonly algorithms?: readonly ChapAlgorithm[];
  /** How binary values are written. Hexadecimal by default. */
  readonly coding?: BinaryCoding;
  /** What is offered: `CHAP` alone by default; `CHAP,None` lets the target choose. */
  readonly methods?: string;
}

const security = 0;
const challengeBytes = 16;

/**
 * The security stage. Without credentials it offers None only. Rejects with TargetNotAuthentic when the target's own
 * answer is wrong, and with LoginRefused when the target won't have this side.
 */
export async function authenticate(
  conversation: LoginConversation,
  names: readonly Pair[],
  next: number,
  chap?: Authentication,
): Promise<void> {
  if (chap === undefined) {
    await conversation.say('security', security, next, [...names, ['AuthMethod', 'None']]);
    while (conversation.movedTo === undefined) await conversation.say('security', security, next, []);
    return;
  }
  const methods = chap.methods ?? 'CHAP';
  const method = valueUnder(
    await conversation.say('security', security, undefined, [...names, ['AuthMethod', methods]]),
    'AuthMethod',
  );
  if (method === undefined || !methods.split(',').includes(method)) {
    conversation.breach('negotiation', `the target chose AuthMethod=${method} from ${methods}`);
  }
  if (method !== 'CHAP') {
    await conversation.say('security', security, next, []);
    return;
  }
  await challenge(conversation, next, chap);
}

async function challenge(conversation: LoginConversation, next: number, chap: Authentication): Promise<void> {
  const offered = (chap.algorithms ?? (Object.keys(chapAlgorithms) as ChapAlgorithm[])).map(
    (name) => chapAlgorithms[name],
  );
  const posed = await conversation.say('chap-algorithms', security, undefined, [['CHAP_A', offered.join(',')]]);
  const chosen = Number(valueUnder(posed, 'CHAP_A'));
  const algorithm = chapAlgorithmOf(chosen);
  if (algorithm === undefined || !offered.includes(chapAlgorithms[algorithm])) {
    conversation.breach('negotiation', `the target chose CHAP_A=${valueUnder(posed, 'CHAP_A')} from ${offered}`);
    return;
  }
  const identifier = Number(valueUnder(posed, 'CHAP_I'));
  if (!(identifier >= 0 && identifier <= 255)) {
    conversation.breach('negotiation', `CHAP_I=${valueUnder(posed, 'CHAP_I')} is not within 0 and 255`);
  }
  const theirs = binaryOf(conversation, posed, 'CHAP_C');
  if (theirs.length < 1 || theirs.length > 1024) {
    conversation.breach('negotiation', `the target's challenge has ${theirs.length} bytes`);
  }
  const coding = chap.coding ?? 'hex';
  const answer: Pair[] = [
    ['CHAP_N', chap.username],
    ['CHAP_R', encodeBinary(chapResponse(algorithm, identifier, chap.secret, theirs), coding)],
  ];
  if (chap.target === undefined) {
    await conversation.say('chap-response', security, next, answer);
    return;
  }
  const own = conversation.randomBytes(challengeBytes);
  const [ownIdentifier = 0] = conversation.randomBytes(1);
  const proof = await conversation.say('chap-response', security, next, [
    ...answer,
    ['CHAP_I', String(ownIdentifier)],
    ['CHAP_C', encodeBinary(own, coding)],
  ]);
  const name = valueUnder(proof, 'CHAP_N');
  if (name === undefined || valueUnder(proof, 'CHAP_R') === undefined) {
    throw new TargetNotAuthentic('the target did not answer the challenge');
  }
  if (chap.target.username !== undefined && chap.target.username !== name) {
    throw new TargetNotAuthentic(`the target calls itself ${name}, not ${chap.target.username}`);
  }
  const expected = chapResponse(algorithm, ownIdentifier, chap.target.secret, own);
  if (!sameResponse(expected, binaryOf(conversation, proof, 'CHAP_R'))) {
    throw new TargetNotAuthentic('the target does not know its secret');
  }
}

function binaryOf(conversation: LoginConversation, pairs: readonly Pair[], key: string): Buffer {
  const text = valueUnder(pairs, key);
  try {
    return decodeBinary(text ?? '');
  } catch {
    conversation.breach('negotiation', `${key}=${text} is not a binary value`);
    return Buffer.alloc(0);
  }
}
