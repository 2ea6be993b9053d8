/** The first byte(s) of a reference tell the kind of object; the numbers are the array's own. */
export const refPrefixes = {
  drive: '01000000',
  volume: '02000000',
  freeExtent: '03000000',
  pool: '04000000',
  tray: '0E000000',
  volumeCopy: '18000000',
  accessVolume: '21000000',
  consistencyGroup: '2A000000',
  consistencyGroupView: '2C000000',
  snapshotSchedule: '32000000',
  snapshotGroup: '33000000',
  snapshotImage: '34000000',
  snapshotVolume: '35000000',
  repository: '36000000',
  ssdCache: '3C000000',
  asyncMirrorGroup: '37000000',
  asyncMirrorMember: '38000000',
  thinVolume: '3A000000',
  host: '84000000',
  hostGroup: '85000000',
  mapping: '88000000',
  initiator: '89000000',
  hostPort: '8C000000',
  target: '90000000',
} as const;

export type RefKind = keyof typeof refPrefixes;

/** The reference that stands for "none": 40 zeros. */
export const nullRef = '0'.repeat(40);

/** References of the two controllers are shorter than the others: 24 digits. */
export const controllerRefs = { A: '070000000000000000000001', B: '070000000000000000000002' } as const;

export function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0').slice(-digits);
}

/** World-wide name of the object with that reference: the reference without its kind, 32 hex digits. */
export function wwnOf(ref: string): string {
  return ref.slice(8);
}
