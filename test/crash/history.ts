import { patternOf } from '../conformance/probe/patterns.js';

/** Each is written as a whole: what is in it is of one writing. */
export const slotBytes = 12_288;
export const slotCount = 8;

/** A volume that is written to. */
export interface WrittenDisk {
  readonly name: string;
  readonly id: string;
  readonly lun: number;
  /** For each slot the writing that was acknowledged last as safe, and those that were sent since. 0 is never written. */
  readonly slots: number[][];
}

/** What clients asked for and what was acknowledged, over all crashes. */
export class History {
  /** Acknowledged volumes by label, with their ids. */
  readonly kept = new Map<string, string>();
  /** Asked for or deleted without an answer: may be there or not. */
  readonly unsure = new Set<string>();
  readonly disks: WrittenDisk[] = [];
  acknowledged = 0;
  private made = 0;
  private writings = 0;

  newLabel(): string {
    return `v${this.made++}`;
  }

  /** A writing that is sent; gives what to call when it is safe. */
  writes(disk: WrittenDisk, slot: number): { readonly bytes: Buffer; safe(): void } {
    const number = ++this.writings;
    disk.slots[slot]?.push(number);
    return {
      bytes: bytesOf(disk, slot, number),
      safe: () => {
        disk.slots[slot] = [number];
        this.acknowledged++;
      },
    };
  }

  /** What is lost or back of volumes: `found` are the ids by label. From now on what is there counts. */
  volumeProblems(found: ReadonlyMap<string, string>): string[] {
    const lost = [...this.kept].filter(([label, id]) => found.get(label) !== id).map(([label]) => `${label} is lost`);
    const ofDisks = new Set(this.disks.map(({ name }) => name));
    const strange = [...found.keys()]
      .filter((label) => !this.kept.has(label) && !this.unsure.has(label) && !ofDisks.has(label))
      .map((label) => `${label} is back`);
    for (const label of this.unsure) {
      const id = found.get(label);
      if (id !== undefined) this.kept.set(label, id);
    }
    this.unsure.clear();
    return [...lost, ...strange];
  }

  /** What is lost of a volume's bytes. From now on what is there counts. */
  byteProblems(disk: WrittenDisk, bytes: Buffer): string[] {
    return disk.slots.flatMap((candidates, slot) => {
      const there = bytes.subarray(slot * slotBytes, (slot + 1) * slotBytes);
      const found = candidates.find((number) => bytesOf(disk, slot, number).equals(there));
      if (found === undefined)
        return [`slot ${slot} of ${disk.name} has none of the writings ${candidates.join(', ')}`];
      disk.slots[slot] = [found];
      return [];
    });
  }
}

function bytesOf({ name }: WrittenDisk, slot: number, number: number): Buffer {
  return number === 0 ? Buffer.alloc(slotBytes) : patternOf(`${name}:${slot}:${number}`, slotBytes);
}
