import { given } from './defaults.js';
import {
  controllerDefaults,
  counterDefaults,
  type DriveMedia,
  driveDefaults,
  type HostPortRecord,
  iscsiPortDefaults,
  type JobKind,
  jobKinds,
  type Limits,
  type PhysicalDriveType,
  type Progression,
  type RaidLevel,
  type SystemRecord,
  systemDefaults,
  type TrayType,
  trayDefaults,
} from './records.js';
import { controllerRefs, hex, nullRef, refPrefixes } from './refs.js';
import { type RandomStream, randomStream } from './rng.js';
import type { StorageArray } from './storage-array.js';

interface PresetDrives {
  readonly count: number;
  readonly media: DriveMedia;
  readonly physicalType: PhysicalDriveType;
  readonly capacityBytes: number;
  readonly spindleSpeedRpm: number;
  readonly fdeCapable?: boolean;
  readonly fipsCapable?: boolean;
  readonly protectionInformationCapable?: boolean;
}

interface PresetPool {
  readonly label: string;
  readonly raidLevel: RaidLevel;
  /** How many drives, and which: unassigned ones of that medium, in order of their slots. */
  readonly drives: number;
  readonly media: DriveMedia;
}

interface PresetVolume {
  readonly label: string;
  readonly pool: string;
  readonly capacityBytes: number;
}

interface PresetHost {
  readonly label: string;
  readonly hostTypeIndex?: number;
  readonly ports?: readonly Pick<HostPortRecord, 'type' | 'address' | 'label'>[];
}

/** An array to start with, as data. Everything that is not said comes from the seed or has the array's default. */
export interface ArrayPreset {
  readonly name: string;
  readonly label: string;
  readonly model: string;
  /** Board and model id that the array's IQN and controllers carry, e.g. 2806. */
  readonly boardId: string;
  readonly firmware: SystemRecord['firmware'];
  readonly trayType: TrayType;
  readonly slotsPerTray: number;
  readonly cacheMemoryMib: number;
  readonly iscsiPortsPerController: number;
  readonly limits: Limits;
  readonly drives: readonly PresetDrives[];
  readonly pools: readonly PresetPool[];
  readonly volumes: readonly PresetVolume[];
  readonly hosts: readonly PresetHost[];
  /** The first numbers of what the array counts. */
  readonly counters: {
    readonly snapshotSequence: number;
    readonly volumeHandle: number;
    readonly repository: number;
    readonly event: number;
  };
  readonly progression?: Progression;
}

/** Fills an array that has just been made. Runs inside one transaction. */
export function furnish(array: StorageArray, preset: ArrayPreset): void {
  const random = randomStream(array.seed, `identity:${preset.name}`);
  putSystem(array, preset, random);
  putTrays(array, preset, random);
  putControllers(array, preset, random);
  putDrives(array, preset, random);
  array.iscsiTarget.furnish(preset.boardId);
  array.mappings.furnish();
  for (const pool of preset.pools) {
    const driveRefs = array.drives.unassigned(pool.media, pool.drives);
    if (pool.raidLevel === 'raidDiskPool') array.pools.createDiskPool({ label: pool.label, driveRefs });
    else array.pools.createVolumeGroup({ label: pool.label, raidLevel: pool.raidLevel, driveRefs });
  }
  for (const { label, pool, capacityBytes } of preset.volumes) {
    array.volumes.create({ label, poolRef: array.pools.find(pool)?.ref ?? pool, capacityBytes });
  }
  for (const { label, hostTypeIndex, ports } of preset.hosts) {
    array.hosts.create({ label, hostTypeIndex: hostTypeIndex ?? 28, groupRef: null, ports: ports ?? [] });
  }
  const progression = preset.progression ?? { mode: 'instant' };
  array.patchSystem({ progressions: sameProgression(progression) });
}

function sameProgression(progression: Progression): Record<JobKind, Progression> {
  return Object.fromEntries(jobKinds.map((kind) => [kind, progression])) as Record<JobKind, Progression>;
}

function putSystem(array: StorageArray, preset: ArrayPreset, random: RandomStream): void {
  const refBase = `600A098000${random.hex(6)}`;
  const bornS = Math.floor(array.now() / 1000);
  array.tables.system.put({
    ...systemDefaults,
    ref: 'system',
    preset: preset.name,
    seed: array.seed,
    label: preset.label,
    wwn: `${refBase}00000000${hex(bornS, 8)}`,
    refBase,
    model: preset.model,
    chassisSerialNumber: `0216${random.text(8, '0123456789')}`,
    firmware: preset.firmware,
    bootTimeMs: array.now(),
    limits: preset.limits,
    passwords: { admin: 'admin', storage: '', security: '', support: '', monitor: '' },
  });
  array.tables.counters.put({
    ...given(counterDefaults, preset.counters),
    ref: 'counters',
  });
}

