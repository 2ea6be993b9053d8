import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';
import type { JobKind, Progression } from './system.js';
import type { Tag } from './volumes.js';

/** Events, jobs, and what clients keep on the array. */

export interface WorkloadRecord extends ArrayRecord {
  readonly name: string;
  readonly attributes: readonly Tag[];
}

/** What a declared workload begins with, and what one of an older state file gets. */
export const declaredWorkloadDefaults = {
  /** Of the operations, how many read. */
  readPercent: 70,
  /** Operations per second. */
  iops: 100,
  blockBytes: 8192,
  /** Of the operations, how many go on elsewhere than the last one ended. */
  randomPercent: 100,
  /** Of the reads, how many the cache holds. */
  cacheHitPercent: 0,
  /** How long operations take: milliseconds on average, null for what the media take, and how they spread. */
  latency: {
    model: initially<'constant' | 'uniform' | 'exponential'>('constant'),
    readMs: initially<number | null>(null),
    writeMs: initially<number | null>(null),
  },
  /** By how much the rate goes up or down from second to second, at most; it levels out every two seconds. */
  variationPercent: 0,
  seed: 0,
  /** When it ends; null for never. */
  endMs: initially<number | null>(null),
};

/** Reads and writes that no initiator sends: they only show in the statistics, as if it did. */
export interface DeclaredWorkloadRecord extends ArrayRecord, Readonly<typeof declaredWorkloadDefaults> {
  readonly volumeRef: string;
  readonly startMs: number;
}

/** A scan that holds a volume's data against its redundancy, or a repair of a range; kept when it has ended. */
export interface ParityScanRecord extends ArrayRecord {
  readonly kind: 'check' | 'repair';
  readonly volumeRef: string;
  readonly startLba: number;
  /** The last block of the range. */
  readonly endLba: number;
  readonly priority: 'priority0' | 'priority1' | 'priority2' | 'priority3' | 'priority4' | '__UNDEFINED';
  readonly repairsParity: boolean;
  readonly repairsMedia: boolean;
  readonly startMs: number;
  readonly endMs: number | null;
  /** How it ended; null while it goes on. */
  readonly outcome: 'completed' | 'cancelled' | 'failed' | null;
}

/** A key with a text value: persistent records, key-values and counters, told apart by the store. */
export interface KeyValueRecord extends ArrayRecord {
  readonly store: 'persistentRecord' | 'keyValue' | 'counter';
  readonly key: string;
  readonly value: string;
}

/**
 * Plain data that the management software keeps: settings (one for each kind), or one of several records of a kind.
 * The array itself acts on none of it.
 */
export interface DocumentRecord extends ArrayRecord {
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

/** What an event begins with, and what one of an older state file gets. */
export const eventDefaults = {
  eventType: 0x7000,
  category: initially<'error' | 'failure' | 'command' | 'notification' | 'stateChange' | 'hostEntry' | 'general'>(
    'command',
  ),
  componentType: initially<
    | 'battery'
    | 'channel'
    | 'controller'
    | 'drive'
    | 'fan'
    | 'powerSply'
    | 'tempSensor'
    | 'unknown'
    | 'volume'
    | 'volumeGrp'
  >('unknown'),
  priority: initially<'priorityInfo' | 'priorityCritical' | 'priorityWarning'>('priorityInfo'),
  location: '',
  objectRef: initially<string | null>(null),
};

export interface EventRecord extends ArrayRecord, Readonly<typeof eventDefaults> {
  readonly sequence: number;
  readonly timeMs: number;
  readonly description: string;
}

/** What a job begins with, and what one of an older state file gets. */
export const jobDefaults = {
  polls: 0,
  /** Progress is frozen at this percentage when the work is halted. */
  pausedAtPercent: initially<number | null>(null),
  /** What completing needs to know, plain data by kind. */
  detail: initially<Readonly<Record<string, string | number | boolean | null>>>({}),
};

/** Long-lived work. While a job exists, its object shows as busy; when it ends, the job is gone. */
export interface JobRecord extends ArrayRecord, Readonly<typeof jobDefaults> {
  readonly kind: JobKind;
  /** The volume, copy pair, snapshot group, pool or drive that the work is on. */
  readonly objectRef: string;
  readonly startMs: number;
  readonly totalBytes: number;
  readonly progression: Progression;
}
