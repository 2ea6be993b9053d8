import { createHash, timingSafeEqual } from 'node:crypto';
import { binaryOf, hexOf } from './text-keys.js';

/** CHAP algorithms by their number (source: RFC 7143, 12.1.3 and the IANA list). */
const algorithms: Readonly<Record<string, string>> = { 5: 'md5', 6: 'sha1', 7: 'sha256', 8: 'sha3-256' };

const challengeBytes = 16;
const longestChallengeBytes = 1024;

/** The names and secrets that an initiator may prove itself with, each with the secret that the target then answers by. */
export interface ChapAccount {
  readonly names: readonly string[];
  readonly secret: string;
  /** What the target proves itself with when asked to; null when there is nothing. */
  readonly ownSecret: string | null;
}

type Pairs = readonly (readonly [string, string])[];

/** One CHAP exchange. Each step gives the keys to answer, or undefined: the initiator has not proved itself. */
export class Chap {
  private algorithm: string | undefined;
  private identifier = 0;
  private challenge: Buffer = Buffer.alloc(0);

  constructor(
    private readonly accounts: readonly ChapAccount[],
    private readonly ownName: string,
    private readonly random: (bytes: number) => Buffer,
  ) {}

  /** The initiator names its algorithms: the target picks one and challenges. */
  begin(list: string): Pairs | undefined {
    const number = list.split(',').find((each) => Object.hasOwn(algorithms, each));
    if (number === undefined) return undefined;
    this.algorithm = algorithms[number];
    this.identifier = this.random(1)[0] ?? 0;
    this.challenge = this.random(challengeBytes);
    return [
      ['CHAP_A', number],
      ['CHAP_I', String(this.identifier)],
      ['CHAP_C', hexOf(this.challenge)],
    ];
  }

  /** The initiator answers, and may challenge in turn. */
  finish(keys: ReadonlyMap<string, string>): Pairs | undefined {
    const name = keys.get('CHAP_N');
    const given = binaryOf(keys.get('CHAP_R') ?? '');
    if (this.algorithm === undefined || name === undefined || given === undefined) return undefined;
    const account = this.accounts.find(
      ({ names, secret }) =>
        names.some((each) => each.toLowerCase() === name.toLowerCase()) &&
        isEqual(given, this.answer(this.identifier, secret, this.challenge)),
    );
    // An exchange proves one thing, once.
    const { challenge } = this;
    this.challenge = Buffer.alloc(0);
    if (account === undefined) return undefined;
    const [theirIdentifier, theirChallenge] = [keys.get('CHAP_I'), keys.get('CHAP_C')];
    if (theirIdentifier === undefined && theirChallenge === undefined) return [];
    const wanted = binaryOf(theirChallenge ?? '');
    const identifier = /^(\d{1,3}|0x[0-9a-f]{1,2})$/i.test(theirIdentifier ?? '') ? Number(theirIdentifier) : 256;
    if (wanted === undefined || wanted.length > longestChallengeBytes || identifier > 255) return undefined;
    // Who returns our own challenge wants us to answer it for them.
    if (wanted.equals(challenge) || account.ownSecret === null || account.ownSecret === account.secret)
      return undefined;
    return [
      ['CHAP_N', this.ownName],
      ['CHAP_R', hexOf(this.answer(identifier, account.ownSecret, wanted))],
    ];
  }

  private answer(identifier: number, secret: string, challenge: Buffer): Buffer {
    return createHash(this.algorithm ?? 'md5')
      .update(Buffer.from([identifier]))
      .update(secret)
      .update(challenge)
      .digest();
  }
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
