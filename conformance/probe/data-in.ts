import type { Connection } from './connection.js';
import type { PduOf } from './pdu.js';

/** The bytes that a command reads, put together from Data-In PDUs. */
export interface DataIn {
  /** Takes the next PDU; what is wrong with it is a breach (RFC 7143, 11.7). */
  accept(pdu: PduOf<'data-in'>): void;
  /** Says that the status has come: the last burst must have been closed by F. */
  finish(): void;
  /** Data-In PDUs so far. */
  readonly count: number;
  /** All bytes so far. */
  readonly data: Buffer;
}

/** Gathers at most `expectedBytes`, in bursts of at most `maxBurstBytes`. */
export function newDataIn(expectedBytes: number, maxBurstBytes: number, breach: Connection['breach']): DataIn {
  const buffer = Buffer.alloc(expectedBytes);
  let received = 0;
  let count = 0;
  let burst = 0;
  let isBurstOpen = false;

  return {
    accept(pdu) {
      const { dataSn, offset, data, acknowledge, final, hasStatus, overflow, underflow, status } = pdu;
      if (dataSn !== count) breach('data sequence number', `a Data-In has DataSN ${dataSn}, not ${count}`);
      if (offset !== received) breach('data offset', `a Data-In is at offset ${offset}, not ${received}`);
      if (offset + data.length > expectedBytes) {
        breach('data length', `a Data-In reaches byte ${offset + data.length} of ${expectedBytes}`);
      }
      burst += data.length;
      if (burst > maxBurstBytes)
        breach('burst length', `${burst} bytes of Data-In without F, ${maxBurstBytes} allowed`);
      if (acknowledge) breach('reserved field', 'a Data-In asks for an acknowledgement at error recovery level 0');
      if (hasStatus && !final) breach('final bit', 'a Data-In with a status has no F');
      if (hasStatus && status === 2)
        breach('status in data', 'a Data-In has CHECK CONDITION, and no place for the sense');
      if (!hasStatus && (overflow || underflow)) breach('residual', 'a Data-In has a residual without a status');
      buffer.set(data.subarray(0, Math.max(0, expectedBytes - offset)), Math.min(offset, expectedBytes));
      received = Math.min(expectedBytes, offset + data.length);
      count += 1;
      isBurstOpen = !final;
      if (final) burst = 0;
    },
    finish() {
      if (isBurstOpen) breach('final bit', 'the last Data-In of a command has no F');
    },
    get count() {
      return count;
    },
    get data() {
      return buffer.subarray(0, received);
    },
  };
}
