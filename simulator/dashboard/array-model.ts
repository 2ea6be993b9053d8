/** What the page uses of the REST API's objects. Capacities are decimal texts of bytes, as the API has them. */
interface Located {
  readonly physicalLocation: { readonly trayRef: string; readonly slot: number; readonly label: string };
}

export interface Drive extends Located {
  readonly driveRef: string;
  readonly status: string;
  readonly offline: boolean;
  readonly hotSpare: boolean;
  readonly available: boolean;
  readonly currentVolumeGroupRef: string;
  readonly driveMediaType: string;
  readonly rawCapacity: string;
  readonly productID: string;
  readonly serialNumber: string;
}

export interface Tray {
  readonly trayRef: string;
  readonly trayId: number;
  readonly type: string;
  readonly numDriveSlots: number;
}

export interface Controller extends Located {
  readonly controllerRef: string;
  readonly status: string;
  readonly active: boolean;
  readonly hostInterfaces: readonly {
    readonly interfaceType: string;
    readonly iscsi: {
      readonly channel: number;
      readonly tcpListenPort: number;
      readonly ipv4Data: { readonly ipv4AddressData: { readonly ipv4Address: string } };
      readonly interfaceData: { readonly ethernetData: { readonly linkStatus: string } | null } | null;
    } | null;
  }[];
}

interface Hardware {
  readonly drives: readonly Drive[];
  readonly trays: readonly Tray[];
  readonly controllers: readonly Controller[];
}

interface Pool {
  readonly volumeGroupRef: string;
  readonly label: string;
  readonly raidLevel: string;
  readonly raidStatus: string;
  readonly usedSpace: string;
  readonly freeSpace: string;
  readonly totalRaidedSpace: string;
  readonly volumeGroupData: { readonly diskPoolData: { readonly reconstructionReservedAmt: string } | null };
}

interface Volume {
  readonly volumeRef: string;
  readonly volumeUse?: string;
  readonly label: string;
  readonly totalSizeInBytes: string;
  readonly volumeGroupRef: string;
  readonly currentControllerId: string;
  readonly status: string;
  readonly mapped: boolean;
  readonly action: string;
  readonly listOfMappings: readonly { readonly lun: number; readonly mapRef: string }[];
}

interface SnapshotGroup {
  readonly pitGroupRef: string;
  readonly label: string;
  readonly baseVolume: string;
  readonly consistencyGroupRef: string;
  readonly status: string;
  readonly snapshotCount: number;
}

interface SnapshotView {
  readonly viewRef: string;
  readonly label: string;
  readonly baseVol: string;
  readonly basePIT: string;
  readonly status: string;
}

interface VolumeCopy {
  readonly id: string;
  readonly sourceVolume: string;
  readonly targetVolume: string;
  readonly status: string;
}

interface Host {
  readonly hostRef: string;
  readonly label: string;
  readonly clusterRef: string;
  readonly hostSidePorts: readonly { readonly id: string; readonly address: string; readonly label: string }[];
}

interface HostGroup {
  readonly clusterRef: string;
  readonly label: string;
}

export interface Failure {
  readonly failureType: string;
  readonly objectRef: string | null;
  readonly objectType: string | null;
}

export interface Job {
  readonly ref: string;
  readonly kind: string;
  readonly objectRef: string;
  readonly action: string;
  readonly percent: number;
}

/** The parts of an array, and the path that each is read at. */
export const partPaths = {
  hardware: 'hardware-inventory',
  pools: 'storage-pools',
  volumes: 'volumes',
  thinVolumes: 'thin-volumes',
  snapshotGroups: 'snapshot-groups',
  snapshotViews: 'snapshot-volumes',
  copies: 'volume-copy-jobs',
  hosts: 'hosts',
  hostGroups: 'host-groups',
  failures: 'failures',
} as const;

export type PartName = keyof typeof partPaths;

export interface ArrayParts {
  readonly hardware: Hardware;
  readonly pools: readonly Pool[];
  readonly volumes: readonly Volume[];
  readonly thinVolumes: readonly Volume[];
  readonly snapshotGroups: readonly SnapshotGroup[];
  readonly snapshotViews: readonly SnapshotView[];
  readonly copies: readonly VolumeCopy[];
  readonly hosts: readonly Host[];
  readonly hostGroups: readonly HostGroup[];
  readonly failures: readonly Failure[];
  readonly jobs: readonly Job[];
}

const hardware: readonly PartName[] = ['hardware', 'pools', 'failures'];

/** Which parts show a table of the array; a table that is not named here is shown by all of them. */
const partsOfTable: Readonly<Record<string, readonly PartName[]>> = {
  events: [],
  counters: [],
  drives: hardware,
  trays: hardware,
  controllers: [...hardware, 'volumes', 'thinVolumes'],
  components: hardware,
  iscsiPorts: hardware,
  unassociatedPorts: [],
  volumes: ['volumes', 'thinVolumes', 'pools'],
  mappings: ['volumes', 'thinVolumes', 'snapshotViews'],
  hosts: ['hosts'],
  hostPorts: ['hosts'],
  hostGroups: ['hostGroups', 'hosts'],
  snapshotImages: ['snapshotGroups'],
  snapshotGroups: ['snapshotGroups', 'volumes', 'failures'],
  snapshotVolumes: ['snapshotViews'],
};

/** The parts that a changed table may show in. */
export function partsShowing(table: string): readonly PartName[] {
  return partsOfTable[table] ?? allParts;
}

export const allParts = Object.keys(partPaths) as PartName[];
