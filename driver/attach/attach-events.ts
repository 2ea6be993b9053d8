/** What happened to a volume while a call was at work: who came, who left. */
export class Watch {
  private readonly events: { readonly initiator: string; readonly came: boolean }[] = [];

  note(initiator: string, came: boolean): void {
    this.events.push({ initiator, came });
  }

  /** Whether the initiator has the volume by now; undefined when nothing happened to it since. */
  has(initiator: string): boolean | undefined {
    return this.events.findLast((event) => event.initiator === initiator)?.came;
  }

  /** How often the initiator left. */
  leavings(initiator: string): number {
    return this.events.filter((event) => event.initiator === initiator && !event.came).length;
  }

  /** All of whom something is known. */
  get initiators(): ReadonlySet<string> {
    return new Set(this.events.map(({ initiator }) => initiator));
  }
}

/**
 * Hosts that come to volumes and leave them, for calls that wait meanwhile: what Cinder's records said when such a call
 * began is not so any more when its turn comes.
 */
export class AttachEvents {
  private readonly watches = new Map<string, Set<Watch>>();

  /** Runs an action that is told what happens to the volume from now on. */
  async during<T>(volume: string, action: (watch: Watch) => Promise<T>): Promise<T> {
    const watch = new Watch();
    const all = this.watches.get(volume) ?? new Set();
    this.watches.set(volume, all.add(watch));
    try {
      return await action(watch);
    } finally {
      all.delete(watch);
      if (all.size === 0) this.watches.delete(volume);
    }
  }

  note(volume: string, initiator: string, came: boolean): void {
    for (const watch of this.watches.get(volume) ?? []) watch.note(initiator, came);
  }
}
