import { numberOf } from './text-keys.js';

/** What a session agreed on (source: RFC 7143, 13). Lengths in bytes. */
export interface SessionParameters {
  headerDigest: boolean;
  dataDigest: boolean;
  /** The largest data segment that the initiator takes. */
  initiatorDataBytes: number;
  /** The largest data segment that the target has said it takes; 8192 until it said more. */
  targetDataBytes: number;
  maxBurstBytes: number;
  firstBurstBytes: number;
  initialR2t: boolean;
  immediateData: boolean;
  maxOutstandingR2t: number;
}

/** What holds until something else is agreed on. */
export function defaultParameters(): SessionParameters {
  return {
    headerDigest: false,
    dataDigest: false,
    initiatorDataBytes: defaultDataBytes,
    targetDataBytes: defaultDataBytes,
    maxBurstBytes: 262_144,
    firstBurstBytes: 65_536,
    initialR2t: true,
    immediateData: true,
    maxOutstandingR2t: 1,
  };
}

export const defaultDataBytes = 8192;

/** The largest data segment that this target takes once it has said so. */
export const largestDataBytes = 262_144;

const longestSegment = 2 ** 24 - 1;
const mostR2ts = 16;

type Answer = (value: string, parameters: SessionParameters) => string;

/** Both sides' number, the lesser one counts. */
function least(lowest: number, highest: number, own: number, keep?: (p: SessionParameters, n: number) => void): Answer {
  return (value, parameters) => {
    const offered = numberOf(value);
    if (offered === undefined || offered < lowest || offered > highest) return 'Reject';
    const agreed = Math.min(offered, own);
    keep?.(parameters, agreed);
    return String(agreed);
  };
}

function yesOrNo(agree: (offered: boolean) => boolean, keep?: (p: SessionParameters, agreed: boolean) => void): Answer {
  return (value, parameters) => {
    if (value !== 'Yes' && value !== 'No') return 'Reject';
    const agreed = agree(value === 'Yes');
    keep?.(parameters, agreed);
    return agreed ? 'Yes' : 'No';
  };
}

/** The first of the initiator's list that the target knows. */
function firstOf(known: readonly string[], keep?: (p: SessionParameters, word: string) => void): Answer {
  return (value, parameters) => {
    const word = value.split(',').find((each) => known.includes(each));
    if (word === undefined) return 'Reject';
    keep?.(parameters, word);
    return word;
  };
}

/** The keys that are negotiated in the operational stage, and how the target answers each. */
const operational: Readonly<Record<string, Answer>> = {
  HeaderDigest: firstOf(['CRC32C', 'None'], (p, word) => {
    p.headerDigest = word === 'CRC32C';
  }),
  DataDigest: firstOf(['CRC32C', 'None'], (p, word) => {
    p.dataDigest = word === 'CRC32C';
  }),
  MaxConnections: least(1, 65_535, 1),
  InitialR2T: yesOrNo(
    (offered) => offered,
    (p, agreed) => {
      p.initialR2t = agreed;
    },
  ),
  ImmediateData: yesOrNo(
    (offered) => offered,
    (p, agreed) => {
      p.immediateData = agreed;
    },
  ),
  MaxBurstLength: least(512, longestSegment, longestSegment, (p, n) => {
    p.maxBurstBytes = n;
  }),
  FirstBurstLength: least(512, longestSegment, largestDataBytes, (p, n) => {
    p.firstBurstBytes = n;
  }),
  MaxOutstandingR2T: least(1, 65_535, mostR2ts, (p, n) => {
    p.maxOutstandingR2t = n;
  }),
  DefaultTime2Wait: (value) => {
    const offered = numberOf(value);
    return offered === undefined || offered > 3600 ? 'Reject' : String(Math.max(offered, 2));
  },
  DefaultTime2Retain: least(0, 3600, 0),
  ErrorRecoveryLevel: least(0, 2, 0),
  DataPDUInOrder: yesOrNo(() => true),
  DataSequenceInOrder: yesOrNo(() => true),
  OFMarker: yesOrNo(() => false),
  IFMarker: yesOrNo(() => false),
  OFMarkInt: () => 'Irrelevant',
  IFMarkInt: () => 'Irrelevant',
  iSCSIProtocolLevel: least(0, 31, 1),
  TaskReporting: firstOf(['RFC3720']),
};

/** Declarations: keys that are not answered. */
const declarations = new Set(['InitiatorName', 'InitiatorAlias', 'TargetName', 'SessionType']);

/** Takes in one operational key; the answer to give, undefined for none. */
export function negotiate(key: string, value: string, parameters: SessionParameters): string | undefined {
  if (declarations.has(key)) return undefined;
  if (key === 'MaxRecvDataSegmentLength') {
    const bytes = numberOf(value);
    if (bytes === undefined || bytes < 512 || bytes > longestSegment) return 'Reject';
    parameters.initiatorDataBytes = bytes;
    return undefined;
  }
  const answer = Object.hasOwn(operational, key) ? operational[key] : undefined;
  return answer === undefined ? 'NotUnderstood' : answer(value, parameters);
}

/** The parameters as both sides keep them: FirstBurstLength never exceeds MaxBurstLength. */
export function agreed(parameters: SessionParameters): SessionParameters {
  parameters.firstBurstBytes = Math.min(parameters.firstBurstBytes, parameters.maxBurstBytes);
  return parameters;
}
