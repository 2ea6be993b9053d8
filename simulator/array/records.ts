import type { ArrayRecord } from './table.js';

/**
 * The array's state as plain data: one interface per kind of object. All byte counts are safe integers, all times
 * milliseconds since the epoch of the array's clock, all references upper-case hex. What can be derived (mapped,
 * capacity left, action) is not stored but derived where it is shown.
 */

export type RaidLevel = 'raid0' | 'raid1' | 'raid5' | 'raid6' | 'raidDiskPool';
export type DriveMedia = 'hdd' | 'ssd';
export type PhysicalDriveType = 'sas' | 'sas4k' | 'nvme4k' | 'sata';
type ControllerRef = string;

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

/** What is true of the array as a whole; the table `system` holds exactly this one record, with ref 'system'. */
export interface SystemRecord extends ArrayRecord {
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
  readonly progressions: Readonly<Record<JobKind, Progression>>;
  readonly settings: {
    readonly autoLoadBalancingEnabled: boolean;
    readonly hostConnectivityReportingEnabled: boolean;
    readonly defaultHostTypeIndex: number;
    readonly mediaScanPeriodDays: number;
    readonly cacheBlockSize: number;
    readonly demandFlushThreshold: number;
    readonly demandFlushAmount: number;
    readonly asupEnabled: boolean;
    readonly loginBanner: string | null;
    readonly minimumPasswordLength: number;
  };
  /** Passwords by user name; an empty string means that none is set. */
  readonly passwords: Readonly<Record<string, string>>;
  /** What the management station has stored to reach the array; null when it never stored any. */
  readonly storedPassword: string | null;
  readonly passwordStatus: 'unknown' | 'invalid' | 'valid' | 'securityLockout';
}

/** The next numbers to hand out; the table `counters` holds exactly this one record, with ref 'counters'. */
export interface CountersRecord extends ArrayRecord {
  readonly serial: number;
  readonly volumeHandle: number;
  readonly highLevelHandle: number;
  readonly snapshotSequence: number;
  readonly repository: number;
  readonly mapping: number;
  readonly workload: number;
  readonly event: number;
  readonly poolSequence: number;
  readonly job: number;
  readonly secret: number;
}

export type TrayType = 'de212c' | 'de224c' | 'de460c';

export interface TrayRecord extends ArrayRecord {
  readonly trayId: number;
  readonly type: TrayType;
  readonly slots: number;
  readonly rows: number;
  readonly columns: number;
  readonly serialNumber: string;
  readonly partNumber: string;
}

/** A drive; `assignment` tells what it is used for. */
export interface DriveRecord extends ArrayRecord {
  readonly wwn: string;
  readonly trayRef: string;
  readonly slot: number;
  readonly media: DriveMedia;
  readonly physicalType: PhysicalDriveType;
  readonly spindleSpeedRpm: number;
  readonly rawBytes: number;
  readonly usableBytes: number;
  readonly blockSizeBytes: number;
  readonly physicalBlockSizeBytes: number;
  readonly manufacturer: string;
  readonly productId: string;
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  readonly interfaceSpeed: 'speed6gig' | 'speed12gig' | 'speed32gig';
  readonly fdeCapable: boolean;
  readonly fdeEnabled: boolean;
  readonly fipsCapable: boolean;
  readonly protectionInformationCapable: boolean;
  readonly status: 'optimal' | 'failed' | 'replaced' | 'removed' | 'bypassed';
  readonly assignment: 'unassigned' | 'pool' | 'hotSpare' | 'flashCache';
  readonly poolRef: string | null;
  /** The failed drive that this hot spare stands in for. */
  readonly sparedForRef: string | null;
}

const componentKinds = ['powerSupply', 'fan', 'battery', 'temperatureSensor'] as const;
export type ComponentKind = (typeof componentKinds)[number];

/** A part of the first tray that is not well: there is a record only as long as that is so. */
export interface ComponentRecord extends ArrayRecord {
  readonly kind: ComponentKind;
  /** 1 or 2; a battery has the slot of its controller. */
  readonly slot: 1 | 2;
  readonly status: 'failed' | 'removed' | 'expired' | 'nominalTempExceed' | 'maxTempExceed';
}

export interface ControllerRecord extends ArrayRecord {
  readonly slot: 1 | 2;
  readonly label: 'A' | 'B';
  readonly status: 'optimal' | 'failed' | 'removed' | 'serviceMode';
  readonly serialNumber: string;
  readonly partNumber: string;
  readonly modelName: string;
  readonly boardId: string;
  readonly cacheMemoryMib: number;
  readonly processorMemoryMib: number;
  readonly bootTimeMs: number;
  readonly managementAddress: string;
  readonly managementMac: string;
  readonly managementAlias: string;
  readonly dnsServers: readonly string[];
  readonly ntpServers: readonly string[];
}

