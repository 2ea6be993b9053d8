import type { Leftovers } from '../cleanup/leftovers.js';
import { ignoreMissing, made, undoing } from '../cleanup/undo.js';
import { NetAppDriverException } from '../errors.js';
import { randomLabel } from '../labels.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import { type ArrayVolume, isSet, type SnapshotImage } from '../transport/array-types.js';
import { type Limits, waitFor, workSeconds } from '../waiting.js';

interface View {
  readonly id: string;
  readonly release: () => Promise<void>;
}

/** Whether a copy is not over yet. */
export function isAtWork(status: string): boolean {
  return ['inProgress', 'pending', 'unknown'].includes(status);
}

/** Copies what an image holds to a volume. */
export class Copier {
  constructor(
    private readonly client: ArrayClient,
    private readonly leftovers: Leftovers,
    private readonly runtime: Runtime,
    private readonly limits: Limits,
  ) {}

  /** Done when the copy is complete and the target can be written. Leaves no view and no copy job behind, whatever happens. */
  async copy(image: SnapshotImage, target: ArrayVolume, sizeGib: number): Promise<void> {
    const view = await this.view(image);
    try {
      await undoing(this.runtime, async (undo) => {
        const job = await made(
          () => this.client.createCopy(view.id, target.volumeRef),
          async () => (await this.client.copies()).find((each) => each.targetVolume === target.volumeRef),
        );
        const lift = () => ignoreMissing(this.client.deleteCopy(job.volcopyRef));
        undo.add(`Volume copy '${job.volcopyRef}'`, lift, this.leftovers);
        await this.completed(job.volcopyRef, sizeGib);
        await lift();
      });
    } finally {
      await this.leftovers.remove(`Snapshot volume '${view.id}'`, view.release);
    }
  }

  private completed(ref: string, sizeGib: number): Promise<true> {
    return waitFor(this.runtime, `Volume copy '${ref}'`, workSeconds(this.limits, sizeGib), async () => {
      const { status } = await this.client.copy(ref);
      if (status === 'complete') return true;
      if (isAtWork(status)) return undefined;
      throw new NetAppDriverException(`Volume copy '${ref}' ended as '${status}'.`);
    });
  }

  /** The image as a volume; an image of a consistency group through a view of that group. */
  private async view(image: SnapshotImage): Promise<View> {
    const label = randomLabel(this.runtime);
    const group = image.consistencyGroupId;
    if (!isSet(group)) {
      const view = await made(
        () => this.client.createView(image, label),
        async () => (await this.client.views()).find((each) => each.label === label),
      );
      return { id: view.id, release: () => this.client.deleteView(view.id) };
    }
    return undoing(this.runtime, async (undo) => {
      const view = await made(
        () => this.client.createGroupView(group, label, image.id),
        async () => (await this.client.groupViews(group)).find((each) => each.label === label),
      );
      const release = () => this.client.deleteGroupView(group, view.cgViewRef);
      undo.add(`Consistency group view '${label}'`, release, this.leftovers);
      const members = await this.client.groupViewMembers(group, view.cgViewRef);
      const member = members.find((each) => each.basePIT === image.id);
      if (member === undefined)
        throw new NetAppDriverException(`The view of consistency group '${group}' does not show image '${image.id}'.`);
      return { id: member.id, release };
    });
  }
}
