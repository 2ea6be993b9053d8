import type { ArrayClient } from './array-client.js';
import type { SnapshotImage } from './array-types.js';
import { NetAppDriverException } from './errors.js';
import type { Locks } from './locks.js';

const recordKey = 'cinder-snapshots';

/**
 * Marks by snapshot group or consistency group: the image references or sequence numbers that Cinder has deleted and the
 * array must keep for now. A decimal text, as earlier drivers wrote it, is a bit set over the present images, oldest first.
 */
type Marks = Record<string, readonly string[] | string>;

/** How what leads a group is deleted. */
interface Purge {
  one(id: string): Promise<void>;
  /** Deletes the group itself when nothing in it is wanted any more. */
  all?(): Promise<void>;
  /** Told when something that was marked earlier could not be deleted now. */
  left(error: unknown): void;
}

/**
 * What Cinder has deleted but the array, which only deletes the oldest image of a group, still holds. It is kept on the
 * array, so that it survives restarts of the driver, and by id, so that other changes on the array shift nothing.
 */
export class Ledger {
  constructor(
    private readonly client: ArrayClient,
    private readonly locks: Locks,
  ) {}

  /** The marks of a group. Throws when the record cannot be read: that is not the same as none. */
  async marks(group: string, present: readonly string[]): Promise<Set<string>> {
    return marksOf((await this.read())[group], present);
  }

  /** Replaces the marks of a group; none removes it. Other groups' marks are left as they are by now. */
  async set(group: string, marks: ReadonlySet<string>): Promise<void> {
    await this.locks.run('ledger', async () => {
      const all = await this.read();
      const before = JSON.stringify(all[group]);
      if (marks.size === 0) delete all[group];
      else all[group] = [...marks].sort();
      if (JSON.stringify(all[group]) !== before) await this.client.setRecord(recordKey, JSON.stringify(all));
    });
  }

  /** Forgets groups that are gone. */
  async forget(groups: readonly string[]): Promise<void> {
    if (groups.length === 0) return;
    await this.locks.run('ledger', async () => {
      const all = await this.read();
      const known = groups.filter((group) => group in all);
      for (const group of known) delete all[group];
      if (known.length > 0) await this.client.setRecord(recordKey, JSON.stringify(all));
    });
  }

  /**
   * Deletes one of a group's images or snapshots, `present` oldest first: what leads the group and is no longer wanted is
   * deleted, what is not the oldest is marked. Throws when it could neither be deleted nor marked.
   */
  async drop(group: string, id: string, present: readonly string[], purge: Purge): Promise<void> {
    if (!present.includes(id)) return;
    const stored = await this.marks(group, present);
    const unwanted = new Set([...present.filter((each) => stored.has(each)), id]);
    const firstWanted = present.findIndex((each) => !unwanted.has(each));
    if (firstWanted === -1 && purge.all !== undefined) {
      await purge.all();
      if (stored.size > 0) await this.forget([group]);
      return;
    }
    const leading = firstWanted === -1 ? present : present.slice(0, firstWanted);
    const deferred = !leading.includes(id);
    if (deferred) await this.set(group, unwanted);
    try {
      for (const each of leading) {
        await purge.one(each);
        unwanted.delete(each);
      }
    } catch (error) {
      if (!deferred && unwanted.has(id)) throw error;
      purge.left(error);
    }
    if (stored.size > 0) await this.set(group, unwanted);
  }

  private async read(): Promise<Marks> {
    const text = await this.client.record(recordKey);
    if (text === undefined || text === '') return {};
    try {
      return JSON.parse(text) as Marks;
    } catch (error) {
      throw new NetAppDriverException(`The array's record '${recordKey}' is damaged: ${text.slice(0, 80)}`, {
        cause: error,
      });
    }
  }
}

function marksOf(stored: Marks[string] | undefined, present: readonly string[]): Set<string> {
  if (stored === undefined) return new Set();
  if (typeof stored !== 'string') return new Set(stored);
  const bits = BigInt(stored);
  return new Set(present.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n));
}

export function sequenceOf(image: Pick<SnapshotImage, 'pitSequenceNumber'>): string {
  return String(image.pitSequenceNumber);
}
