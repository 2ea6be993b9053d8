import { NetAppDriverException } from '../errors.js';
import type { Locks } from '../locks.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import { bySequence, type SnapshotImage, sequenceOf } from '../transport/array-types.js';
import { ignoreMissing, tidied } from './undo.js';

const recordKey = 'cinder-snapshots';

/**
 * Marks by snapshot group or consistency group: the image references or sequence numbers that Cinder has deleted and the
 * array must keep for now. A decimal text, as earlier drivers wrote it, is a bit set over the present images, oldest first.
 */
type Marks = Record<string, readonly string[] | string | number>;

/** What the array deletes from its old end only: a snapshot group's images, or a consistency group's snapshots. */
interface Series {
  /** The reference of the group. */
  readonly group: string;
  /** Oldest first. */
  readonly present: readonly string[];
  deleteOldest(id: string): Promise<void>;
  /** Whether one is still there. */
  has(id: string): Promise<boolean>;
  /** What of the series is there by now. */
  reread(): Promise<Series>;
  /** Deletes the group itself when nothing in it is wanted any more. */
  deleteAll?(): Promise<void>;
}

/**
 * What Cinder has deleted but the array, which only deletes the oldest image of a group, still holds. It is kept on the
 * array, so that it survives restarts of the driver, and by id, so that other changes on the array shift nothing.
 */
export class DeferredDeletions {
  constructor(
    private readonly client: ArrayClient,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
  ) {}

  /** Deletes an image of a snapshot group, now or when all older ones have gone. The volume's lock is to be held. */
  async dropImage(image: SnapshotImage): Promise<void> {
    await this.drop(await this.readImagesOf(image.pitGroupRef), image.id);
  }

  /** Deletes a snapshot of a consistency group, out of `images`, those of the group. The group's lock is to be held. */
  dropGroupSnapshot(group: string, images: readonly SnapshotImage[], sequence: string): Promise<void> {
    return this.drop(this.snapshotsOf(group, images), sequence);
  }

  /** The numbers of a consistency group's snapshots that Cinder has not deleted, out of `images`, those of the group. */
  async wanted(group: string, images: readonly SnapshotImage[]): Promise<Set<string>> {
    const { present } = this.snapshotsOf(group, images);
    const marks = marksOf((await this.read())[group], present);
    return new Set(present.filter((sequence) => !marks.has(sequence)));
  }

  /** The images that Cinder has deleted and the array keeps for now, out of `images`, all of their groups. */
  async deleted(images: readonly SnapshotImage[]): Promise<Set<string>> {
    const marks = await this.read();
    const deleted = new Set<string>();
    for (const group of new Set(images.map(({ pitGroupRef }) => pitGroupRef))) {
      const { present } = this.imagesOf(
        group,
        images.filter((image) => image.pitGroupRef === group),
      );
      for (const id of marksOf(marks[group], present)) deleted.add(id);
    }
    return deleted;
  }

  /** Forgets groups that are gone. The marks of such a group do no harm: what cannot be done now is done by `settle`. */
  async forget(groups: readonly string[]): Promise<void> {
    if (groups.length === 0) return;
    await tidied(this.runtime, 'Marks of deleted snapshot groups', () =>
      this.locks.run('deferred deletions', async () => {
        const all = await this.read();
        const known = groups.filter((group) => group in all);
        for (const group of known) delete all[group];
        if (known.length > 0) await this.client.setRecord(recordKey, JSON.stringify(all));
      }),
    );
  }

  /** Notes that a snapshot of a consistency group is only for a while, should the driver end before it lets go of it. */
  hold(group: string, images: readonly SnapshotImage[]): Promise<void> {
    return this.change(temporary(group), (held) => {
      for (const image of images) held.add(sequenceOf(image));
    });
  }

  /** The snapshot is deleted or marked by now. */
  letGo(group: string, images: readonly SnapshotImage[]): Promise<void> {
    return tidied(this.runtime, `A note in the record '${recordKey}'`, () =>
      this.change(temporary(group), (held) => {
        for (const image of images) held.delete(sequenceOf(image));
      }),
    );
  }

  /** Deletes the snapshots that a driver held when it ended. For the start: later, a host may be using them. */
  async deleteHeld(): Promise<void> {
    for (const [key, held] of Object.entries(await this.read())) {
      const [kind, group] = key.split(' ');
      if (kind !== 'temporary' || group === undefined || typeof held !== 'object') continue;
      await this.locks.run(`group ${group}`, async () => {
        const images = (await this.client.groups()).some((each) => each.id === group)
          ? await this.client.groupImages(group)
          : [];
        for (const sequence of held) await this.drop(this.snapshotsOf(group, images), sequence);
      });
      await this.forget([key]);
    }
  }

  /** Finishes what interrupted deletions left: purges what leads its group, and forgets groups that are gone. */
  async settle(): Promise<void> {
    const groups = Object.keys(await this.read()).filter((group) => !group.startsWith('temporary '));
    if (groups.length === 0) return;
    const images = await this.client.snapshotImages();
    const gone: string[] = [];
    for (const group of groups) {
      const member = images.find((image) => image.consistencyGroupId === group);
      const image = images.find((each) => each.pitGroupRef === group);
      if (member !== undefined)
        await this.locks.run(`group ${group}`, async () =>
          this.drop(this.snapshotsOf(group, await this.client.groupImages(group))),
        );
      else if (image !== undefined)
        await this.locks.run(`volume ${image.baseVol}`, async () => this.drop(await this.readImagesOf(group)));
      else gone.push(group);
    }
    await this.forget(gone);
  }

