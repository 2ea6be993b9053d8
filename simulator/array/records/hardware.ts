import { initially } from '../defaults.js';
import type { ArrayRecord } from '../table.js';

/** Trays, drives, controllers and their ports. */

export type DriveMedia = 'hdd' | 'ssd';

export type PhysicalDriveType = 'sas' | 'sas4k' | 'nvme4k' | 'sata';

export type ControllerRef = string;

export type TrayType = 'de212c' | 'de224c' | 'de460c';

/** What a tray begins with, and what one of an older state file gets. */
export const trayDefaults = {
  /** Its lights blink so that it can be found. */
  locating: false,
};

export interface TrayRecord extends ArrayRecord, Readonly<typeof trayDefaults> {
  readonly trayId: number;
  readonly type: TrayType;
  readonly slots: number;
  readonly rows: number;
  readonly columns: number;
  readonly serialNumber: string;
  readonly partNumber: string;
}

/** What a drive begins with, and what one of an older state file gets. */
export const driveDefaults = {
  fdeEnabled: false,
  /** Its light blinks so that it can be found. */
  locating: false,
  status: initially<'optimal' | 'failed' | 'replaced' | 'removed' | 'bypassed' | 'sanitizing'>('optimal'),
  assignment: initially<'unassigned' | 'pool' | 'hotSpare' | 'flashCache'>('unassigned'),
  poolRef: initially<string | null>(null),
  /** The failed drive that this hot spare stands in for. */
  sparedForRef: initially<string | null>(null),
};

/** A drive; `assignment` tells what it is used for. */
export interface DriveRecord extends ArrayRecord, Readonly<typeof driveDefaults> {
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
  readonly fipsCapable: boolean;
  readonly protectionInformationCapable: boolean;
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

/** What a controller begins with, and what one of an older state file gets. */
export const controllerDefaults = {
  status: initially<'optimal' | 'failed' | 'removed' | 'serviceMode'>('optimal'),
  dnsAcquisition: initially<'stat' | 'dhcp'>('stat'),
  /** IPv4 addresses, or IPv6 ones of 32 hex digits, the first one asked first. */
  dnsServers: initially<readonly string[]>([]),
  ntpAcquisition: initially<'stat' | 'dhcp' | 'disabled'>('disabled'),
  /** Addresses as those of DNS, or names. */
  ntpServers: initially<readonly string[]>([]),
  remoteAccessEnabled: true,
  managementPort: {
    ipv4Enabled: true,
    ipv4SubnetMask: '255.255.255.0',
    ipv4GatewayAddress: '10.113.1.1',
    ipv4ConfigMethod: initially<'configStatic' | 'configDhcp'>('configStatic'),
    ipv6Enabled: false,
    ipv6ConfigMethod: initially<'configStatic' | 'configStateless'>('configStatic'),
    /** 32 hex digits each; null where none is set. */
    ipv6LocalAddress: initially<string | null>(null),
    ipv6RoutableAddress: initially<string | null>(null),
    ipv6GatewayAddress: initially<string | null>(null),
    speedSetting: initially<ManagementSpeed>('speedAutoNegotiated'),
  },
};

/** The speeds that a management port can be set to. */
export const managementSpeeds = [
  'speedAutoNegotiated',
  'speed10MbitHalfDuplex',
  'speed10MbitFullDuplex',
  'speed100MbitHalfDuplex',
  'speed100MbitFullDuplex',
  'speed1000MbitFullDuplex',
] as const;

export type ManagementSpeed = (typeof managementSpeeds)[number];

export interface ControllerRecord extends ArrayRecord, Readonly<typeof controllerDefaults> {
  readonly slot: 1 | 2;
  readonly label: 'A' | 'B';
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
}

/** What an iSCSI port begins with, and what one of an older state file gets. */
export const iscsiPortDefaults = {
  ipv4Enabled: true,
  ipv4SubnetMask: '255.255.255.0',
  ipv4GatewayAddress: '0.0.0.0',
  ipv4ConfigMethod: initially<'configStatic' | 'configDhcp'>('configStatic'),
  ipv6Enabled: false,
  ipv6RoutableAddress: initially<string | null>(null),
  tcpListenPort: 3260,
  maximumFramePayloadBytes: 1500,
  linkStatus: initially<'up' | 'down'>('up'),
  speed: initially<'speed1gig' | 'speed10gig' | 'speed25gig'>('speed10gig'),
};

/** One iSCSI host port of a controller. */
export interface IscsiPortRecord extends ArrayRecord, Readonly<typeof iscsiPortDefaults> {
  readonly controllerRef: ControllerRef;
  readonly channel: number;
  readonly macAddress: string;
  readonly ipv4Address: string;
  /** 32 hex digits. */
  readonly ipv6LocalAddress: string;
}

/** What an iSCSI target begins with, and what one of an older state file gets. */
export const iscsiTargetDefaults = {
  isnsServer: {
    registrationEnabled: false,
    ipv4ConfigMethod: initially<'configDhcp' | 'configStatic'>('configDhcp'),
    ipv4Address: '0.0.0.0',
    ipv6ConfigMethod: initially<'configStatic' | 'configStateless'>('configStatic'),
    ipv6Address: '0'.repeat(32),
    tcpListenPort: 3205,
  },
  alias: '',
  chapEnabled: false,
  chapSecret: initially<string | null>(null),
  icmpPingResponseEnabled: true,
  unnamedDiscoverySessionsEnabled: true,
};

/** The iSCSI target; the table holds one record. */
export interface IscsiTargetRecord extends ArrayRecord, Readonly<typeof iscsiTargetDefaults> {
  readonly iqn: string;
}