function trayCount(preset: ArrayPreset): number {
  const drives = preset.drives.reduce((sum, group) => sum + group.count, 0);
  return Math.max(1, Math.ceil(drives / preset.slotsPerTray));
}

function trayRefOf(trayId: number): string {
  return trayId === 0 ? `0E${'0'.repeat(38)}` : refPrefixes.tray + hex(trayId, 8) + '0'.repeat(24);
}

function putTrays(array: StorageArray, preset: ArrayPreset, random: RandomStream): void {
  const rows = preset.slotsPerTray > 24 ? 5 : preset.slotsPerTray === 12 ? 3 : 1;
  for (let index = 0; index < trayCount(preset); index++) {
    const trayId = index === 0 ? 99 : index - 1;
    array.tables.trays.put({
      ...trayDefaults,
      ref: trayRefOf(index),
      trayId,
      type: preset.trayType,
      slots: preset.slotsPerTray,
      rows,
      columns: Math.ceil(preset.slotsPerTray / rows),
      serialNumber: `SHFGB${random.text(10, '0123456789')}`,
      partNumber: '111-02824+A0',
    });
  }
}

function putControllers(array: StorageArray, preset: ArrayPreset, random: RandomStream): void {
  for (const label of ['A', 'B'] as const) {
    const slot = label === 'A' ? 1 : 2;
    const mac = `00A098${random.hex(6)}`;
    array.tables.controllers.put({
      ...controllerDefaults,
      ref: controllerRefs[label],
      slot,
      label,
      serialNumber: `0216${random.text(8, '0123456789')}`,
      partNumber: '111-03206+B0',
      modelName: preset.model,
      boardId: preset.boardId,
      cacheMemoryMib: preset.cacheMemoryMib,
      processorMemoryMib: preset.cacheMemoryMib * 2,
      bootTimeMs: array.now(),
      managementAddress: `10.113.1.${190 + slot}`,
      managementMac: mac,
      managementAlias: `${preset.label}-${label.toLowerCase()}`.slice(0, 30),
    });
    for (let channel = 1; channel <= preset.iscsiPortsPerController; channel++) putPort(array, slot, channel, random);
  }
}

function putPort(array: StorageArray, slot: 1 | 2, channel: number, random: RandomStream): void {
  const macAddress = `00A098${random.hex(6)}`;
  const [oui, rest] = [macAddress.slice(2, 6), macAddress.slice(6)];
  array.tables.iscsiPorts.put({
    ...iscsiPortDefaults,
    ref: `220${slot}0${channel + 1}${nullRef.slice(6)}`,
    controllerRef: controllerRefs[slot === 1 ? 'A' : 'B'],
    channel,
    macAddress,
    ipv4Address: `10.10.1${slot}.${109 + channel}`,
    ipv6LocalAddress: `FE8000000000000002${oui}FFFE${rest}`,
  });
}

/** What of a drive's raw capacity is the array's own, in bytes. */
const driveMetadataBytes = 512 * 1024 * 1024;

function putDrives(array: StorageArray, preset: ArrayPreset, random: RandomStream): void {
  let index = 0;
  for (const group of preset.drives) {
    for (let i = 0; i < group.count; i++, index++) {
      const wwn = `5000${random.hex(11)}${hex(index % 16, 1)}0000000000000000`;
      array.tables.drives.put({
        ...driveDefaults,
        ref: refPrefixes.drive + wwn,
        wwn,
        trayRef: trayRefOf(Math.floor(index / preset.slotsPerTray)),
        slot: (index % preset.slotsPerTray) + 1,
        media: group.media,
        physicalType: group.physicalType,
        spindleSpeedRpm: group.spindleSpeedRpm,
        rawBytes: group.capacityBytes,
        usableBytes: group.capacityBytes - driveMetadataBytes,
        blockSizeBytes: 512,
        physicalBlockSizeBytes: group.media === 'ssd' ? 4096 : 512,
        manufacturer: group.media === 'ssd' ? 'TOSHIBA ' : 'SEAGATE ',
        productId: group.media === 'ssd' ? 'PX04SVQ160      ' : 'ST10000NM0226   ',
        serialNumber: random.text(12, '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'),
        firmwareVersion: 'MSB6',
        interfaceSpeed: group.physicalType === 'nvme4k' ? 'speed32gig' : 'speed12gig',
        fdeCapable: group.fdeCapable ?? true,
        fipsCapable: group.fipsCapable ?? false,
        protectionInformationCapable: group.protectionInformationCapable ?? true,
      });
    }
  }
}
