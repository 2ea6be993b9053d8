import type { Locks } from '../locks.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import { bySequence, type SnapshotImage, sequenceOf } from '../transport/array-types.js';
import { takeOverEarlierMarks } from './earlier-marks.js';
import type { Notes, Topic } from './notes.js';
import { ignoreMissing, tidied } from './undo.js';

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
 * What Cinder has deleted but the array, which only deletes the oldest image of a group, still holds. It is noted in the
 * web services, so that it survives restarts of the driver, and by id, so that other changes on the array shift nothing.
 */
export class DeferredDeletions {
  constructor(
    private readonly client: ArrayClient,
    private readonly notes: Notes,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
  ) {}

  /** Deletes an image of a snapshot group, now or when all older ones have gone. The volume's lock is to be held. */
  async dropImage(image: SnapshotImage): Promise<void> {
    const series = await this.readImagesOf(image.pitGroupRef);
    // A list can be older than what was made last.
    await this.drop(series.present.includes(image.id) ? series : await series.reread(), image.id);
  }

  /** Deletes a snapshot of a consistency group, out of `images`, those of the group. The group's lock is to be held. */
  dropGroupSnapshot(group: string, images: readonly SnapshotImage[], sequence: string): Promise<void> {
    return this.drop(this.snapshotsOf(group, images), sequence);
  }

  /** The numbers of a consistency group's snapshots that Cinder has not deleted, out of `images`, those of the group. */
  async wanted(group: string, images: readonly SnapshotImage[]): Promise<Set<string>> {
    const { present } = this.snapshotsOf(group, images);
    const marks = (await this.allMarks()).get(group) ?? new Set();
    return new Set(present.filter((sequence) => !marks.has(sequence)));
  }

  /** The images that Cinder has deleted and the array keeps for now, out of `images`. */
  async deleted(images: readonly SnapshotImage[]): Promise<Set<string>> {
    const marks = await this.allMarks();
    const deleted = images.filter((image) => marks.get(image.pitGroupRef)?.has(image.id));
    return new Set(deleted.map((image) => image.id));
  }

  /** Forgets groups that are gone. The marks of such a group do no harm: what cannot be done now is done by `finishDeletions`. */
  async forget(groups: readonly string[]): Promise<void> {
    if (groups.length === 0) return;
    await tidied(this.runtime, 'Marks of deleted snapshot groups', async () => {
      const marks = await this.marks();
      for (const group of groups) await this.unmark(group, marks.get(group) ?? []);
    });
  }

  /** Notes that a snapshot of a consistency group is only for a while, should the driver end before it lets go of it. */
  async hold(group: string, images: readonly SnapshotImage[]): Promise<void> {
    for (const sequence of new Set(images.map(sequenceOf)))
      await this.notes.write('temporary', nameOf(group, sequence));
  }

  /** The snapshot is deleted or marked by now. */
  async letGo(group: string, images: readonly SnapshotImage[]): Promise<void> {
    await tidied(this.runtime, `A note on a temporary snapshot of group '${group}'`, () =>
      this.unmark(group, new Set(images.map(sequenceOf)), 'temporary'),
    );
  }

  /** Deletes the snapshots that a driver held when it ended. For the start: later, a host may be using them. */
  async deleteHeld(): Promise<void> {
    for (const [group, held] of await this.allMarks('temporary')) {
      await this.locks.run(`group ${group}`, async () => {
        const images = (await this.client.groups()).some((each) => each.id === group)
          ? await this.client.groupImages(group)
          : [];
        for (const sequence of held) await this.drop(this.snapshotsOf(group, images), sequence);
      });
      await this.unmark(group, held, 'temporary');
    }
  }

  /** Finishes what interrupted deletions left: purges what leads its group, and forgets groups that are gone. */
  async finishDeletions(): Promise<void> {
    const marks = await this.allMarks();
    if (marks.size === 0) return;
    const images = await this.client.snapshotImages();
    for (const [group, ids] of marks) {
      const member = images.find((image) => image.consistencyGroupId === group);
      const image = images.find((each) => each.pitGroupRef === group);
      if (member !== undefined)
        await this.locks.run(`group ${group}`, async () =>
          this.drop(this.snapshotsOf(group, await this.client.groupImages(group))),
        );
      else if (image !== undefined)
        await this.locks.run(`volume ${image.baseVol}`, async () => this.drop(await this.readImagesOf(group)));
      else await this.unmark(group, ids);
    }
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
    const marks = (await this.allMarks()).get(group) ?? new Set();
    const unwanted = new Set(present.filter((each) => marks.has(each) || each === id));
    const firstWanted = present.findIndex((each) => !unwanted.has(each));
    if (firstWanted === -1 && series.deleteAll !== undefined) {
      await series.deleteAll();
      if (marks.size > 0) await this.forget([group]);
      return;
    }
    const leading = firstWanted === -1 ? present : present.slice(0, firstWanted);
    const deferred = id !== undefined && !leading.includes(id);
    if (deferred) await this.notes.write('deleted', nameOf(group, id));
    const purge = async (until?: string) => {
      for (const each of leading.filter((one) => unwanted.has(one))) {
        await series.deleteOldest(each);
        unwanted.delete(each);
        if (each === until) return;
      }
    };
    if (id !== undefined && !deferred) await purge(id);
    await tidied(this.runtime, `What was deleted earlier in snapshot group '${group}'`, async () => {
      await purge();
      await this.unmark(group, await this.gone(series, marks, leading));
      if (id !== undefined) await this.dropWhatLeadsNow(series, deferred, present.slice(leading.length));
    });
  }

  /** The marked ones that are gone: those just purged, and those that others have deleted. */
  private async gone(series: Series, marks: ReadonlySet<string>, purged: readonly string[]): Promise<string[]> {
    const missing = [...marks].filter((each) => !series.present.includes(each));
    // Another service may have made and marked it since the series was read.
    const now = missing.length > 0 ? (await series.reread()).present : [];
    return [...marks].filter((each) => purged.includes(each) || (missing.includes(each) && !now.includes(each)));
  }

  /**
   * Another driver may have deleted what was older while this one marked, or marked what leads now while this one deleted.
   * Each looks after it has written, so one of the two sees what both did.
   */
  private async dropWhatLeadsNow(series: Series, marked: boolean, left: readonly string[]): Promise<void> {
    const [oldest] = left;
    if (oldest === undefined) return;
    if (marked ? !(await series.has(oldest)) : (await this.marks()).get(series.group)?.has(oldest))
      await this.drop(await series.reread());
  }

  private async unmark(group: string, ids: Iterable<string>, topic: Topic = 'deleted'): Promise<void> {
    for (const id of ids) await this.notes.remove(topic, nameOf(group, id));
  }

  /** Those of earlier drivers too. To be asked for once in a call: later in it, what is noted by then is enough. */
  private async allMarks(topic?: Topic): Promise<Map<string, ReadonlySet<string>>> {
    await takeOverEarlierMarks(this.client, this.notes);
    return this.marks(topic);
  }

  /** What is marked, by group. Throws when it cannot be read: that is not the same as nothing. */
  private async marks(topic: Topic = 'deleted'): Promise<Map<string, ReadonlySet<string>>> {
    const marks = new Map<string, Set<string>>();
    for (const name of await this.notes.of(topic)) {
      const [group = '', id = ''] = name.split('-');
      marks.set(group, (marks.get(group) ?? new Set()).add(id));
    }
    return marks;
  }
}

/** The name of a note on one of a group. */
function nameOf(group: string, id: string): string {
  return `${group}-${id}`;
}