/** One iSCSI host port of a controller. */
export interface IscsiPortRecord extends ArrayRecord {
  readonly controllerRef: ControllerRef;
  readonly channel: number;
  readonly macAddress: string;
  readonly ipv4Enabled: boolean;
  readonly ipv4Address: string;
  readonly ipv4SubnetMask: string;
  readonly ipv4GatewayAddress: string;
  readonly ipv4ConfigMethod: 'configStatic' | 'configDhcp';
  readonly ipv6Enabled: boolean;
  /** 32 hex digits. */
  readonly ipv6LocalAddress: string;
  readonly ipv6RoutableAddress: string | null;
  readonly tcpListenPort: number;
  readonly maximumFramePayloadBytes: number;
  readonly linkStatus: 'up' | 'down';
  readonly speed: 'speed1gig' | 'speed10gig' | 'speed25gig';
}

type ReconstructPriority = 'lowest' | 'low' | 'medium' | 'high' | 'highest';

export interface DiskPoolSettings {
  readonly reservedDriveCount: number;
  readonly warningThreshold: number;
  readonly criticalThreshold: number;
  readonly degradedReconstructPriority: ReconstructPriority;
  readonly criticalReconstructPriority: ReconstructPriority;
  readonly backgroundOperationPriority: ReconstructPriority;
}

/** A disk pool (DDP) or a volume group. Its drives are those whose `poolRef` names it. */
export interface PoolRecord extends ArrayRecord {
  readonly label: string;
  readonly wwn: string;
  readonly sequence: number;
  readonly raidLevel: RaidLevel;
  readonly diskPool: DiskPoolSettings | null;
  /** Capacity after RAID and reserve: used + free, always. */
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly securityEnabled: boolean;
  readonly usage: 'standard' | 'flashcache';
  /** Volumes of the pool are created at alternating controllers; this counts them. */
  readonly nextController: 'A' | 'B';
  readonly trayLossProtection: boolean;
  readonly drawerLossProtection: boolean;
  /** Drives of the pool whose data is not there: failed and not reconstructed elsewhere. */
  readonly missingDriveRefs: readonly string[];
}

/** When changed data leaves the cache, as the web services name it. */
// biome-ignore format: several to a line
export const cacheFlushModifiers = [
  'flushImmediate', 'flush250Msec', 'flush500Msec', 'flush750Msec', 'flush1Sec', 'flush1500Msec', 'flush2Sec',
  'flush5Sec', 'flush10Sec', 'flush20Sec', 'flush60Sec', 'flush120Sec', 'flush300Sec', 'flush1200Sec',
  'flush3600Sec', 'flushInfinite', '__UNDEFINED',
] as const;

