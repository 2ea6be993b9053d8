import type { ArrayClient } from '../transport/array-client.js';
import { ignoreMissing } from './undo.js';

/** What there are notes on: images and group snapshots deleted out of turn, those of a copy, volumes given up. */
export type Topic = 'deleted' | 'temporary' | 'unmanaged';

/**
 * What the driver has to remember beside the array's objects. Each note is a key-value of its own: the web services have no
 * compare-and-set, so of two services that read, change and write one record, one would lose what the other wrote.
 */
export class Notes {
  constructor(private readonly client: ArrayClient) {}

  /** The names that are noted. Throws when they cannot be read: that is not the same as none. */
  async of(topic: Topic): Promise<string[]> {
    const prefix = keyOf(topic, '');
    const keys = (await this.client.keyValues()).map(({ key }) => key);
    return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  write(topic: Topic, name: string): Promise<unknown> {
    return this.client.setKeyValue(keyOf(topic, name), { noted: true });
  }

  /** One that is gone already counts as removed. */
  remove(topic: Topic, name: string): Promise<void> {
    return ignoreMissing(this.client.deleteKeyValue(keyOf(topic, name)));
  }
}

function keyOf(topic: Topic, name: string): string {
  return `cinder-${topic}-${name}`;
}
