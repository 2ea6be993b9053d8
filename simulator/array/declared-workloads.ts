import { type Changes, changed, given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { type DeclaredWorkloadRecord, declaredWorkloadDefaults } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What may be said of a declared workload. */
export type DeclaredWorkloadChanges = Changes<typeof declaredWorkloadDefaults>;

/** The numbers that are possible, by property. */
export const workloadBounds = {
  readPercent: { minimum: 0, maximum: 100 },
  iops: { minimum: 0, maximum: 10_000_000 },
  blockBytes: { minimum: 512, maximum: 16 * 2 ** 20 },
  randomPercent: { minimum: 0, maximum: 100 },
  cacheHitPercent: { minimum: 0, maximum: 100 },
  variationPercent: { minimum: 0, maximum: 100 },
} as const;

const latencyBounds = { minimum: 0.001, maximum: 60_000 } as const;

const blockUnit = 512;

/** Workloads that only show in the statistics: what a busy array is made of when no initiator is there. */
export class DeclaredWorkloads {
  private readonly byVolume: (volumeRef: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { volumes, declaredWorkloads } = array.tables;
    this.byVolume = declaredWorkloads.index((workload) => workload.volumeRef);
    volumes.onDelete((ref) => {
      for (const workload of [...this.byVolume(ref)]) declaredWorkloads.delete(workload);
    });
  }

  list(): DeclaredWorkloadRecord[] {
    return this.array.tables.declaredWorkloads.toJSON();
  }

  require(ref: string): DeclaredWorkloadRecord {
    const workload = this.array.tables.declaredWorkloads.get(ref);
    if (workload === undefined) throw new ObjectNotFound('illegalParam', 'declared workload', ref);
    return workload;
  }

  /** Begins now. Throws ArrayError for a number that is out of its bounds, and for a volume that is not a user's. */
  create(volume: string, wanted: DeclaredWorkloadChanges): DeclaredWorkloadRecord {
    return this.array.transact(() => {
      const { ref: volumeRef, label, ...kind } = this.array.volumes.require(volume);
      if (kind.kind === 'thick' && kind.use !== 'standardVolume')
        throw new ArrayError(
          'illegalParam',
          `Volume '${label}' is part of a repository: hosts do not use it.`,
          'volume',
        );
      const settings = given(declaredWorkloadDefaults, wanted);
      this.check(settings);
      return this.array.tables.declaredWorkloads.put({
        ...settings,
        ref: `workload-${this.array.takeCounter('declaredWorkload')}`,
        volumeRef,
        startMs: this.array.now(),
      });
    });
  }

  /** Goes on from now on with other numbers. Throws ArrayError as `create` does. */
  update(ref: string, wanted: DeclaredWorkloadChanges): DeclaredWorkloadRecord {
    return this.array.transact(() => {
      const present = this.require(ref);
      const settings = changed(declaredWorkloadDefaults, present, wanted);
      this.check(settings);
      return this.array.tables.declaredWorkloads.put({ ...present, ...settings, startMs: this.array.now() });
    });
  }

  delete(ref: string): void {
    this.array.transact(() => this.array.tables.declaredWorkloads.delete(this.require(ref).ref));
  }

  private check(settings: typeof declaredWorkloadDefaults): void {
    for (const name of Object.keys(workloadBounds) as (keyof typeof workloadBounds)[])
      checkBounds(name, settings[name], workloadBounds[name]);
    if (settings.blockBytes % blockUnit !== 0)
      throw new ArrayError(
        'illegalParam',
        `blockBytes is ${settings.blockBytes}: allowed are multiples of ${blockUnit}.`,
        'blockBytes',
      );
    for (const name of ['readMs', 'writeMs'] as const) {
      const time = settings.latency[name];
      if (time !== null) checkBounds(`latency.${name}`, time, latencyBounds);
    }
    if (settings.endMs !== null && settings.endMs < this.array.now())
      throw new ArrayError('illegalParam', 'The workload would end before it begins.', 'endMs');
  }
}

function checkBounds(name: string, value: number, { minimum, maximum }: { minimum: number; maximum: number }): void {
  if (value >= minimum && value <= maximum) return;
  throw new ArrayError('illegalParam', `${name} is ${value}: allowed is ${minimum} to ${maximum}.`, name);
}
