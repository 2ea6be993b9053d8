import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import type { EndedCommand, IscsiObserver, SeenLogin, SeenSession } from '../iscsi/observer.js';
import type { EventBus } from './event-bus.js';
import type { EventContent } from './live-event.js';

/** What initiators do. */
export type WireEvent = Extract<EventContent, { readonly kind: 'login' | 'logout' | 'commands' }>;

type Summary = { -readonly [Key in keyof CommandsContent]: CommandsContent[Key] };
type CommandsContent = Extract<EventContent, { readonly kind: 'commands' }>;

/** Tells a bus of the sessions of iSCSI targets, and sums up their commands. */
export class IscsiEvents {
  private summaries = new Map<string, Summary>();

  constructor(
    private readonly bus: EventBus,
    private readonly systems: StorageSystems,
  ) {
    bus.addSource(() => () => this.summaries.clear());
  }

  /** What the target of an array tells. */
  observerOf(array: StorageArray): IscsiObserver {
    const { bus } = this;
    const id = () => this.systems.list().find((system) => system.array === array)?.id ?? '';
    return {
      get active() {
        return bus.isRecording;
      },
      login: (login: SeenLogin) => bus.publish({ kind: 'login', array: id(), ...login }),
      sessionEnded: (session: SeenSession) => bus.publish({ kind: 'logout', array: id(), ...session }),
      commandEnded: (command: EndedCommand) => this.add(array, id(), command),
    };
  }

  /** Publishes what came since the last time: one event for each initiator and unit. */
  flush(): void {
    if (this.summaries.size === 0) return;
    const { summaries } = this;
    this.summaries = new Map();
    for (const summary of summaries.values()) this.bus.publish(summary);
  }

  private add(array: StorageArray, id: string, { initiator, unitRef, sort, bytes, isGood }: EndedCommand): void {
    const key = `${id} ${unitRef} ${initiator}`;
    let summary = this.summaries.get(key);
    if (summary === undefined) {
      const { volumes, snapshotVolumes } = array.tables;
      const unit = unitRef === undefined ? undefined : (volumes.get(unitRef) ?? snapshotVolumes.get(unitRef));
      summary = {
        kind: 'commands',
        array: id,
        initiator,
        unit: unitRef ?? null,
        ...(unit === undefined ? {} : { label: unit.label }),
        ...{ reads: 0, writes: 0, others: 0, readBytes: 0, writtenBytes: 0, failed: 0 },
      };
      this.summaries.set(key, summary);
    }
    if (sort === 'read') summary.reads++;
    else if (sort === 'write') summary.writes++;
    else summary.others++;
    if (!isGood) summary.failed++;
    else if (sort === 'read') summary.readBytes += bytes;
    else if (sort === 'write') summary.writtenBytes += bytes;
  }
}
