import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';
import type { ControllerRef } from './hardware.js';

/** Volumes and the repositories of their members. */

/** When changed data leaves the cache, as the web services name it. */
// biome-ignore format: several to a line
export const cacheFlushModifiers = [
  'flushImmediate', 'flush250Msec', 'flush500Msec', 'flush750Msec', 'flush1Sec', 'flush1500Msec', 'flush2Sec',
  'flush5Sec', 'flush10Sec', 'flush20Sec', 'flush60Sec', 'flush120Sec', 'flush300Sec', 'flush1200Sec',
  'flush3600Sec', 'flushInfinite', '__UNDEFINED',
] as const;

/** How a new volume is cached unless told otherwise (source: what idempotent clients expect to find). */
const defaultCache = {
  readCacheEnable: true,
  writeCacheEnable: true,
  mirrorEnable: true,
  cacheWithoutBatteries: false,
  cacheFlushModifier: initially<(typeof cacheFlushModifiers)[number]>('flush10Sec'),
  readAheadMultiplier: 1,
};

export type VolumeCacheSettings = Readonly<typeof defaultCache>;

const defaultSegmentBytes = 128 * 1024;

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What a user may change on a volume, with what it begins with. */
export const volumeSettings = {
  cache: initially<VolumeCacheSettings>(defaultCache),
  mediaScan: initially<{ readonly enable: boolean; readonly parityValidationEnable: boolean }>({
    enable: true,
    parityValidationEnable: false,
  }),
  flashCached: false,
  reconPriority: 1,
  preReadRedundancyCheckEnabled: false,
  hostUnmapEnabled: false,
  cachePoolId: 0,
  tags: initially<readonly Tag[]>([]),
};

/** What a volume begins with, and what one of an older state file gets. */
export const volumeDefaults = {
  ...volumeSettings,
  blockSizeBytes: initially<512 | 4096>(512),
  segmentSizeBytes: defaultSegmentBytes,
  dataAssurance: false,
  status: initially<'optimal' | 'degraded' | 'failed' | 'impaired'>('optimal'),
  offline: false,
};

/** What thick and thin volumes have in common. */
interface VolumeBase extends ArrayRecord, Readonly<typeof volumeDefaults> {
  readonly label: string;
  readonly wwn: string;
  readonly handle: number;
  readonly poolRef: string;
  readonly capacityBytes: number;
  readonly preferredController: ControllerRef;
  readonly currentController: ControllerRef;
  readonly createdMs: number;
}

type VolumeUse = 'standardVolume' | 'repositoryVolume' | 'freeRepositoryVolume';

/** What a thick volume begins with, and what one of an older state file gets. */
export const thickVolumeDefaults = {
  dssPreallocEnabled: false,
  /** How much a running expansion adds; 0 when none runs. */
  increasingByBytes: 0,
};

/** A thick volume, of a user or a member of a repository (`repos_NNNN`). */
export interface ThickVolumeRecord extends VolumeBase, Readonly<typeof thickVolumeDefaults> {
  readonly kind: 'thick';
  readonly use: VolumeUse;
  /** What the volume takes from its pool: its capacity, rounded up to the pool's granularity. */
  readonly allocatedBytes: number;
}

/** What a thin volume begins with, and what one of an older state file gets. */
export const thinVolumeDefaults = {
  cache: initially<VolumeCacheSettings>({ ...defaultCache, readAheadMultiplier: 0 }),
  mediaScan: initially<VolumeBase['mediaScan']>({ enable: false, parityValidationEnable: false }),
  hostUnmapEnabled: true,
  expansionPolicy: initially<'automatic' | 'manual'>('automatic'),
  growthAlertThreshold: 95,
  /** Bytes of the repository that are taken by what no host wrote; 0 for none. */
  ballastBytes: 0,
};

/** A thin volume: virtual capacity over a growing repository. Its `capacityBytes` is the virtual one. */
export interface ThinVolumeRecord extends VolumeBase, Readonly<typeof thinVolumeDefaults> {
  readonly kind: 'thin';
  readonly repositoryRef: string;
  readonly storageVolumeRef: string;
  readonly initialProvisionedBytes: number;
  readonly provisionedBytes: number;
  readonly quotaBytes: number;
}

export type VolumeRecord = ThickVolumeRecord | ThinVolumeRecord;

/** A concat repository volume: the member volumes that together hold what copy-on-write keeps. */
export interface RepositoryRecord extends ArrayRecord {
  readonly handle: number;
  readonly memberRefs: readonly string[];
  readonly capacityBytes: number;
  readonly baseKind: 'snapshotGroup' | 'snapshotVolume' | 'thinVolume' | 'asyncMirrorMember';
  readonly baseRef: string;
}
