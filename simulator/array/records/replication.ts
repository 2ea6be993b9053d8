import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';

/** Copies and mirrors of volumes. */

/** What a volume copy begins with, and what one of an older state file gets. */
export const volumeCopyDefaults = {
  priority: initially<'priority0' | 'priority1' | 'priority2' | 'priority3' | 'priority4'>('priority2'),
  targetWriteProtected: true,
  status: initially<'pending' | 'inProgress' | 'complete' | 'halted' | 'failed'>('pending'),
  online: false,
  /** The internal snapshot group of an online copy, while it is there. */
  snapshotGroupRef: initially<string | null>(null),
  /** What an online copy says that it copies: a hidden view of a hidden group. They are named for as long as it exists. */
  hidden: initially<{ readonly viewRef: string; readonly groupRef: string } | null>(null),
  startMs: 0,
  completeMs: 0,
};

export interface VolumeCopyRecord extends ArrayRecord, Readonly<typeof volumeCopyDefaults> {
  readonly handle: number;
  readonly sourceRef: string;
  readonly targetRef: string;
}

/** What a user may change on a mirror group, with what it begins with. */
export const asyncMirrorSettings = {
  syncIntervalMinutes: 10,
  syncWarnThresholdMinutes: 10,
  recoveryWarnThresholdMinutes: 20,
  repositoryWarnThreshold: 80,
};

/** What a mirror group begins with, and what one of an older state file gets. */
export const asyncMirrorGroupDefaults = {
  ...asyncMirrorSettings,
  connection: initially<'iscsi' | 'fibre'>('iscsi'),
  suspended: false,
};

/** A group of volumes that are mirrored together to another array. Its counterpart there has the same WWN. */
export interface AsyncMirrorGroupRecord extends ArrayRecord, Readonly<typeof asyncMirrorGroupDefaults> {
  readonly label: string;
  readonly wwn: string;
  readonly role: 'primary' | 'secondary';
  /** The other array. */
  readonly peerWwn: string;
  readonly peerLabel: string;
  /** When the primary last began to synchronise. */
  readonly lastSyncMs: number;
}

/** What an async mirror member begins with, and what one of an older state file gets. */
export const asyncMirrorMemberDefaults = {
  state: initially<'initialSync' | 'optimal' | 'failed'>('initialSync'),
  /** 0 before the first synchronisation. */
  lastRecoveryPointMs: 0,
};

/** One mirrored volume of a group. Its counterpart on the other array has the same WWN. */
export interface AsyncMirrorMemberRecord extends ArrayRecord, Readonly<typeof asyncMirrorMemberDefaults> {
  readonly groupRef: string;
  readonly wwn: string;
  readonly handle: number;
  readonly localVolumeRef: string;
  readonly repositoryRef: string;
  readonly remoteVolumeWwn: string;
  readonly remoteVolumeLabel: string;
}
