import { NetAppDriverException } from '../errors.js';
import { isReserved, uuidOf } from '../labels.js';
import type { Runtime } from '../runtime.js';
import { isAtWork } from '../snapshots/copier.js';
import type { ArrayClient } from '../transport/array-client.js';
import { isSet, type SnapshotGroup, type SnapshotView } from '../transport/array-types.js';
import type { Leftovers } from './leftovers.js';
import { ignoreMissing, tidied } from './undo.js';

/**
 * What copies leave on the array when the driver ends in the middle of them: snapshot groups of clones, views under made-up
 * names, and copy jobs that hold their target. What is being copied now is left alone.
 */
export class OrphanCleanup {
  constructor(
    private readonly client: ArrayClient,
    private readonly leftovers: Leftovers,
    private readonly runtime: Runtime,
  ) {}

  /**
   * Removes all of them; what is being copied, when that is over. For the start: later, a copy that has made its view and
   * not yet its job looks the same.
   */
  async remove(): Promise<void> {
    const [groups, views] = await Promise.all([this.client.snapshotGroups(), this.client.views()]);
    const own = views.filter(isOwn);
    if (own.length === 0 && !groups.some(isClones)) return;
    const copies = await this.client.copies();
    for (const copy of copies)
      if (!isAtWork(copy.status) && own.some((view) => view.id === copy.sourceVolume))
        await this.tidied(`Volume copy '${copy.volcopyRef}'`, () => this.client.deleteCopy(copy.volcopyRef));
    const busy = new Set(copies.filter((copy) => isAtWork(copy.status)).map((copy) => copy.sourceVolume));
    for (const view of own) if (!busy.has(view.id)) await this.removeView(view);
    for (const view of own) if (busy.has(view.id)) this.removeLater(view);
    await this.removeGroups(groups);
  }

  /**
   * What is copied through a view that was there before this start: nothing waits for its end, or another service does.
   * That one puts it away itself: what is over is left alone until the next time.
   */
  private removeLater(view: SnapshotView): void {
    let wasOver = false;
    this.leftovers.add(`Snapshot volume '${view.label}'`, async () => {
      const copies = (await this.client.copies()).filter((copy) => copy.sourceVolume === view.id);
      const isOver = !copies.some((copy) => isAtWork(copy.status));
      if (!isOver || !wasOver) {
        wasOver = isOver;
        throw new NetAppDriverException(isOver ? 'Its copy has just ended.' : 'It is being copied.');
      }
      const image = await this.client.findSnapshotImage(view.basePIT);
      for (const copy of copies) await ignoreMissing(this.client.deleteCopy(copy.volcopyRef));
      await this.removeView(view);
      const groups = await this.client.snapshotGroups();
      await this.removeGroups(groups.filter((group) => group.id === image?.pitGroupRef));
    });
  }

  /** Removes those of the groups that are clones' and not being copied from. Resolves to whether there were any. */
  async removeGroups(groups: readonly SnapshotGroup[]): Promise<boolean> {
    const clones = groups.filter(isClones);
    if (clones.length === 0) return false;
    const [images, views, copies] = await Promise.all([
      this.client.snapshotImages(),
      this.client.views(),
      this.client.copies(),
    ]);
    const sources = new Set(copies.filter((copy) => isAtWork(copy.status)).map((copy) => copy.sourceVolume));
    const copied = new Set(views.filter((view) => sources.has(view.id)).map((view) => view.basePIT));
    const kept = new Set(images.filter((image) => copied.has(image.id)).map((image) => image.pitGroupRef));
    const idle = clones.filter((group) => !kept.has(group.id));
    for (const group of idle)
      await this.tidied(`Snapshot group '${group.label}'`, () => this.client.deleteSnapshotGroup(group.id));
    return idle.length > 0;
  }

  private removeView(view: SnapshotView): Promise<void> {
    const { consistencyGroupId: group } = view;
    const whole = view.membership?.cgViewRef;
    return this.tidied(`Snapshot volume '${view.label}'`, () =>
      isSet(group) && isSet(whole) ? this.client.deleteGroupView(group, whole) : this.client.deleteView(view.id),
    );
  }

  private async tidied(what: string, remove: () => Promise<unknown>): Promise<void> {
    await tidied(this.runtime, what, remove);
  }
}

function isClones(group: SnapshotGroup): boolean {
  return isReserved(group.label) && !group.consistencyGroup;
}

/** Under a name that the driver made up, for a consistency group's view with the volume's behind it, not mapped. */
function isOwn(view: SnapshotView): boolean {
  const [label = ''] = view.label.split(':');
  return uuidOf(label)?.[14] === '4' && (view.listOfMappings ?? []).length === 0;
}