  private async readImagesOf(group: string): Promise<Series> {
    const images = await this.client.snapshotImages();
    return this.imagesOf(
      group,
      images.filter((each) => each.pitGroupRef === group),
    );
  }

  private imagesOf(group: string, images: readonly SnapshotImage[]): Series {
    return {
      group,
      present: [...images].sort(bySequence).map((image) => image.id),
      deleteOldest: (id) => ignoreMissing(this.client.deleteSnapshotImage(id)),
      has: async (id) => (await this.client.findSnapshotImage(id)) !== undefined,
      reread: () => this.readImagesOf(group),
      deleteAll: () => ignoreMissing(this.client.deleteSnapshotGroup(group)),
    };
  }

  private snapshotsOf(group: string, images: readonly SnapshotImage[]): Series {
    const reread = async () => this.snapshotsOf(group, await this.client.groupImages(group));
    return {
      group,
      present: [...new Set([...images].sort(bySequence).map(sequenceOf))],
      deleteOldest: (sequence) => ignoreMissing(this.client.deleteGroupSnapshot(group, sequence)),
      has: async (sequence) => (await reread()).present.includes(sequence),
      reread,
    };
  }

  /**
   * Deletes one of a series, if one is named, and whatever leads it and is no longer wanted; what is not the oldest is
   * marked. Throws when the named one could neither be deleted nor marked.
   */
  private async drop(series: Series, id?: string): Promise<void> {
    const { group, present } = series;
    if (id !== undefined && !present.includes(id)) return;
    const written = (await this.read())[group];
    const stored = marksOf(written, present);
    const unwanted = new Set(present.filter((each) => stored.has(each) || each === id));
    const firstWanted = present.findIndex((each) => !unwanted.has(each));
    if (firstWanted === -1 && series.deleteAll !== undefined) {
      await series.deleteAll();
      if (written !== undefined) await this.forget([group]);
      return;
    }
    const leading = firstWanted === -1 ? present : present.slice(0, firstWanted);
    const deferred = id !== undefined && !leading.includes(id);
    // Bits would be over other images once some are gone: they are written as ids before anything is deleted.
    const bits = written !== undefined && !Array.isArray(written);
    if (deferred || bits) await this.set(group, unwanted);
    const purge = async (until?: string) => {
      for (const each of leading.filter((one) => unwanted.has(one))) {
        await series.deleteOldest(each);
        unwanted.delete(each);
        if (each === until) return;
      }
      if (written !== undefined) await this.set(group, unwanted);
    };
    if (id !== undefined && !deferred) await purge(id);
    await tidied(this.runtime, `What was deleted earlier in snapshot group '${group}'`, async () => {
      await purge();
      if (id !== undefined) await this.dropWhatLeadsNow(series, deferred, present.slice(leading.length));
    });
  }

  /**
   * Another driver may have deleted what was older while this one marked, or marked what leads now while this one deleted.
   * Each looks after it has written, so one of the two sees what both did.
   */
  private async dropWhatLeadsNow(series: Series, marked: boolean, left: readonly string[]): Promise<void> {
    const [oldest] = left;
    if (oldest === undefined) return;
    if (marked ? !(await series.has(oldest)) : marksOf((await this.read())[series.group], left).has(oldest))
      await this.drop(await series.reread());
  }

  /** Replaces the marks of a group; none removes it. */
  private set(group: string, marks: ReadonlySet<string>): Promise<void> {
    return this.change(group, (present) => {
      present.clear();
      for (const mark of marks) present.add(mark);
    });
  }

  /** Changes what the record has for one key; other keys are left as they are by now. */
  private async change(key: string, change: (marks: Set<string>) => unknown): Promise<void> {
    await this.locks.run('deferred deletions', async () => {
      const all = await this.read();
      const before = JSON.stringify(all[key]);
      const { [key]: written } = all;
      const marks = new Set(typeof written === 'object' ? written : []);
      change(marks);
      if (marks.size === 0) delete all[key];
      else all[key] = [...marks].sort();
      if (JSON.stringify(all[key]) !== before) await this.client.setRecord(recordKey, JSON.stringify(all));
    });
  }

  /** Throws when the record cannot be read: that is not the same as none. */
  private async read(): Promise<Marks> {
    const text = await this.client.record(recordKey);
    if (text === undefined || text === '') return {};
    try {
      const marks = JSON.parse(text) as unknown;
      if (typeof marks === 'object' && marks !== null && !Array.isArray(marks)) return marks as Marks;
    } catch {
      // Told below, as what is JSON but no marks is.
    }
    throw new NetAppDriverException(`The array's record '${recordKey}' is damaged: ${text.slice(0, 80)}`);
  }
}

/** The key of a consistency group's snapshots that are only for a while. */
function temporary(group: string): string {
  return `temporary ${group}`;
}

function marksOf(stored: Marks[string] | undefined, present: readonly string[]): Set<string> {
  if (stored === undefined) return new Set();
  if (typeof stored === 'object') return new Set(stored.map(String));
  if (!/^\d+$/.test(String(stored)))
    throw new NetAppDriverException(`The array's record '${recordKey}' has marks that are no number: '${stored}'.`);
  const bits = BigInt(stored);
  return new Set(present.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n));
}
