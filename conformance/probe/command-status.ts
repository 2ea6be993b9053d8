import type { Connection } from './connection.js';
import { parseSense, type Sense } from './scsi/sense.js';

/** How far the bytes of a command were more or fewer than expected. */
export interface Residual {
  readonly overflow: boolean;
  readonly underflow: boolean;
  readonly residual: number;
}

/** Checks what a status says of the bytes (RFC 7143, 11.4.5). `receivedBytes` is given where it must fit: for reads that ended with GOOD. */
export function checkResidual(
  { overflow, underflow, residual }: Residual,
  expectedBytes: number,
  receivedBytes: number | undefined,
  breach: Connection['breach'],
): void {
  if (overflow && underflow) breach('residual', 'both overflow and underflow');
  if (!overflow && !underflow && residual !== 0) breach('residual', `a residual of ${residual} without O or U`);
  if (underflow && residual > expectedBytes) {
    breach('residual', `an underflow of ${residual} of ${expectedBytes} bytes`);
  }
  if (receivedBytes === undefined) return;
  const due = expectedBytes - (underflow ? residual : 0);
  if (receivedBytes !== due) breach('residual', `${receivedBytes} bytes came, ${due} are due by the residual`);
}

/** The sense data of a CHECK CONDITION; undefined, and a breach, when they cannot be read. */
export function senseOf(segment: Buffer, breach: Connection['breach']): Sense | undefined {
  const length = segment.length < 2 ? 0 : segment.readUInt16BE(0);
  if (length === 0) {
    breach('sense', 'a CHECK CONDITION has no sense data');
    return undefined;
  }
  if (length > segment.length - 2) breach('sense', `${length} bytes of sense in ${segment.length - 2}`);
  try {
    return parseSense(segment.subarray(2, 2 + length));
  } catch (error) {
    breach('sense', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
