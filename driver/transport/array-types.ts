/** What the driver reads of the web services' objects (source: SANtricity's API documents). Int64 may be text or number. */

type Int64 = string | number | bigint;

export const nullRef = '0'.repeat(40);

/** Whether a reference is to something. */
export function isSet(ref: string | null | undefined): ref is string {
  return !!ref && ref !== nullRef;
}

export interface ArrayVolume {
  readonly id: string;
  readonly volumeRef: string;
  readonly label: string;
  readonly worldWideName: string;
  readonly capacity: Int64;
  readonly volumeGroupRef: string;
  readonly currentManager: string;
  readonly objectType: string;
  readonly thinProvisioned: boolean;
  readonly diskPool: boolean;
  readonly volumeUse: string;
  readonly pitBaseVolume: boolean;
  readonly flashCached?: boolean;
  readonly listOfMappings: readonly Mapping[];
  readonly status?: string;
  readonly offline?: boolean;
}

export interface Mapping {
  readonly lunMappingRef: string;
  readonly lun: number | string;
  readonly volumeRef: string;
  readonly mapRef: string;
}

export interface Pool {
  readonly id: string;
  readonly label: string;
  readonly volumeGroupRef: string;
  readonly totalRaidedSpace: Int64;
  readonly usedSpace: Int64;
  readonly raidLevel: string;
}

export interface SscPool {
  readonly poolId: string;
  readonly name: string;
  readonly encrypted: boolean;
  readonly flashCacheCapable: boolean;
  readonly dataAssuranceCapable: boolean;
  readonly thinProvisioningCapable: boolean;
  readonly spindleSpeed: string;
  readonly raidLevel: string;
  readonly pool: Pool & { readonly driveMediaType: string; readonly drivePhysicalType: string };
}

export interface ActionProgress {
  readonly volumeRef: string;
  readonly currentAction: string;
}

export interface HostType {
  readonly index: number;
  readonly name: string | null;
  readonly code: string | null;
}

export interface ArrayHost {
  readonly hostRef: string;
  readonly label: string;
  readonly clusterRef: string;
  readonly hostTypeIndex: number;
  readonly hostSidePorts: readonly { readonly address: string; readonly type?: string }[];
}

export interface HostGroup {
  readonly clusterRef: string;
  readonly label: string;
}

export interface SnapshotGroup {
  readonly id: string;
  readonly label: string;
  readonly baseVolume: string;
  readonly consistencyGroup: boolean;
  readonly snapshotCount: number;
  /** How many images the array keeps before it deletes the oldest by itself; 0 for never. */
  readonly autoDeleteLimit: number;
  readonly rollbackStatus: string;
}

export interface SnapshotImage {
  readonly id: string;
  readonly pitRef: string;
  readonly pitGroupRef: string;
  readonly baseVol: string;
  readonly pitSequenceNumber: Int64;
  readonly pitTimestamp: Int64;
  readonly pitCapacity: Int64;
  readonly consistencyGroupId?: string | null;
}

export interface SnapshotView {
  readonly id: string;
  readonly label: string;
  readonly basePIT: string;
  readonly consistencyGroupId?: string | null;
  readonly membership?: { readonly cgViewRef?: string | null } | null;
  readonly listOfMappings?: readonly Mapping[] | null;
}

export interface CopyJob {
  readonly volcopyRef: string;
  readonly status: string;
  readonly sourceVolume?: string;
  readonly targetVolume?: string;
}

export interface ArrayGroup {
  readonly id: string;
  readonly label: string;
  readonly uniqueSequenceNumber: readonly Int64[];
}

export interface MirrorGroup {
  readonly id: string;
  readonly label: string;
}

export interface MirrorPair {
  readonly id: string;
  readonly mirrorGroup: string;
  readonly localVolume: string;
  /** Of the second array. */
  readonly remoteVolume: string;
  readonly memberState: string;
}

export interface GroupView {
  readonly id: string;
  readonly cgViewRef: string;
}

interface IscsiPort {
  readonly controllerId: string;
  readonly iqn: string | null;
  readonly tcpListenPort: number;
  readonly ipv4Enabled: boolean;
  readonly ipv4Data: {
    readonly ipv4AddressData: { readonly ipv4Address: string; readonly configState: string } | null;
  } | null;
}

export interface HardwareInventory {
  readonly iscsiPorts: readonly IscsiPort[];
  readonly controllers: readonly { readonly modelName: string; readonly serialNumber: string }[];
}

export interface StorageSystem {
  readonly id: string;
  readonly wwn?: string;
  readonly status?: string | null;
  readonly passwordStatus?: string | null;
  readonly fwVersion?: string;
  readonly chassisSerialNumber?: string;
  readonly ip1?: string;
  readonly ip2?: string;
}

export interface About {
  readonly runningAsProxy: boolean;
  readonly version: string;
}

/** Compares images by their sequence numbers, oldest first. */
export function bySequence(a: SnapshotImage, b: SnapshotImage): number {
  return Number(BigInt(a.pitSequenceNumber) - BigInt(b.pitSequenceNumber));
}

/** The number of an image, or of the snapshot of a consistency group that it is part of. */
export function sequenceOf(image: SnapshotImage): string {
  return String(image.pitSequenceNumber);
}
