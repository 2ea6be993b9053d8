import type { ItlNexus } from './nexuses.js';
import { goodWithin, invalidField } from './sense.js';
import type { Outcome, Step } from './types.js';
import type { Unit } from './unit.js';
import { vpdPage } from './vpd.js';

/** SPC-3, SBC-3, iSCSI and SAM-3, no version claimed of each (source: SPC-4, table 148). */
const versionDescriptors = [0x0060, 0x0960, 0x0300, 0x04c0];

/** INQUIRY (source: SPC-4, 6.6). */
export function inquiry(itl: ItlNexus, cdb: Buffer): Step {
  const allocationBytes = cdb.readUInt16BE(3);
  const wantsPage = (cdb.readUInt8(1) & 0x01) !== 0;
  if ((cdb.readUInt8(1) & 0x02) !== 0) throw invalidField(1, 1);
  if (wantsPage) return goodWithin(vpdPage(itl, cdb.readUInt8(2)), allocationBytes);
  if (cdb[2] !== 0) throw invalidField(2);
  return goodWithin(standardData(itl.unit), allocationBytes);
}

/** INQUIRY to a number with no unit behind it: at 0 the target could have one, elsewhere it cannot. */
export function inquiryOfNothing(lun: number | undefined, cdb: Buffer): Outcome {
  if ((cdb.readUInt8(1) & 0x01) !== 0 || cdb[2] !== 0) throw invalidField(1, 0);
  const data = Buffer.alloc(96);
  data[0] = lun === 0 ? 0x20 : 0x7f;
  writeIdentity(data, 'INF-01-00', '');
  return goodWithin(data, cdb.readUInt16BE(3));
}

function standardData(unit: Unit): Buffer {
  const data = Buffer.alloc(96);
  writeIdentity(data, unit.isAccessVolume ? 'Universal Xport' : 'INF-01-00', revisionOf(unit));
  // Third-party copy, and ALUA states that change by themselves and on command.
  data[5] = 0x30 | 0x08;
  data[6] = 0x10;
  data[7] = 0x02;
  for (const [index, version] of versionDescriptors.entries()) data.writeUInt16BE(version, 58 + 2 * index);
  return data;
}

function writeIdentity(data: Buffer, product: string, revision: string): void {
  data[2] = 0x05;
  data[3] = 0x10 | 0x02;
  data[4] = data.length - 5;
  data.write('NETAPP'.padEnd(8), 8, 8, 'latin1');
  data.write(product.padEnd(16), 16, 16, 'latin1');
  data.write(revision.padEnd(4), 32, 4, 'latin1');
}

/** Major and minor of the firmware, two digits each: 0890. */
function revisionOf(unit: Unit): string {
  const [major = '', minor = ''] = unit.logicalUnits.array.system.firmware.bundle.split('.');
  return `${major}${minor}`;
}