export interface VolumeCacheSettings {
  readonly readCacheEnable: boolean;
  readonly writeCacheEnable: boolean;
  readonly mirrorEnable: boolean;
  readonly cacheWithoutBatteries: boolean;
  readonly cacheFlushModifier: (typeof cacheFlushModifiers)[number];
  readonly readAheadMultiplier: number;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What thick and thin volumes have in common. */
interface VolumeBase extends ArrayRecord {
  readonly label: string;
  readonly wwn: string;
  readonly handle: number;
  readonly poolRef: string;
  readonly capacityBytes: number;
  readonly blockSizeBytes: 512 | 4096;
  readonly segmentSizeBytes: number;
  readonly preferredController: ControllerRef;
  readonly currentController: ControllerRef;
  readonly cache: VolumeCacheSettings;
  readonly mediaScan: { readonly enable: boolean; readonly parityValidationEnable: boolean };
  readonly flashCached: boolean;
  readonly dataAssurance: boolean;
  readonly reconPriority: number;
  readonly preReadRedundancyCheckEnabled: boolean;
  readonly hostUnmapEnabled: boolean;
  readonly cachePoolId: number;
  readonly tags: readonly Tag[];
  readonly status: 'optimal' | 'degraded' | 'failed' | 'impaired';
  readonly offline: boolean;
  readonly createdMs: number;
}

type VolumeUse = 'standardVolume' | 'repositoryVolume' | 'freeRepositoryVolume';

/** A thick volume, of a user or a member of a repository (`repos_NNNN`). */
export interface ThickVolumeRecord extends VolumeBase {
  readonly kind: 'thick';
  readonly use: VolumeUse;
  /** What the volume takes from its pool: its capacity, rounded up to the pool's granularity. */
  readonly allocatedBytes: number;
  readonly dssPreallocEnabled: boolean;
  /** How much a running expansion adds; 0 when none runs. */
  readonly increasingByBytes: number;
}

/** A thin volume: virtual capacity over a growing repository. Its `capacityBytes` is the virtual one. */
export interface ThinVolumeRecord extends VolumeBase {
  readonly kind: 'thin';
  readonly repositoryRef: string;
  readonly storageVolumeRef: string;
  readonly initialProvisionedBytes: number;
  readonly provisionedBytes: number;
  readonly quotaBytes: number;
  readonly expansionPolicy: 'automatic' | 'manual';
  readonly growthAlertThreshold: number;
  /** Bytes of the repository that are taken by what no host wrote; absent for none. */
  readonly ballastBytes?: number;
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

export type FullPolicy = 'failbasewrites' | 'purgepit';
export type RollbackPriority = 'highest' | 'high' | 'medium' | 'low' | 'lowest';

export interface SnapshotGroupRecord extends ArrayRecord {
  readonly label: string;
  readonly handle: number;
  readonly baseRef: string;
  readonly repositoryRef: string;
  readonly fullPolicy: FullPolicy;
  readonly warnThreshold: number;
  readonly autoDeleteLimit: number;
  readonly rollbackPriority: RollbackPriority;
  readonly consistencyGroupRef: string | null;
  readonly status: 'optimal' | 'full' | 'failed' | 'overThreshold';
  /** What copy-on-write has kept over all images, in bytes; the sum of the images' own. */
  readonly usedBytes: number;
}

export interface SnapshotImageRecord extends ArrayRecord {
  readonly groupRef: string;
  readonly baseRef: string;
  readonly consistencyGroupRef: string | null;
  readonly sequence: number;
  readonly createdMs: number;
  readonly capacityBytes: number;
  readonly creationMethod: 'user' | 'schedule';
  readonly status: 'optimal' | 'failed' | 'purged';
  readonly usedBytes: number;
  /** The epoch of the base volume's content that this image froze. */
  readonly epoch: number;
}

/** A snapshot volume (view) of an image. `imageRef` is null once the image is gone: the view is stopped. */
export interface SnapshotVolumeRecord extends ArrayRecord {
  readonly label: string;
  readonly wwn: string;
  readonly handle: number;
  readonly imageRef: string | null;
  readonly baseRef: string;
  readonly consistencyGroupViewRef: string | null;
  readonly consistencyGroupRef: string | null;
  readonly accessMode: 'readOnly' | 'readWrite';
  readonly repositoryRef: string | null;
  readonly warnThreshold: number;
  readonly capacityBytes: number;
  readonly viewTimeMs: number;
  readonly sequence: number;
  readonly status: 'optimal' | 'stopped' | 'failed' | 'overThreshold' | 'full';
  readonly usedBytes: number;
  readonly preferredController: ControllerRef;
  readonly currentController: ControllerRef;
}

export interface ConsistencyGroupRecord extends ArrayRecord {
  readonly label: string;
  readonly fullPolicy: FullPolicy;
  readonly warnThreshold: number;
  readonly autoDeleteLimit: number;
  readonly rollbackPriority: RollbackPriority;
}

/** A member of a consistency group is a snapshot group with `consistencyGroupRef`. This is a view over several. */
export interface ConsistencyGroupViewRecord extends ArrayRecord {
  readonly label: string;
  readonly consistencyGroupRef: string;
  readonly viewTimeMs: number;
  readonly sequence: number;
}

export interface VolumeCopyRecord extends ArrayRecord {
  readonly handle: number;
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly priority: 'priority0' | 'priority1' | 'priority2' | 'priority3' | 'priority4';
  readonly targetWriteProtected: boolean;
  readonly status: 'pending' | 'inProgress' | 'complete' | 'halted' | 'failed';
  readonly online: boolean;
  /** The internal snapshot group of an online copy. */
  readonly snapshotGroupRef: string | null;
  readonly startMs: number;
  readonly completeMs: number;
}

/** A group of volumes that are mirrored together to another array. Its counterpart there has the same WWN. */
export interface AsyncMirrorGroupRecord extends ArrayRecord {
  readonly label: string;
  readonly wwn: string;
  readonly role: 'primary' | 'secondary';
  readonly syncIntervalMinutes: number;
  readonly syncWarnThresholdMinutes: number;
  readonly recoveryWarnThresholdMinutes: number;
  readonly repositoryWarnThreshold: number;
  readonly connection: 'iscsi' | 'fibre';
  /** The other array. */
  readonly peerWwn: string;
  readonly peerLabel: string;
  readonly suspended: boolean;
  /** When the primary last began to synchronise. */
  readonly lastSyncMs: number;
}

/** One mirrored volume of a group. Its counterpart on the other array has the same WWN. */
export interface AsyncMirrorMemberRecord extends ArrayRecord {
  readonly groupRef: string;
  readonly wwn: string;
  readonly handle: number;
  readonly localVolumeRef: string;
  readonly repositoryRef: string;
  readonly remoteVolumeWwn: string;
  readonly remoteVolumeLabel: string;
  readonly state: 'initialSync' | 'optimal' | 'failed';
  /** 0 before the first synchronisation. */
  readonly lastRecoveryPointMs: number;
}

export interface HostPortRecord extends ArrayRecord {
  readonly hostRef: string;
  readonly type: 'iscsi' | 'fc' | 'sas' | 'ib' | 'nvmeof';
  /** IQN, NQN or WWN (upper case, no colons). */
  readonly address: string;
  readonly label: string;
  readonly chapSecret: string | null;
}

export interface HostRecord extends ArrayRecord {
  readonly label: string;
  readonly groupRef: string | null;
  readonly hostTypeIndex: number;
}

export interface HostGroupRecord extends ArrayRecord {
  readonly label: string;
}

/** `targetRef` is a host, a host group, or null for the default group. */
export interface MappingRecord extends ArrayRecord {
  readonly mappableRef: string;
  readonly targetRef: string | null;
  readonly lun: number;
  readonly ssid: number;
}

/** An initiator port at a target port group that registered a key. */
export interface RegistrationRecord {
  readonly initiatorName: string;
  /** The initiator session id, 12 hex digits. */
  readonly isid: string;
  /** The target port group: a controller's slot. */
  readonly groupTag: number;
  readonly relativePortId: number;
  /** 16 hex digits, upper case; never all zeros. */
  readonly key: string;
}

/** SCSI-3 reservation types: write exclusive, exclusive access, and both for registrants only or all registrants. */
export type ReservationType = 1 | 3 | 5 | 6 | 7 | 8;

/** The persistent reservations of a volume or snapshot volume, whose reference it has. */
export interface ReservationRecord extends ArrayRecord {
  /** Counts the changes of registrations, modulo 2^32. */
  readonly generation: number;
  readonly registrations: readonly RegistrationRecord[];
  readonly reservation: {
    readonly type: ReservationType;
    /** The holder's place: initiator name, ISID and group as `placeOf` writes them; null when all registrants hold it. */
    readonly holder: string | null;
  } | null;
  /** Asked to outlive a loss of power. */
  readonly persistsThroughPowerLoss: boolean;
}

/** The iSCSI target; the table holds one record. */
export interface IscsiTargetRecord extends ArrayRecord {
  readonly iqn: string;
  readonly alias: string;
  readonly chapEnabled: boolean;
  readonly chapSecret: string | null;
  readonly icmpPingResponseEnabled: boolean;
  readonly unnamedDiscoverySessionsEnabled: boolean;
  readonly isnsServer: {
    readonly registrationEnabled: boolean;
    readonly ipv4ConfigMethod: 'configDhcp' | 'configStatic';
    readonly ipv4Address: string;
    readonly ipv6ConfigMethod: 'configStatic' | 'configStateless';
    readonly ipv6Address: string;
    readonly tcpListenPort: number;
  };
}

/** An initiator that logged in but belongs to no host. */
export interface UnassociatedPortRecord extends ArrayRecord {
  readonly type: 'iscsi' | 'fc' | 'sas' | 'ib' | 'nvmeof';
  readonly address: string;
}

export interface WorkloadRecord extends ArrayRecord {
  readonly name: string;
  readonly attributes: readonly Tag[];
}

/** A key with a text value: persistent records, key-values and counters, told apart by the store. */
export interface KeyValueRecord extends ArrayRecord {
  readonly store: 'persistentRecord' | 'keyValue' | 'counter';
  readonly key: string;
  readonly value: string;
}

export interface EventRecord extends ArrayRecord {
  readonly sequence: number;
  readonly timeMs: number;
  readonly eventType: number;
  readonly category: 'error' | 'failure' | 'command' | 'notification' | 'stateChange' | 'hostEntry' | 'general';
  readonly componentType:
    | 'battery'
    | 'channel'
    | 'controller'
    | 'drive'
    | 'fan'
    | 'powerSply'
    | 'tempSensor'
    | 'unknown'
    | 'volume'
    | 'volumeGrp';
  readonly priority: 'priorityInfo' | 'priorityCritical' | 'priorityWarning';
  readonly description: string;
  readonly location: string;
  readonly objectRef: string | null;
}

/** Long-lived work. While a job exists, its object shows as busy; when it ends, the job is gone. */
export interface JobRecord extends ArrayRecord {
  readonly kind: JobKind;
  /** The volume, copy pair, snapshot group, pool or drive that the work is on. */
  readonly objectRef: string;
  readonly startMs: number;
  readonly totalBytes: number;
  readonly progression: Progression;
  readonly looks: number;
  /** Progress is frozen at this percentage when the work is halted. */
  readonly pausedAtPercent: number | null;
  /** What completing needs to know, plain data by kind. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
