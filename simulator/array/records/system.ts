import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';

/** What is true of the array as a whole. */

/** How long-lived work of one kind proceeds. Rates in bytes per second. */
export type Progression =
  | { readonly mode: 'instant' }
  | { readonly mode: 'timed'; readonly bytesPerSecond: number }
  | { readonly mode: 'polls'; readonly polls: number }
  | { readonly mode: 'stuck' }
  | { readonly mode: 'fail-at'; readonly percent: number; readonly bytesPerSecond: number };

export const jobKinds = [
  'initialization',
  'volumeExpansion',
  'poolExpansion',
  'raidMigration',
  'volumeCopy',
  'rollback',
  'reconstruction',
  'copyback',
  'mirrorSync',
  'segmentSizeChange',
  'defragmentation',
  'poolReduction',
  'parityCheck',
  'parityRepair',
  /** A controller or a drive that loads firmware. */
  'firmware',
  'driveErase',
  'dataCollection',
] as const;

export type JobKind = (typeof jobKinds)[number];

export interface Limits {
  readonly volumes: number;
  readonly volumesPerPool: number;
  readonly thinVolumes: number;
  readonly hosts: number;
  readonly hostGroups: number;
  readonly lunsPerHost: number;
  readonly snapshotImagesPerGroup: number;
  readonly snapshotGroupsPerVolume: number;
  readonly snapshotGroups: number;
  readonly snapshotImages: number;
  readonly viewsPerImage: number;
  readonly views: number;
  readonly consistencyGroups: number;
  readonly consistencyGroupMembers: number;
  readonly volumeCopies: number;
  readonly concurrentRollbacks: number;
  readonly repositoryMembers: number;
  readonly drives: number;
  readonly maxVolumeBytes: number;
}

function allInstant(): Record<JobKind, Progression> {
  const instant: Progression = { mode: 'instant' };
  return Object.fromEntries(jobKinds.map((kind) => [kind, instant])) as Record<JobKind, Progression>;
}

/** What a system begins with, and what one of an older state file gets. */
export const systemDefaults = {
  progressions: initially<Readonly<Record<JobKind, Progression>>>(allInstant()),
  settings: {
    autoLoadBalancingEnabled: true,
    hostConnectivityReportingEnabled: true,
    defaultHostTypeIndex: 28,
    mediaScanPeriodDays: 30,
    cacheBlockSize: 32_768,
    demandFlushThreshold: 80,
    demandFlushAmount: 80,
    asupEnabled: true,
    resourceProvisionedVolumesEnabled: false,
    loginBanner: initially<string | null>(null),
    minimumPasswordLength: 0,
    /** How often the counters are collected for analysis. */
    statisticsIntervalSeconds: 60,
  },
  /** What the management station has stored to reach the array; null when it never stored any. */
  storedPassword: initially<string | null>(null),
  passwordStatus: initially<'unknown' | 'invalid' | 'valid' | 'securityLockout'>('valid'),
};

/** What is true of the array as a whole; the table `system` holds exactly this one record, with ref 'system'. */
export interface SystemRecord extends ArrayRecord, Readonly<typeof systemDefaults> {
  readonly preset: string;
  readonly seed: number;
  readonly label: string;
  /** 32 hex digits, as the WWN of the array reads: six significant bytes, zeros, then the time of its making. */
  readonly wwn: string;
  /** The 16 hex digits (NAA 6, vendor, array) that every reference made by this array carries after its prefix. */
  readonly refBase: string;
  readonly model: string;
  readonly chassisSerialNumber: string;
  readonly firmware: {
    readonly bundle: string;
    readonly display: string;
    readonly management: string;
    readonly nvsram: string;
  };
  readonly bootTimeMs: number;
  readonly limits: Limits;
  /** Passwords by user name; an empty string means that none is set. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** The first numbers to hand out, unless a preset says otherwise. */
export const counterDefaults = {
  serial: 1,
  volumeHandle: 0,
  highLevelHandle: 16_385,
  snapshotSequence: 1,
  repository: 1,
  mapping: 1,
  workload: 1,
  event: 1,
  poolSequence: 1,
  job: 1,
  secret: 1,
  declaredWorkload: 1,
  parityScan: 1,
};

/** The next numbers to hand out; the table `counters` holds exactly this one record, with ref 'counters'. */
export interface CountersRecord extends ArrayRecord, Readonly<typeof counterDefaults> {}
