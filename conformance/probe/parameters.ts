import type { Pair } from './text-keys.js';
import { decodeNumber } from './text-keys.js';

/** What both sides agreed on; what was not negotiated has the standard's default. */
export interface Parameters {
  readonly headerDigest: 'None' | 'CRC32C';
  readonly dataDigest: 'None' | 'CRC32C';
  readonly initialR2T: boolean;
  readonly immediateData: boolean;
  /** The longest data segment that the target takes. */
  readonly targetMaxRecvDataSegmentLength: number;
  /** The longest data segment that this side takes. */
  readonly maxRecvDataSegmentLength: number;
  readonly maxBurstLength: number;
  readonly firstBurstLength: number;
  readonly maxOutstandingR2T: number;
  readonly maxConnections: number;
  readonly errorRecoveryLevel: number;
  readonly defaultTime2Wait: number;
  readonly defaultTime2Retain: number;
  readonly dataPduInOrder: boolean;
  readonly dataSequenceInOrder: boolean;
}

/** What this side offers. What is left out is offered with the value in `defaultOffer`. */
export interface Offer {
  /** In order of preference, for instance `CRC32C,None`. */
  readonly headerDigest?: string;
  readonly dataDigest?: string;
  readonly initialR2T?: boolean;
  readonly immediateData?: boolean;
  /** Bytes that the target may send in one PDU. */
  readonly maxRecvDataSegmentLength?: number;
  readonly maxBurstLength?: number;
  readonly firstBurstLength?: number;
  readonly maxOutstandingR2T?: number;
  readonly maxConnections?: number;
  readonly errorRecoveryLevel?: number;
  readonly defaultTime2Wait?: number;
  readonly defaultTime2Retain?: number;
}

const defaultOffer: Required<Offer> = {
  headerDigest: 'None',
  dataDigest: 'None',
  initialR2T: false,
  immediateData: true,
  maxRecvDataSegmentLength: 262144,
  maxBurstLength: 1048576,
  firstBurstLength: 65536,
  maxOutstandingR2T: 1,
  maxConnections: 1,
  errorRecoveryLevel: 0,
  defaultTime2Wait: 2,
  defaultTime2Retain: 0,
};

/** How two values become one (RFC 7143, section 13). */
type Rule = 'list' | 'or' | 'and' | 'min' | 'max' | 'declared';

interface Key {
  readonly key: string;
  readonly rule: Rule;
  /** In a discovery session the key means nothing. */
  readonly normalOnly?: boolean;
  readonly range?: readonly [number, number];
}

const lengths: readonly [number, number] = [512, 2 ** 24 - 1];

const keys = {
  headerDigest: { key: 'HeaderDigest', rule: 'list' },
  dataDigest: { key: 'DataDigest', rule: 'list' },
  maxRecvDataSegmentLength: { key: 'MaxRecvDataSegmentLength', rule: 'declared', range: lengths },
  errorRecoveryLevel: { key: 'ErrorRecoveryLevel', rule: 'min', range: [0, 2] },
  defaultTime2Wait: { key: 'DefaultTime2Wait', rule: 'max', range: [0, 3600] },
  defaultTime2Retain: { key: 'DefaultTime2Retain', rule: 'min', range: [0, 3600] },
  initialR2T: { key: 'InitialR2T', rule: 'or', normalOnly: true },
  immediateData: { key: 'ImmediateData', rule: 'and', normalOnly: true },
  maxBurstLength: { key: 'MaxBurstLength', rule: 'min', normalOnly: true, range: lengths },
  firstBurstLength: { key: 'FirstBurstLength', rule: 'min', normalOnly: true, range: lengths },
  maxOutstandingR2T: { key: 'MaxOutstandingR2T', rule: 'min', normalOnly: true, range: [1, 65535] },
  maxConnections: { key: 'MaxConnections', rule: 'min', normalOnly: true, range: [1, 65535] },
  dataPduInOrder: { key: 'DataPDUInOrder', rule: 'or', normalOnly: true },
  dataSequenceInOrder: { key: 'DataSequenceInOrder', rule: 'or', normalOnly: true },
} as const satisfies Record<string, Key>;

type Name = keyof typeof keys;
const names = Object.keys(keys) as Name[];

/** The `key=value` pairs of an offer. */
export function offerPairs(offer: Offer, discovery: boolean): Pair[] {
  const values: Record<Name, string | number | boolean> = {
    ...defaultOffer,
    ...offer,
    dataPduInOrder: true,
    dataSequenceInOrder: true,
  };
  return names
    .filter((name) => !discovery || !normalOnly(name))
    .map((name) => [keys[name].key, asText(values[name])] as const);
}

