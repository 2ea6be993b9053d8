import { AdminRequestError, type ArrayAdminClient } from '../arrays/array-admin-client.js';
import type { InventoryImage } from '../arrays/inventory.js';

/** Methods that delete snapshots, and the requirement that says that every other snapshot stays. */
const deletions: Readonly<Record<string, string>> = {
  delete_snapshot: 'C-delete-snapshot-1',
  delete_cgsnapshot: 'C-delete-cgsnapshot-1',
};

/**
 * Which images vanished while a snapshot was deleted. One of a snapshot that Cinder still has was deleted along with it,
 * which is not the fault of the call that made it.
 */
export class Losses {
  private readonly requirements = new Map<string, string>();

  constructor(private readonly admin: ArrayAdminClient) {}

  /** Runs a call and notes which images vanished in it. Rejects as the call does. */
  async during<T>(method: string, run: () => Promise<T>): Promise<T> {
    const requirement = Object.hasOwn(deletions, method) ? deletions[method] : undefined;
    if (requirement === undefined) return run();
    const before = await this.images();
    try {
      return await run();
    } finally {
      const after = before === undefined ? undefined : await this.images();
      if (after !== undefined)
        for (const ref of before ?? []) if (!after.has(ref)) this.requirements.set(ref, requirement);
    }
  }

  /** The requirement that the loss of an image breaks; undefined where it did not vanish in a deletion. */
  requirementOf(imageRef: string): string | undefined {
    return this.requirements.get(imageRef);
  }

  /** undefined where the array can't be looked at now. */
  private async images(): Promise<ReadonlySet<string> | undefined> {
    try {
      const images = await this.admin.get<InventoryImage[]>('snapshot-images');
      return new Set(images.map(({ pitRef }) => pitRef));
    } catch (error) {
      if (error instanceof AdminRequestError) return undefined;
      throw error;
    }
  }
}
