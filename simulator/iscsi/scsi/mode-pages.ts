import { invalidParameter } from './sense.js';
import type { Unit } from './unit.js';

/** A mode page as it stands in parameter data, header included, and which of its bits an initiator may change. */
interface PageKind {
  readonly code: number;
  readonly defaults: (unit: Unit) => Buffer;
  /** As long as the page; bits that may be changed are set. */
  readonly changeable: Buffer;
}

const cachingPage = 0x08;
const controlPage = 0x0a;

/** The pages in the order of their codes (sources: SPC-4, 7.5; SBC-3, 6.5). */
const kinds: readonly PageKind[] = [
  // Read-write error recovery: automatic reallocation of writes and reads.
  { code: 0x01, defaults: () => page(0x01, 10, { 2: 0xc0, 3: 8, 8: 8 }), changeable: page(0x01, 10, {}) },
  // Disconnect-reconnect.
  { code: 0x02, defaults: () => page(0x02, 14, {}), changeable: page(0x02, 14, {}) },
  // Caching: WCE and RCD.
  {
    code: cachingPage,
    defaults: ({ volume }) =>
      page(cachingPage, 18, {
        2: ((volume?.cache.writeCacheEnable ?? true) ? 0x04 : 0) | ((volume?.cache.readCacheEnable ?? true) ? 0 : 0x01),
      }),
    changeable: page(cachingPage, 18, { 2: 0x05 }),
  },
  // Control: D_SENSE, unrestricted reordering, SWP, TAS.
  {
    code: controlPage,
    defaults: () => page(controlPage, 10, { 3: 0x10, 8: 0xff, 9: 0xff }),
    changeable: page(controlPage, 10, { 2: 0x04, 4: 0x08, 5: 0x40 }),
  },
  // Power condition: none.
  { code: 0x1a, defaults: () => page(0x1a, 10, {}), changeable: page(0x1a, 10, {}) },
  // Informational exceptions control: reports none.
  { code: 0x1c, defaults: () => page(0x1c, 10, { 2: 0x08 }), changeable: page(0x1c, 10, {}) },
];

export const modePageCodes: readonly number[] = kinds.map((kind) => kind.code);

/** The mode pages of one unit, the same for all initiators. Not saved: a reset of the unit brings the defaults back. */
export class ModePages {
  private readonly changed = new Map<number, Buffer>();
  /** Sense data in descriptor format. */
  descriptorSense = false;
  /** Software write protect. */
  isWriteProtected = false;
  /** TAS: a task that another initiator ended is answered with TASK ABORTED; otherwise with nothing. */
  answersAborted = false;

  constructor(private readonly unit: Unit) {}

  current(code: number): Buffer | undefined {
    return code === cachingPage ? this.defaults(code) : (this.changed.get(code) ?? this.defaults(code));
  }

  defaults(code: number): Buffer | undefined {
    return kindOf(code)?.defaults(this.unit);
  }

  /** Bits that may be changed: how a snapshot volume is cached is its base's to say. */
  changeable(code: number): Buffer | undefined {
    const { changeable } = kindOf(code) ?? {};
    if (code !== cachingPage || changeable === undefined || this.unit.volume !== undefined) return changeable;
    return page(cachingPage, changeable.length - 2, {});
  }

  /**
   * Checks a page of MODE SELECT data that stands at `at` in it. Throws CheckCondition when there is no such page, its
   * length is another, or it changes what cannot be changed.
   */
  check(wanted: Buffer, at: number): void {
    const code = wanted.readUInt8(0) & 0x3f;
    const changeable = this.changeable(code);
    const current = this.current(code);
    if (changeable === undefined || current === undefined || (wanted.readUInt8(0) & 0x40) !== 0)
      throw invalidParameter(at);
    if (wanted.length !== current.length || wanted[1] !== current[1]) throw invalidParameter(at + 1);
    for (let index = 2; index < current.length; index++) {
      const differs = current.readUInt8(index) ^ wanted.readUInt8(index);
      if ((differs & ~changeable.readUInt8(index)) !== 0) throw invalidParameter(at + index);
    }
  }

  /** Takes a checked page over; true when it changes something. Caching is the volume's setting, REST shows it too. */
  change(wanted: Buffer): boolean {
    const code = wanted.readUInt8(0) & 0x3f;
    const fresh = Buffer.from(wanted);
    fresh[0] = code;
    if (this.current(code)?.equals(fresh)) return false;
    if (code === cachingPage) this.setCaching(fresh.readUInt8(2));
    else this.changed.set(code, fresh);
    if (code === controlPage) this.readControl(fresh);
    return true;
  }

  reset(): void {
    this.changed.clear();
    const control = this.defaults(controlPage);
    if (control !== undefined) this.readControl(control);
  }

  private readControl(control: Buffer): void {
    this.descriptorSense = (control.readUInt8(2) & 0x04) !== 0;
    this.isWriteProtected = (control.readUInt8(4) & 0x08) !== 0;
    this.answersAborted = (control.readUInt8(5) & 0x40) !== 0;
  }

  private setCaching(bits: number): void {
    const { volume, logicalUnits } = this.unit;
    if (volume === undefined) throw invalidParameter(2);
    const cache = { writeCacheEnable: (bits & 0x04) !== 0, readCacheEnable: (bits & 0x01) === 0 };
    logicalUnits.array.volumes.update(volume.ref, { cache });
  }
}

function kindOf(code: number): PageKind | undefined {
  return kinds.find((kind) => kind.code === code);
}

function page(code: number, bodyBytes: number, bytes: Readonly<Record<number, number>>): Buffer {
  const made = Buffer.alloc(2 + bodyBytes);
  made[0] = code;
  made[1] = bodyBytes;
  for (const [index, value] of Object.entries(bytes)) made[Number(index)] = value;
  return made;
}