/** What the standard says a session has until something else was agreed. */
const undeclared: Parameters = {
  headerDigest: 'None',
  dataDigest: 'None',
  initialR2T: true,
  immediateData: true,
  targetMaxRecvDataSegmentLength: 8192,
  maxRecvDataSegmentLength: 8192,
  maxBurstLength: 262144,
  firstBurstLength: 65536,
  maxOutstandingR2T: 1,
  maxConnections: 1,
  errorRecoveryLevel: 0,
  defaultTime2Wait: 2,
  defaultTime2Retain: 20,
  dataPduInOrder: true,
  dataSequenceInOrder: true,
};

/**
 * What was agreed on, from the pairs sent and the pairs received. `breach` hears of every answer that the rules don't
 * give: a value bigger than a minimum allows, a digest not offered, an offered key without an answer.
 */
export function agree(sent: readonly Pair[], received: readonly Pair[], breach: (words: string) => void): Parameters {
  const mine = new Map(sent);
  const theirs = new Map(received);
  let agreed: Parameters = undeclared;
  for (const name of names) {
    const { key, rule } = keys[name];
    const [offered, answer] = [mine.get(key), theirs.get(key)];
    if (rule === 'declared') {
      agreed = { ...agreed, ...declared(key, offered, answer, breach) };
      continue;
    }
    if (offered === undefined) continue;
    if (answer === undefined) {
      breach(`${key}=${offered} was offered and not answered`);
    } else if (answer === 'Irrelevant' || answer === 'Reject' || answer === 'NotUnderstood') {
      if (answer === 'NotUnderstood') breach(`${key} is a key that every target must understand`);
    } else {
      agreed = { ...agreed, [name]: result(keys[name], offered, answer, breach) };
    }
  }
  if (agreed.firstBurstLength > agreed.maxBurstLength) {
    const { firstBurstLength, maxBurstLength } = agreed;
    if (theirs.has('FirstBurstLength') && theirs.has('MaxBurstLength')) {
      breach(`FirstBurstLength ${firstBurstLength} is more than MaxBurstLength ${maxBurstLength}`);
    }
    agreed = { ...agreed, firstBurstLength: maxBurstLength };
  }
  return agreed;
}

/** Whether the key is one that both sides settle, so that a target's own offer of it wants an answer. */
export function answerTo(key: string, value: string): string | undefined {
  const name = names.find((candidate) => keys[candidate].key === key);
  if (name === undefined)
    return /^(TargetAlias|TargetPortalGroupTag|TargetName|TargetAddress)$/.test(key) ? undefined : 'NotUnderstood';
  const { rule } = keys[name];
  if (rule === 'declared') return undefined;
  if (rule === 'list') return value.split(',').includes('None') ? 'None' : 'Reject';
  if (rule === 'and' || rule === 'or') return asText(undeclared[name]);
  const own = Number(undeclared[name]);
  return String(rule === 'min' ? Math.min(own, decodeNumber(value)) : Math.max(own, decodeNumber(value)));
}

function normalOnly(name: Name): boolean {
  const key: Key = keys[name];
  return key.normalOnly === true;
}

function declared(
  key: string,
  offered: string | undefined,
  answer: string | undefined,
  breach: (words: string) => void,
): Partial<Parameters> {
  const own = offered === undefined ? {} : { maxRecvDataSegmentLength: decodeNumber(offered) };
  if (answer === undefined) return own;
  return { ...own, targetMaxRecvDataSegmentLength: numberIn(keys.maxRecvDataSegmentLength, key, answer, breach) };
}

function result(
  { key, rule, range }: Key,
  offered: string,
  answer: string,
  breach: (words: string) => void,
): string | number | boolean {
  if (rule === 'list') {
    if (!offered.split(',').includes(answer)) breach(`${key}=${answer} was chosen from ${offered}`);
    return answer;
  }
  if (rule === 'or' || rule === 'and') {
    if (answer !== 'Yes' && answer !== 'No') breach(`${key}=${answer} is neither Yes nor No`);
    const forced = rule === 'or' ? 'Yes' : 'No';
    if (offered === forced && answer !== forced) breach(`${key}=${answer} in answer to ${offered}`);
    return answer === 'Yes';
  }
  const value = numberIn({ range }, key, answer, breach);
  const own = decodeNumber(offered);
  const wrong = rule === 'min' ? value > own : value < own;
  if (wrong) breach(`${key}=${answer} in answer to ${offered}, where the ${rule}imum counts`);
  return value;
}

function numberIn(
  { range = [0, 2 ** 32 - 1] }: Pick<Key, 'range'>,
  key: string,
  text: string,
  breach: (words: string) => void,
): number {
  try {
    const value = decodeNumber(text);
    if (value < range[0] || value > range[1]) breach(`${key}=${text} is not within ${range.join(' and ')}`);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) breach(`${key}=${text} is not a number`);
    throw error;
  }
}

function asText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
}
