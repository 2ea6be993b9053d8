import type { StorageArray } from './storage-array.js';

/** An array as a management station knows it: under an id, at addresses. */
export interface StorageSystem {
  /** `1` for the array that embedded clients talk to; otherwise what registering it gave. */
  readonly id: string;
  /** null for a system that was registered but never answered. */
  readonly array: StorageArray | null;
  readonly controllerAddresses: readonly string[];
  readonly tags: readonly { readonly key: string; readonly valueList: readonly string[] }[];
  /** false while the array does not answer: requests get 424. */
  readonly online: boolean;
}

/** The arrays of one process, found by id or WWN in any case. */
export class StorageSystems {
  private readonly byId = new Map<string, StorageSystem>();
  private readonly watchers = new Set<() => void>();
  /** Ends each array's lookups of its peers here. */
  private readonly peerLookups = new Map<StorageArray, () => void>();

  /** Calls back after each system that was added, replaced or removed, until the answer is called. */
  subscribe(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  put(system: StorageSystem): StorageSystem {
    this.byId.set(system.id.toLowerCase(), system);
    this.changed();
    return system;
  }

  /** The system with that id or whose array has that WWN. */
  find(idOrWwn: string): StorageSystem | undefined {
    const key = idOrWwn.toLowerCase();
    const direct = this.byId.get(key);
    if (direct !== undefined) return direct;
    if (key.length !== 32) return undefined;
    return this.list().find((system) => system.array?.system.wwn.toLowerCase() === key);
  }

  list(): StorageSystem[] {
    return [...this.byId.values()];
  }

  remove(id: string): boolean {
    const removed = this.byId.delete(id.toLowerCase());
    if (removed) this.changed();
    return removed;
  }

  /** The arrays of one process are each other's peers, for mirrors. */
  private connectPeers(): void {
    const present = new Set(this.list().flatMap(({ array }) => array ?? []));
    for (const [array, end] of this.peerLookups) {
      if (present.has(array)) continue;
      end();
      this.peerLookups.delete(array);
    }
    for (const array of present)
      if (!this.peerLookups.has(array))
        this.peerLookups.set(
          array,
          array.addPeerLookup((wwn) => this.find(wwn)?.array ?? undefined),
        );
  }

  private changed(): void {
    this.connectPeers();
    for (const watcher of this.watchers) watcher();
  }

  /** The id that a newly created array gets: 1, 2, 3 … */
  nextId(): string {
    for (let number = 1; ; number++) if (!this.byId.has(String(number))) return String(number);
  }
}
