import { ArrayError } from './errors.js';
import type { ComponentKind, ComponentRecord, EventRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

type Status = ComponentRecord['status'] | 'optimal';

/** What each kind of part is called, which states it can have, and what the event log says of it. */
const kinds: Readonly<
  Record<
    ComponentKind,
    { readonly name: string; readonly component: EventRecord['componentType']; readonly states: readonly Status[] }
  >
> = {
  powerSupply: { name: 'Power supply', component: 'powerSply', states: ['optimal', 'failed', 'removed'] },
  fan: { name: 'Fan canister', component: 'fan', states: ['optimal', 'failed', 'removed'] },
  battery: {
    name: 'Controller cache battery',
    component: 'battery',
    states: ['optimal', 'failed', 'removed', 'expired'],
  },
  temperatureSensor: {
    name: 'Temperature',
    component: 'tempSensor',
    states: ['optimal', 'nominalTempExceed', 'maxTempExceed', 'removed'],
  },
};

/** Event numbers of the major event log (source: SANtricity's list of critical events). */
const eventTypes = {
  failed: 0x280b,
  removed: 0x280a,
  optimal: 0x2829,
  expired: 0x2113,
  nominalTempExceed: 0x281b,
  maxTempExceed: 0x281c,
  batteryFailed: 0x210c,
  cacheDisabled: 0x2109,
  cacheEnabled: 0x2108,
} as const;

/** What powers, cools and backs up the first tray: two of each. Those that have no record are optimal. */
export class Components {
  constructor(private readonly array: StorageArray) {}

  status(kind: ComponentKind, slot: 1 | 2): Status {
    return this.array.tables.components.get(refOf(kind, slot))?.status ?? 'optimal';
  }

  /** The parts that are not optimal. */
  ailing(): ComponentRecord[] {
    return this.array.tables.components.toJSON();
  }

  /** Whether writes are cached: not while a controller has no battery that holds the cache. */
  cachesWrites(): boolean {
    for (const { kind } of this.array.tables.components.values()) if (kind === 'battery') return false;
    return true;
  }

  /** Makes a part fail, go, or be well again. Throws ArrayError illegalParam for a state that it cannot have. */
  setStatus(kind: ComponentKind, slot: 1 | 2, status: Status): void {
    this.array.transact(() => {
      const { name, states } = kinds[kind];
      if (!states.includes(status)) {
        throw new ArrayError('illegalParam', `${name} ${slot} cannot be ${status}: allowed are ${states.join(', ')}.`);
      }
      if (this.status(kind, slot) === status) return;
      const cachedBefore = this.cachesWrites();
      const { components } = this.array.tables;
      if (status === 'optimal') components.delete(refOf(kind, slot));
      else components.put({ ref: refOf(kind, slot), kind, slot, status });
      this.log(kind, slot, status);
      if (this.cachesWrites() !== cachedBefore) this.cachingChanged();
    });
  }

  problems(): string[] {
    return this.ailing().flatMap(({ ref, kind, slot, status }) => [
      ...(ref === refOf(kind, slot) ? [] : [`component ${ref} is ${kind} ${slot}`]),
      ...(kinds[kind].states.includes(status) ? [] : [`${kind} ${slot} is ${status}, which it cannot be`]),
    ]);
  }

  private log(kind: ComponentKind, slot: 1 | 2, status: Status): void {
    const { name, component } = kinds[kind];
    const well = status === 'optimal';
    const eventType = kind === 'battery' && status === 'failed' ? eventTypes.batteryFailed : eventTypes[status];
    this.array.events.record({
      eventType,
      category: well ? 'notification' : 'failure',
      priority: well ? 'priorityInfo' : status === 'nominalTempExceed' ? 'priorityWarning' : 'priorityCritical',
      componentType: component,
      description: `${name} ${slot}: ${status}`,
      location: `Shelf 99, Slot ${slot}`,
      objectRef: null,
    });
  }

  /** Write caching stops or comes back: every volume shows it. */
  private cachingChanged(): void {
    const on = this.cachesWrites();
    this.array.events.record({
      eventType: on ? eventTypes.cacheEnabled : eventTypes.cacheDisabled,
      category: on ? 'notification' : 'failure',
      priority: on ? 'priorityInfo' : 'priorityCritical',
      componentType: 'controller',
      description: on ? 'Write caching resumed' : 'Write caching suspended: the cache has no battery',
      objectRef: null,
    });
    for (const { ref } of this.array.tables.volumes.toJSON()) this.array.tables.volumes.touch(ref);
  }
}

function refOf(kind: ComponentKind, slot: number): string {
  return `${kind}:${slot}`;
}
