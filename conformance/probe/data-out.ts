import type { Connection } from './connection.js';
import type { Parameters } from './parameters.js';
import { makePdu, type PduOf } from './pdu.js';
import { noTag } from './serial.js';

/** How a command's bytes go out before the target asks for them. */
export interface Unsolicited {
  /** Bytes in the command's own PDU. */
  readonly immediateBytes: number;
  /** Bytes in Data-Out PDUs that follow at once. */
  readonly followingBytes: number;
}

/** What the sender of a command may choose. */
export interface DataOutChoice {
  /** No immediate data although the session has it. */
  readonly noImmediateData?: boolean;
  /** No unsolicited Data-Out although the session has it. */
  readonly noUnsolicitedData?: boolean;
}

/**
 * How much goes out unasked: immediate data as far as one PDU and the first burst allow; when anything else follows
 * unasked it is the whole first burst (RFC 7143, 11.3 and 13.14).
 */
export function unsolicited(totalBytes: number, parameters: Parameters, choice: DataOutChoice = {}): Unsolicited {
  const { targetMaxRecvDataSegmentLength, firstBurstLength, immediateData, initialR2T } = parameters;
  const first = Math.min(totalBytes, firstBurstLength);
  const immediateBytes = immediateData && !choice.noImmediateData ? Math.min(first, targetMaxRecvDataSegmentLength) : 0;
  const followingBytes = !initialR2T && !choice.noUnsolicitedData ? first - immediateBytes : 0;
  return { immediateBytes, followingBytes };
}

/** One sequence of Data-Out PDUs: `[offset, offset + length)` of the data, F on the last. */
export function* dataOutPdus(
  data: Buffer,
  range: { readonly offset: number; readonly length: number },
  tags: { readonly itt: number; readonly ttt: number; readonly lun: Buffer },
  maxDataBytes: number,
): Generator<PduOf<'data-out'>> {
  const end = range.offset + range.length;
  let dataSn = 0;
  for (let offset = range.offset; offset < end; offset += maxDataBytes) {
    const until = Math.min(end, offset + maxDataBytes);
    yield makePdu('data-out', {
      ...tags,
      final: until === end,
      dataSn,
      offset,
      data: data.subarray(offset, until),
    });
    dataSn += 1;
  }
}

/** What the target asked for so far. */
export interface Solicited {
  /** Takes an R2T; what is wrong with it is a breach (RFC 7143, 11.8). */
  accept(pdu: PduOf<'r2t'>): void;
  readonly count: number;
}

/** Watches the R2Ts of a command of `totalBytes`, of which `sentBytes` went out unasked. */
export function newSolicited(
  totalBytes: number,
  sentBytes: number,
  { maxBurstLength }: Parameters,
  breach: Connection['breach'],
): Solicited {
  let next = sentBytes;
  let count = 0;
  return {
    accept({ r2tSn, offset, desiredBytes, ttt, data }) {
      if (r2tSn !== count) breach('r2t', `an R2T has R2TSN ${r2tSn}, not ${count}`);
      if (ttt === noTag) breach('transfer tag', 'an R2T has no transfer tag');
      if (desiredBytes === 0) breach('r2t', 'an R2T asks for nothing');
      if (desiredBytes > maxBurstLength) {
        breach('burst length', `an R2T asks for ${desiredBytes} bytes, ${maxBurstLength} allowed`);
      }
      if (offset + desiredBytes > totalBytes) {
        breach('r2t', `an R2T asks for bytes ${offset} to ${offset + desiredBytes} of ${totalBytes}`);
      } else if (offset !== next) {
        breach('r2t', `an R2T asks for offset ${offset}, not ${next}`);
      }
      if (data.length > 0) breach('data length', 'an R2T has data');
      next = offset + desiredBytes;
      count += 1;
    },
    get count() {
      return count;
    },
  };
}
