import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';

/** Disk pools and volume groups. */

export type RaidLevel = 'raid0' | 'raid1' | 'raid5' | 'raid6' | 'raidDiskPool';

type ReconstructPriority = 'lowest' | 'low' | 'medium' | 'high' | 'highest';

export interface DiskPoolSettings {
  readonly reservedDriveCount: number;
  readonly warningThreshold: number;
  readonly criticalThreshold: number;
  readonly degradedReconstructPriority: ReconstructPriority;
  readonly criticalReconstructPriority: ReconstructPriority;
  readonly backgroundOperationPriority: ReconstructPriority;
}

/** What a pool begins with, and what one of an older state file gets. */
export const poolDefaults = {
  securityEnabled: false,
  usage: initially<'standard' | 'flashcache'>('standard'),
  /** Volumes of the pool are created at alternating controllers; this counts them. */
  nextController: initially<'A' | 'B'>('A'),
  trayLossProtection: false,
  drawerLossProtection: false,
  /** Percent of the capacity of SSDs that stays unused, for their speed and life. */
  ssdOptimizationPercent: 0,
  /** Drives of the pool whose data is not there: failed and not reconstructed elsewhere. */
  missingDriveRefs: initially<readonly string[]>([]),
};

/** What an SSD cache begins with, and what one of an older state file gets. */
export const ssdCacheDefaults = {
  configType: initially<'unknown' | 'filesystem' | 'database' | 'multimedia' | '__UNDEFINED'>('filesystem'),
  isSuspended: false,
};

/** An SSD cache. Its drives are those whose `assignment` is flashCache: an array has one cache at most. */
export interface SsdCacheRecord extends ArrayRecord, Readonly<typeof ssdCacheDefaults> {
  readonly label: string;
  readonly wwn: string;
}

/** A disk pool (DDP) or a volume group. Its drives are those whose `poolRef` names it. */
export interface PoolRecord extends ArrayRecord, Readonly<typeof poolDefaults> {
  readonly label: string;
  readonly wwn: string;
  readonly sequence: number;
  readonly raidLevel: RaidLevel;
  readonly diskPool: DiskPoolSettings | null;
  /** Capacity after RAID and reserve: used + free, always. */
  readonly totalBytes: number;
  readonly usedBytes: number;
}
