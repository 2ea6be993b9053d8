import type { ScsiCommand } from '../scsi-command.js';

type Lun = number | Buffer;

export const reservationTypes = {
  writeExclusive: 1,
  exclusiveAccess: 3,
  writeExclusiveRegistrants: 5,
  exclusiveAccessRegistrants: 6,
  writeExclusiveAll: 7,
  exclusiveAccessAll: 8,
} as const;

const outActions = {
  register: 0,
  reserve: 1,
  release: 2,
  clear: 3,
  preempt: 4,
  preemptAndAbort: 5,
  registerAndIgnore: 6,
} as const;

/** PERSISTENT RESERVE OUT. `key` is this side's registration; `newKey` the one to register, or to preempt. */
export function persistentReserveOut(
  lun: Lun,
  action: keyof typeof outActions,
  keys: { readonly key?: bigint; readonly newKey?: bigint; readonly type?: number } = {},
): ScsiCommand {
  const data = Buffer.alloc(24);
  data.writeBigUInt64BE(keys.key ?? 0n, 0);
  data.writeBigUInt64BE(keys.newKey ?? 0n, 8);
  const cdb = Buffer.of(0x5f, outActions[action], keys.type ?? 0, 0, 0, 0, 0, 0, 24, 0);
  return { lun, cdb, data };
}

/** PERSISTENT RESERVE IN: 0 keys, 1 reservation, 2 capabilities, 3 full status. */
export function persistentReserveIn(lun: Lun, action: number, allocationBytes = 1024): ScsiCommand {
  const cdb = Buffer.of(0x5e, action, 0, 0, 0, 0, 0, 0, 0, 0);
  cdb.writeUInt16BE(allocationBytes, 7);
  return { lun, cdb, readBytes: allocationBytes };
}

/** The answer to READ KEYS. */
export function parseKeys(data: Buffer): { readonly generation: number; readonly keys: readonly bigint[] } {
  const length = data.readUInt32BE(4);
  const keys = Array.from({ length: length / 8 }, (_, index) => data.readBigUInt64BE(8 + 8 * index));
  return { generation: data.readUInt32BE(0), keys };
}

/** The answer to READ RESERVATION; without a holder there is no reservation. */
export function parseReservation(data: Buffer): {
  readonly generation: number;
  readonly holder?: { readonly key: bigint; readonly type: number };
} {
  const generation = data.readUInt32BE(0);
  if (data.readUInt32BE(4) === 0) return { generation };
  return { generation, holder: { key: data.readBigUInt64BE(8), type: data.readUInt8(21) & 0x0f } };
}
