import type { Notes } from '../cleanup/notes.js';
import type { ArrayClient } from '../transport/array-client.js';

const recordKey = 'cinder-unmanaged';

/** Volumes that carry a Cinder name but were given up, by their references. */
export class Unmanaged {
  constructor(
    private readonly client: ArrayClient,
    private readonly notes: Notes,
  ) {}

  async all(): Promise<ReadonlySet<string>> {
    await this.takeOverEarlier();
    return new Set(await this.notes.of('unmanaged'));
  }

  add(ref: string): Promise<unknown> {
    return this.notes.write('unmanaged', ref);
  }

  remove(ref: string): Promise<void> {
    return this.notes.remove('unmanaged', ref);
  }

  async removeIfNoted(ref: string): Promise<void> {
    if ((await this.all()).has(ref)) await this.remove(ref);
  }

  /** Earlier drivers kept all of them in one record. */
  private async takeOverEarlier(): Promise<void> {
    const earlier = JSON.parse((await this.client.record(recordKey)) || '[]') as string[];
    for (const ref of earlier) await this.add(ref);
    if (earlier.length > 0) await this.client.setRecord(recordKey, '[]');
  }
}
