import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';
import type { ControllerRef } from './hardware.js';

/** Snapshots of volumes and of consistency groups. */

export type FullPolicy = 'failbasewrites' | 'purgepit';

export type RollbackPriority = 'highest' | 'high' | 'medium' | 'low' | 'lowest';

/** What a snapshot group begins with, and what one of an older state file gets. */
export const snapshotGroupDefaults = {
  fullPolicy: initially<FullPolicy>('purgepit'),
  warnThreshold: 75,
  autoDeleteLimit: 0,
  rollbackPriority: initially<RollbackPriority>('medium'),
  consistencyGroupRef: initially<string | null>(null),
  status: initially<'optimal' | 'full' | 'failed' | 'overThreshold'>('optimal'),
  /** What copy-on-write has kept over all images, in bytes; the sum of the images' own. */
  usedBytes: 0,
};

export interface SnapshotGroupRecord extends ArrayRecord, Readonly<typeof snapshotGroupDefaults> {
  readonly label: string;
  readonly handle: number;
  readonly baseRef: string;
  readonly repositoryRef: string;
}

/** What a snapshot image begins with, and what one of an older state file gets. */
export const snapshotImageDefaults = {
  consistencyGroupRef: initially<string | null>(null),
  creationMethod: initially<'user' | 'schedule'>('user'),
  status: initially<'optimal' | 'failed' | 'purged'>('optimal'),
  usedBytes: 0,
};

export interface SnapshotImageRecord extends ArrayRecord, Readonly<typeof snapshotImageDefaults> {
  readonly groupRef: string;
  readonly baseRef: string;
  readonly sequence: number;
  readonly createdMs: number;
  readonly capacityBytes: number;
  /** The epoch of the base volume's content that this image froze. */
  readonly epoch: number;
}

/** What a snapshot volume begins with, and what one of an older state file gets. */
export const snapshotVolumeDefaults = {
  consistencyGroupViewRef: initially<string | null>(null),
  consistencyGroupRef: initially<string | null>(null),
  accessMode: initially<'readOnly' | 'readWrite'>('readOnly'),
  repositoryRef: initially<string | null>(null),
  warnThreshold: 75,
  status: initially<'optimal' | 'stopped' | 'failed' | 'overThreshold' | 'full'>('optimal'),
  usedBytes: 0,
};

/** A snapshot volume (view) of an image. `imageRef` is null once the image is gone: the view is stopped. */
export interface SnapshotVolumeRecord extends ArrayRecord, Readonly<typeof snapshotVolumeDefaults> {
  readonly label: string;
  readonly wwn: string;
  readonly handle: number;
  readonly imageRef: string | null;
  readonly baseRef: string;
  readonly capacityBytes: number;
  readonly viewTimeMs: number;
  readonly sequence: number;
  readonly preferredController: ControllerRef;
  readonly currentController: ControllerRef;
}

/** What a consistency group begins with, and what one of an older state file gets. */
export const consistencyGroupDefaults = {
  fullPolicy: initially<FullPolicy>('purgepit'),
  warnThreshold: 75,
  autoDeleteLimit: 32,
  rollbackPriority: initially<RollbackPriority>('medium'),
};

export interface ConsistencyGroupRecord extends ArrayRecord, Readonly<typeof consistencyGroupDefaults> {
  readonly label: string;
}

/** A member of a consistency group is a snapshot group with `consistencyGroupRef`. This is a view over several. */
export interface ConsistencyGroupViewRecord extends ArrayRecord {
  readonly label: string;
  readonly consistencyGroupRef: string;
  readonly viewTimeMs: number;
  readonly sequence: number;
}
