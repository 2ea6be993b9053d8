import { ArrayError } from '../array/errors.js';
import type { cacheFlushModifiers, DriveRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { SystemConfig } from './schemas/system-config.js';
import type { Static } from './schemas/types.js';

/** The configuration of a whole array as plain data: what it has, and making another array have it. */

type Configuration = Static<typeof SystemConfig>;
type Location = NonNullable<Configuration['hotSpareDrives']>[number];

export const configurationElements = ['all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings'] as const;
export type ConfigurationElement = (typeof configurationElements)[number];

/** One thing that was done, or could not be: `error` says why. */
export interface ConfigurationStep {
  readonly type:
    | 'createVolumeGroup'
    | 'createPool'
    | 'createVolume'
    | 'assignHotSpare'
    | 'configureSystemMediaScanSettings';
  readonly objectName: string;
  readonly error: ArrayError | undefined;
}

type FlushModifier = NonNullable<Configuration['volumes']>[number]['cacheSettings']['cacheFlushModifier'];

/** When changed data leaves the cache, as configurations name it. */
const flushModifiers: Readonly<Record<(typeof cacheFlushModifiers)[number], FlushModifier>> = {
  flushImmediate: 'immediate',
  flush250Msec: 'twoHundredFiftyMillis',
  flush500Msec: 'fiveHundredMillis',
  flush750Msec: 'sevenHundredFiftyMillis',
  flush1Sec: 'oneSecond',
  flush1500Msec: 'fifteenHundredMillis',
  flush2Sec: 'twoSeconds',
  flush5Sec: 'fiveSeconds',
  flush10Sec: 'tenSeconds',
  flush20Sec: 'twentySeconds',
  flush60Sec: 'sixtySeconds',
  flush120Sec: 'oneHundredTwentySeconds',
  flush300Sec: 'threeHundredSeconds',
  flush1200Sec: 'twelveHundredSeconds',
  flush3600Sec: 'thirtySixHundredSeconds',
  flushInfinite: 'infinite',
  __UNDEFINED: 'infinite',
};

function locationOf(array: StorageArray, { trayRef, slot }: DriveRecord): Location {
  return { tray: array.tables.trays.get(trayRef)?.trayId ?? 0, slot };
}

/** What an array is made of. */
export function configurationOf(array: StorageArray): Configuration {
  const pools = array.tables.pools.toJSON();
  const common = (pool: (typeof pools)[number]) => ({
    drives: array.drives.inPool(pool.ref).map((drive) => locationOf(array, drive)),
    label: pool.label,
    securityType: pool.securityEnabled ? ('enabled' as const) : ('none' as const),
    reservedSpaceAllocated: false,
  });
  const { settings } = array.system;
  const [first] = array.controllers.list();
  return {
    volumeGroups: pools.flatMap((pool) =>
      pool.raidLevel === 'raidDiskPool' ? [] : [{ ...common(pool), raidLevel: pool.raidLevel }],
    ),
    pools: pools
      .filter(({ raidLevel }) => raidLevel === 'raidDiskPool')
      .map((pool) => ({
        ...common(pool),
        utilizationWarningThreshold: pool.diskPool?.warningThreshold ?? 0,
        utilizationCriticalThreshold: pool.diskPool?.criticalThreshold ?? 0,
        backgroundOperationPriority: pool.diskPool?.backgroundOperationPriority ?? 'defaultPriority',
        criticalReconstructionPriority: pool.diskPool?.criticalReconstructPriority ?? 'defaultPriority',
        degradedReconstructionPriority: pool.diskPool?.degradedReconstructPriority ?? 'defaultPriority',
        reservedDriveCount: pool.diskPool?.reservedDriveCount ?? 0,
      })),
    volumes: array.tables.volumes.toJSON().flatMap((volume) =>
      volume.kind === 'thick' && volume.use === 'standardVolume'
        ? [
            {
              label: volume.label,
              volumeGroupLabel: array.pools.require(volume.poolRef).label,
              capacity: String(volume.capacityBytes),
              segmentSize: volume.segmentSizeBytes,
              owningController: volume.preferredController === first?.ref ? ('a' as const) : ('b' as const),
              t10ProtectionType: volume.dataAssurance ? ('type1' as const) : ('none' as const),
              dssPreallocateEnabled: volume.dssPreallocEnabled,
              cacheSettings: {
                cacheFlushModifier: flushModifiers[volume.cache.cacheFlushModifier],
                cachingWithoutBatteriesEnabled: volume.cache.cacheWithoutBatteries,
                mirrorEnabled: volume.cache.mirrorEnable,
                readAheadEnabled: volume.cache.readAheadMultiplier > 0,
                readCacheEnabled: volume.cache.readCacheEnable,
                writeCacheEnabled: volume.cache.writeCacheEnable,
              },
              preReadRedundancyCheckEnabled: volume.preReadRedundancyCheckEnabled,
              mediaScanSettings: {
                enabled: volume.mediaScan.enable,
                parityValidationEnabled: volume.mediaScan.parityValidationEnable,
              },
              reconstructionPriority: volume.reconPriority,
              blockSize: volume.blockSizeBytes,
            },
          ]
        : [],
    ),
    hotSpareDrives: array.tables.drives
      .toJSON()
      .filter(({ assignment }) => assignment === 'hotSpare')
      .map((drive) => locationOf(array, drive)),
    systemSettings: {
      cacheSettings: {
        blockSize: settings.cacheBlockSize,
        flushStart: settings.demandFlushThreshold,
        flushStop: settings.demandFlushAmount,
        mirroringProtectionInformationEnabled: false,
      },
      mediaScanPeriod: settings.mediaScanPeriodDays,
      autoLoadBalancingEnabled: settings.autoLoadBalancingEnabled,
    },
  };
}

function driveAt(array: StorageArray, location: Location): string {
  const found = array.tables.drives.toJSON().find((drive) => {
    const at = locationOf(array, drive);
    return at.tray === location.tray && at.slot === location.slot;
  });
  if (found === undefined)
    throw new ArrayError('driveNotExist', `There is no drive in tray ${location.tray}, slot ${location.slot}.`);
  return found.ref;
}

/** Makes an array have what a configuration names. What cannot be done is told of, and the rest goes on. */
export function configure(
  array: StorageArray,
  wanted: Configuration,
  elements: readonly ConfigurationElement[],
): ConfigurationStep[] {
  const steps: ConfigurationStep[] = [];
  const is = (element: ConfigurationElement) => elements.includes('all') || elements.includes(element);
  const attempt = (type: ConfigurationStep['type'], objectName: string, operation: () => void) => {
    let error: ArrayError | undefined;
    try {
      array.transact(operation);
    } catch (caught) {
      if (!(caught instanceof ArrayError)) throw caught;
      error = caught;
    }
    steps.push({ type, objectName, error });
  };
  const drivesAt = (locations: readonly Location[]) => locations.map((location) => driveAt(array, location));
  if (is('volumeGroups'))
    for (const { label, drives, raidLevel, securityType } of wanted.volumeGroups ?? [])
      attempt('createVolumeGroup', label, () => {
        if (raidLevel === 'raid3') throw new ArrayError('illegalParam', 'There are no volume groups of RAID 3.');
        const securityEnabled = securityType === 'enabled';
        array.pools.createVolumeGroup({ label, raidLevel, driveRefs: drivesAt(drives), securityEnabled });
      });
  if (is('pools'))
    for (const { label, drives, securityType, reservedDriveCount } of wanted.pools ?? [])
      attempt('createPool', label, () => {
        const securityEnabled = securityType === 'enabled';
        array.pools.createDiskPool({ label, driveRefs: drivesAt(drives), securityEnabled, reservedDriveCount });
      });
  if (is('volumes'))
    for (const volume of wanted.volumes ?? []) attempt('createVolume', volume.label, () => createVolume(array, volume));
  if (is('hotSpares'))
    for (const location of wanted.hotSpareDrives ?? [])
      attempt('assignHotSpare', `${location.tray}/${location.slot}`, () => {
        array.drives.setHotSpare(driveAt(array, location), true);
      });
  const { systemSettings } = wanted;
  if (is('arraySettings') && systemSettings !== undefined)
    attempt('configureSystemMediaScanSettings', array.system.label, () => {
      const { mediaScanPeriod, autoLoadBalancingEnabled } = systemSettings;
      const { settings } = array.system;
      if (mediaScanPeriod !== undefined && (mediaScanPeriod < 0 || mediaScanPeriod > 30))
        throw new ArrayError('illegalParam', `The mediaScanPeriod is ${mediaScanPeriod}: allowed are 0 to 30 days.`);
      array.patchSystem({
        settings: {
          ...settings,
          mediaScanPeriodDays: mediaScanPeriod ?? settings.mediaScanPeriodDays,
          autoLoadBalancingEnabled: autoLoadBalancingEnabled ?? settings.autoLoadBalancingEnabled,
        },
      });
    });
  return steps;
}

function createVolume(array: StorageArray, wanted: NonNullable<Configuration['volumes']>[number]): void {
  const controllers = array.controllers.list();
  array.volumes.create({
    label: wanted.label,
    poolRef: array.pools.require(wanted.volumeGroupLabel).ref,
    capacityBytes: Number(wanted.capacity),
    segmentSizeBytes: wanted.segmentSize,
    ...(wanted.blockSize === undefined ? {} : { blockSizeBytes: wanted.blockSize }),
    ...(controllers.length > 1 && { controller: controllers[wanted.owningController === 'a' ? 0 : 1]?.ref ?? '' }),
    dataAssurance: wanted.t10ProtectionType !== 'none',
    reconPriority: wanted.reconstructionPriority,
    preReadRedundancyCheckEnabled: wanted.preReadRedundancyCheckEnabled,
  });
}
