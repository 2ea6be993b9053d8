import type { ItlNexus } from './nexuses.js';
import { invalidParameter } from './sense.js';

/** Where things stand in the page, from its first byte, with and without the long LUN table (source: iSCSI facts, 11.4). */
interface Layout {
  readonly bytes: number;
  readonly serials: number;
  readonly mode: number;
  readonly options: number;
  readonly table: number;
  readonly luns: number;
}

const shortLayout: Layout = { bytes: 2 + 0x68, serials: 2, mode: 34, options: 38, table: 40, luns: 32 };
const longLayout: Layout = { bytes: 4 + 0x128, serials: 4, mode: 36, options: 40, table: 42, luns: 256 };

/** RDAC mode: 1 says how things are, 2 asks to take the units marked in the table. */
const transferSpecifiedLuns = 2;
const dualActive = 2;
const present = 0x80;
const owned = 0x01;

/** Redundant controller page 2C, or its long form 6C/01: which units the controller that is asked owns. */
export function rdacPage(itl: ItlNexus, isLong: boolean, changeable: boolean): Buffer {
  const layout = isLong ? longLayout : shortLayout;
  const page = Buffer.alloc(layout.bytes);
  page[0] = isLong ? 0x6c : 0x2c;
  if (isLong) {
    page[1] = 1;
    page.writeUInt16BE(layout.bytes - 4, 2);
  } else {
    page[1] = layout.bytes - 2;
  }
  if (changeable) {
    page.fill(0xff, layout.mode, layout.mode + 2);
    page.fill(0xff, layout.table, layout.table + layout.luns);
    return page;
  }
  const { attached, logicalUnits } = itl;
  const controllers = logicalUnits.array.controllers.list();
  const own = attached.nexus.port.controllerRef;
  const mine = controllers.find((controller) => controller.ref === own);
  const other = controllers.find((controller) => controller.ref !== own);
  page.write((mine?.serialNumber ?? '').padEnd(16), layout.serials, 16, 'latin1');
  page.write((other?.serialNumber ?? '').padEnd(16), layout.serials + 16, 16, 'latin1');
  page[layout.mode] = dualActive;
  page[layout.mode + 1] = 1;
  page[layout.mode + 2] = dualActive;
  page[layout.mode + 3] = other?.status === 'optimal' ? 1 : 0;
  for (const each of attached.occupied()) {
    if (each.lun < layout.luns) page[layout.table + each.lun] = present | (each.unit.owner === own ? owned : 0);
  }
  return page;
}

/** Fails units over to the controller that is asked, when the page wants that. */
export function selectRdacPage(itl: ItlNexus, page: Buffer, at: number): void {
  const layout = (page.readUInt8(0) & 0x40) === 0 ? shortLayout : longLayout;
  if (page.length !== layout.bytes) throw invalidParameter(at + 1);
  if (page[layout.mode + 1] !== transferSpecifiedLuns) return;
  const { attached, logicalUnits } = itl;
  const own = attached.nexus.port.controllerRef;
  logicalUnits.act(attached, () => {
    for (const { lun, unit } of attached.occupied()) {
      const wanted = lun < layout.luns && page[layout.table + lun] === (present | owned);
      if (wanted && unit.owner !== own && !unit.isAccessVolume) logicalUnits.array.controllers.takeOver(unit.ref, own);
    }
  });
}
