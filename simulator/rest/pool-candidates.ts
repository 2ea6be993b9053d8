import { defaultReservedDrives, driveCounts, poolBytes, usableBytes } from '../array/pool-capacity.js';
import type { DriveRecord, RaidLevel } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, integer, list, object, oneOf, optional, text } from './schemas/types.js';
import { isGroupLevel, raidLevelOf } from './storage-pools.js';

const DriveTypeName = oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k');
const DriveMediaName = oneOf('hdd', 'ssd');
const RaidName = oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool');

const CandidateRequest = object({
  driveIds: optional(list(text())),
  raidLevels: optional(list(RaidName)),
  physicalDriveTypes: optional(list(DriveTypeName)),
  driveMediaTypes: optional(list(DriveMediaName)),
  reconstructionDriveCount: optional(integer()),
  onlyRecommended: optional(boolean()),
});

const StoragePoolCandidate = object({
  raidLevel: oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool', 'unknown'),
  driveCount: integer(),
  driveIds: list(text()),
  usableSize: Int64,
  physicalDriveType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  driveMediaType: oneOf('hdd', 'ssd', 'unknown'),
  securityLevel: oneOf('none', 'fde', 'fips', 'mixed', 'unknown'),
  securityType: oneOf('capable', 'enabled', 'none', 'unknown'),
  driveBlockFormat: oneOf('allNative', 'allEmulated', 'mixed', 'unknown'),
  trayLossProtection: boolean(),
  drawerLossProtection: boolean(),
  protectionInformationCapable: boolean(),
  dulbeCapable: boolean(),
  blockSizeRecommended: integer(),
  blockSizesSupported: list(integer()),
  drivePathImbalance: boolean(),
  reconstructionDriveCount: integer(),
});

const ExpansionCandidate = object({
  drives: list(text()),
  trayLossProtection: boolean(),
  wastedCapacity: Int64,
  spindleSpeedMatch: boolean(),
  drawerLossProtection: boolean(),
  usableCapacity: Int64,
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
});

/** The free drives that a request leaves in the choice, by kind: a pool has drives of one kind only. */
export function kindsOf(drives: readonly DriveRecord[]): DriveRecord[][] {
  const kinds = new Map<string, DriveRecord[]>();
  for (const drive of drives) {
    const kind = `${drive.media} ${drive.physicalType} ${drive.usableBytes}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), drive]);
  }
  return [...kinds.values()];
}

/** Each number of free drives that a pool could be expanded with. */
export function expansionCandidates(array: StorageArray, id: string): Shown<typeof ExpansionCandidate>[] {
  const pool = array.pools.require(id);
  const present = array.drives.inPool(pool.ref);
  const each = Math.min(...present.map(({ usableBytes }) => usableBytes));
  const fitting = array.drives
    .available()
    .filter((drive) => drive.media === present[0]?.media && drive.physicalType === present[0]?.physicalType);
  const step = pool.raidLevel === 'raid1' ? 2 : 1;
  const most = Math.min(
    fitting.length,
    isGroupLevel(pool.raidLevel) ? 2 : 60,
    driveCounts[pool.raidLevel].max - present.length,
  );
  const candidates: Shown<typeof ExpansionCandidate>[] = [];
  for (let count = step; count <= most; count += step) {
    const drives = fitting.slice(0, count);
    candidates.push({
      drives: drives.map((drive) => drive.ref),
      trayLossProtection: inTraysOfTheirOwn([...present, ...drives]),
      wastedCapacity: String(drives.reduce((sum, drive) => sum + Math.max(0, drive.usableBytes - each), 0)),
      spindleSpeedMatch: drives.every((drive) => drive.spindleSpeedRpm === present[0]?.spindleSpeedRpm),
      drawerLossProtection: false,
      usableCapacity: String(poolBytes(pool, [...present, ...drives]) - pool.totalBytes),
      driveBlockFormat: 'allNative',
    });
  }
  return candidates;
}

function inTraysOfTheirOwn(drives: readonly DriveRecord[]): boolean {
  return new Set(drives.map(({ trayRef }) => trayRef)).size === drives.length;
}

/** What a pool of those drives would be. */
function candidateView(
  raidLevel: RaidLevel,
  drives: readonly DriveRecord[],
  reserved: number,
): Shown<typeof StoragePoolCandidate> {
  const [first] = drives;
  const all = (has: (drive: DriveRecord) => boolean) => drives.every(has);
  return {
    raidLevel,
    driveCount: drives.length,
    driveIds: drives.map(({ ref }) => ref),
    usableSize: String(usableBytes(raidLevel, drives, reserved)),
    physicalDriveType: first === undefined || first.physicalType === 'sata' ? 'unknown' : first.physicalType,
    driveMediaType: first?.media ?? 'unknown',
    securityLevel: all((drive) => drive.fipsCapable) ? 'fips' : all((drive) => drive.fdeCapable) ? 'fde' : 'none',
    securityType: all((drive) => drive.fdeCapable) ? 'capable' : 'none',
    driveBlockFormat: 'allNative',
    trayLossProtection: inTraysOfTheirOwn(drives),
    drawerLossProtection: false,
    protectionInformationCapable: all((drive) => drive.protectionInformationCapable),
    dulbeCapable: false,
    blockSizeRecommended: first?.blockSizeBytes ?? 512,
    blockSizesSupported: [...new Set(drives.map(({ blockSizeBytes }) => blockSizeBytes))],
    drivePathImbalance: false,
    reconstructionDriveCount: reserved,
  };
}

/** What pools could be made of free drives: by RAID level and kind of drive, each number of drives that is possible. */
export function poolCandidateRoutes(routes: Routes): void {
  routes.onArray('getStoragePoolExpansionCandidates', { response: list(ExpansionCandidate) }, ({ array, id }) =>
    expansionCandidates(array, id),
  );
  routes.onArray(
    'getStoragePoolCandidates',
    { body: CandidateRequest, response: list(StoragePoolCandidate) },
    ({ array, body }) => {
      const named = body.driveIds?.map((id) => array.drives.require(id).ref);
      const drives = array.drives
        .available()
        .filter(({ ref }) => named === undefined || named.includes(ref))
        .filter(({ media }) => body.driveMediaTypes?.includes(media) ?? true)
        .filter(({ physicalType }) => body.physicalDriveTypes?.some((type) => type === physicalType) ?? true);
      const levels =
        body.raidLevels?.map(raidLevelOf) ?? (['raid0', 'raid1', 'raid5', 'raid6', 'raidDiskPool'] as const);
      return levels.flatMap((level) =>
        kindsOf(drives).flatMap((kind) => {
          const { min, max } = driveCounts[level];
          const step = level === 'raid1' ? 2 : 1;
          const views: Shown<typeof StoragePoolCandidate>[] = [];
          for (let count = min; count <= Math.min(max, kind.length); count += step) {
            const reserved = isGroupLevel(level) ? 0 : (body.reconstructionDriveCount ?? defaultReservedDrives(count));
            views.push(candidateView(level, kind.slice(0, count), reserved));
          }
          return body.onlyRecommended ? views.slice(-1) : views;
        }),
      );
    },
  );
}
