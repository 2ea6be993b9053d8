import { randomUUID } from 'node:crypto';
import type { NetAppEseriesISCSIDriver, Snapshot, Volume } from '../../driver/index.js';
import type { StorageArray } from '../../simulator/index.js';
import { type Backend, connectorOf, newSnapshot, newVolume } from './backends.js';

type Driver = NetAppEseriesISCSIDriver;

/** One call of the driver on a prepared array, as the sweeps repeat it with something going wrong. */
export interface Prepared {
  readonly run: (driver: Driver) => Promise<unknown>;
  /** What Cinder does to clean up when the call failed for good. */
  readonly abandon?: (driver: Driver) => Promise<unknown>;
  /** A failure may leave what was done so far: only repeating it must lead to the end. */
  readonly partial?: boolean;
}

export interface Operation {
  readonly name: string;
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Should the driver end right there, an image that it made is unknown: images have no names. */
  readonly unnoticed?: RegExp;
  /** Its result says what failed. */
  readonly tellsInTheResult?: boolean;
  prepare(backend: Backend): Promise<Prepared>;
}

async function made(driver: Driver, changes: Partial<Volume> = {}): Promise<Volume> {
  const volume = newVolume(changes);
  await driver.createVolume(volume);
  return volume;
}

async function taken(driver: Driver, volume: Volume): Promise<Snapshot> {
  const snapshot = newSnapshot(volume);
  const { provider_id } = await driver.createSnapshot(snapshot);
  return { ...snapshot, provider_id: String(provider_id) };
}

const inGroup = (id: string): Partial<Volume> => ({ consistencygroup_id: id, consistencygroup: { id } });

async function groupOfTwo(driver: Driver) {
  const group = { id: randomUUID() };
  await driver.createGroup({}, group);
  const volumes = [await made(driver, inGroup(group.id)), await made(driver, inGroup(group.id))];
  const snapshot = async () => {
    const groupSnapshot = { id: randomUUID(), group_id: group.id };
    const wanted = volumes.map((volume) => newSnapshot(volume));
    const [, updates] = await driver.createGroupSnapshot({}, groupSnapshot, wanted);
    const snapshots = wanted.map((each, index) => ({ ...each, provider_id: String(updates[index]?.provider_id) }));
    return { groupSnapshot, snapshots };
  };
  return { group, volumes, snapshot };
}

const shared = { netapp_enable_multiattach: true };

export const operations: readonly Operation[] = [
  {
    name: 'create_volume',
    async prepare() {
      const volume = newVolume();
      return { run: (driver) => driver.createVolume(volume), abandon: (driver) => driver.deleteVolume(volume) };
    },
  },
  {
    name: 'create_volume in a group',
    async prepare({ driver }) {
      const group = { id: randomUUID() };
      await driver.createGroup({}, group);
      const volume = newVolume(inGroup(group.id));
      return { run: (each) => each.createVolume(volume), abandon: (each) => each.deleteVolume(volume) };
    },
  },
  {
    name: 'create_volume_from_snapshot',
    async prepare({ driver }) {
      const source = await made(driver);
      const snapshots = [await taken(driver, source), await taken(driver, source)];
      const volume = newVolume({ size: 2 });
      return {
        run: (each) => each.createVolumeFromSnapshot(volume, snapshots[0] as Snapshot),
        abandon: (each) => each.deleteVolume(volume),
      };
    },
  },
  {
    name: 'create_cloned_volume',
    async prepare({ driver }) {
      const source = await made(driver);
      await taken(driver, source);
      const volume = newVolume();
      return {
        run: (each) => each.createClonedVolume(volume, source),
        abandon: (each) => each.deleteVolume(volume),
      };
    },
  },
  {
    name: 'create_snapshot, the first',
    unnoticed: /^POST snapshot-images, lost$/,
    async prepare({ driver }) {
      // No abandoning: the empty group that may be left is where the next snapshot goes.
      const snapshot = newSnapshot(await made(driver));
      return { run: (each) => each.createSnapshot(snapshot) };
    },
  },
  {
    name: 'create_snapshot, another',
    unnoticed: /^POST snapshot-images, lost$/,
    async prepare({ driver }) {
      const volume = await made(driver);
      await taken(driver, volume);
      const snapshot = newSnapshot(volume);
      return { run: (each) => each.createSnapshot(snapshot), abandon: (each) => each.deleteSnapshot(snapshot) };
    },
  },
  {
    name: 'delete_snapshot, not the oldest',
    async prepare({ driver }) {
      const volume = await made(driver);
      const snapshots = [await taken(driver, volume), await taken(driver, volume), await taken(driver, volume)];
      return { partial: true, run: (each) => each.deleteSnapshot(snapshots[1] as Snapshot) };
    },
  },
  {
    name: 'delete_snapshot, the oldest with others waiting',
    async prepare({ driver }) {
      const volume = await made(driver);
      const snapshots: Snapshot[] = [];
      for (let i = 0; i < 4; i++) snapshots.push(await taken(driver, volume));
      await driver.deleteSnapshot(snapshots[1] as Snapshot);
      await driver.deleteSnapshot(snapshots[2] as Snapshot);
      return { partial: true, run: (each) => each.deleteSnapshot(snapshots[0] as Snapshot) };
    },
  },
  {
    name: 'delete_snapshot, the last',
    async prepare({ driver }) {
      const volume = await made(driver);
      const snapshots = [await taken(driver, volume), await taken(driver, volume)];
      await driver.deleteSnapshot(snapshots[1] as Snapshot);
      return { partial: true, run: (each) => each.deleteSnapshot(snapshots[0] as Snapshot) };
    },
  },
  {
    name: 'revert_to_snapshot',
    async prepare({ driver }) {
      const volume = await made(driver);
      const snapshot = await taken(driver, volume);
      return { run: (each) => each.revertToSnapshot({}, volume, snapshot) };
    },
  },
  {
    name: 'delete_volume',
    async prepare({ driver }) {
      const volume = await made(driver);
      const snapshots = [await taken(driver, volume), await taken(driver, volume)];
      await driver.deleteSnapshot(snapshots[1] as Snapshot);
      return { partial: true, run: (each) => each.deleteVolume(volume) };
    },
  },
  {
    name: 'extend_volume',
    async prepare({ driver }) {
      const volume = await made(driver, { host: 'host@eseries#SSD_R6' });
      return { partial: true, run: (each) => each.extendVolume(volume, 3) };
    },
  },
  {
    name: 'manage_existing',
    async prepare({ simulator }) {
      const { array } = simulator;
      const poolRef = array.pools.find('DDP_1')?.ref ?? '';
      const { ref } = array.volumes.create({ label: 'legacy', poolRef, capacityBytes: 2 ** 30 });
      const volume = newVolume();
      return { run: (each) => each.manageExisting(volume, { 'source-id': ref }) };
    },
  },
  {
    name: 'unmanage',
    async prepare({ driver }) {
      const volume = await made(driver);
      return { partial: true, run: (each) => each.unmanage(volume) };
    },
  },
  {
    name: 'retype',
    async prepare({ driver }) {
      const volume = await made(driver);
      const type = { extra_specs: { 'netapp:write_cache': 'false' } };
      return { run: (each) => each.retype({}, volume, type, {}, null) };
    },
  },
  {
    name: 'update_migrated_volume',
    async prepare({ driver }) {
      const volume = newVolume();
      const migrated = await made(driver);
      return { run: (each) => each.updateMigratedVolume({}, volume, migrated) };
    },
  },
  {
    name: 'initialize_connection, new host',
    configuration: { use_chap_auth: true },
    async prepare({ driver }) {
      const volume = await made(driver);
      return {
        run: (each) => each.initializeConnection(volume, connectorOf('a')),
        abandon: (each) => each.terminateConnection(volume, connectorOf('a')),
      };
    },
  },
  {
    name: 'initialize_connection, second host',
    configuration: shared,
    async prepare({ driver }) {
      const volume = await made(driver);
      await driver.initializeConnection(volume, connectorOf('a'));
      return { run: (each) => each.initializeConnection(volume, connectorOf('b')) };
    },
  },
  {
    name: 'terminate_connection',
    async prepare({ driver }) {
      const volume = await made(driver);
      await driver.initializeConnection(volume, connectorOf('a'));
      return { partial: true, run: (each) => each.terminateConnection(volume, connectorOf('a')) };
    },
  },
  {
    name: 'terminate_connection, the last of two hosts',
    configuration: shared,
    async prepare({ driver }) {
      const volume = await made(driver);
      await driver.initializeConnection(volume, connectorOf('a'));
      await driver.initializeConnection(volume, connectorOf('b'));
      return {
        partial: true,
        run: (each) => each.terminateConnection({ ...volume, status: 'detaching' }, connectorOf('b')),
      };
    },
  },
  {
    name: 'terminate_connection from everybody',
    async prepare({ driver }) {
      const volume = await made(driver);
      await driver.initializeConnection(volume, connectorOf('a'));
      return { partial: true, run: (each) => each.terminateConnection(volume, null, { force: true }) };
    },
  },
  {
    name: 'create_group',
    async prepare() {
      const group = { id: randomUUID() };
      return { run: (each) => each.createGroup({}, group), abandon: (each) => each.deleteGroup({}, group, []) };
    },
  },
  {
    name: 'delete_group',
    tellsInTheResult: true,
    async prepare({ driver }) {
      const { group, volumes } = await groupOfTwo(driver);
      return { partial: true, run: (each) => each.deleteGroup({}, group, volumes) };
    },
  },
  {
    name: 'update_group',
    async prepare({ driver }) {
      const { group, volumes } = await groupOfTwo(driver);
      const added = await made(driver);
      return {
        partial: true,
        run: (each) => each.updateGroup({}, group, { add_volumes: [added], remove_volumes: [volumes[0] as Volume] }),
      };
    },
  },
  {
    name: 'create_group_snapshot',
    unnoticed: /^POST consistency-groups\/\w+\/snapshots, lost$/,
    async prepare({ driver }) {
      const { group, volumes, snapshot } = await groupOfTwo(driver);
      await snapshot();
      const groupSnapshot = { id: randomUUID(), group_id: group.id };
      const snapshots = volumes.map((volume) => newSnapshot(volume));
      return {
        run: (each) => each.createGroupSnapshot({}, groupSnapshot, snapshots),
        abandon: (each) => each.deleteGroupSnapshot({}, groupSnapshot, snapshots),
      };
    },
  },
  {
    name: 'delete_group_snapshot, not the oldest',
    async prepare({ driver }) {
      const { snapshot } = await groupOfTwo(driver);
      await snapshot();
      const { groupSnapshot, snapshots } = await snapshot();
      return { partial: true, run: (each) => each.deleteGroupSnapshot({}, groupSnapshot, snapshots) };
    },
  },
  {
    name: 'delete_group_snapshot, the oldest with another waiting',
    async prepare({ driver }) {
      const { snapshot } = await groupOfTwo(driver);
      const first = await snapshot();
      const second = await snapshot();
      await snapshot();
      await driver.deleteGroupSnapshot({}, second.groupSnapshot, second.snapshots);
      return { partial: true, run: (each) => each.deleteGroupSnapshot({}, first.groupSnapshot, first.snapshots) };
    },
  },
  {
    name: 'create_group_from_src, a group snapshot',
    async prepare({ driver }) {
      const { snapshot } = await groupOfTwo(driver);
      const { groupSnapshot, snapshots } = await snapshot();
      const group = { id: randomUUID() };
      const volumes = [newVolume(inGroup(group.id)), newVolume(inGroup(group.id))];
      return {
        run: (each) => each.createGroupFromSrc({}, group, volumes, { group_snapshot: groupSnapshot, snapshots }),
        abandon: (each) => each.deleteGroup({}, group, volumes),
      };
    },
  },
  {
    name: 'create_group_from_src, a group',
    unnoticed:
      /^POST consistency-groups\/\w+\/snapshots, lost$|(persistent-records|key-values)\S*, reset$|^GET \S*(persistent-records|key-values)\S*, lost$/,
    async prepare({ driver }) {
      const source = await groupOfTwo(driver);
      const group = { id: randomUUID() };
      const volumes = [newVolume(inGroup(group.id)), newVolume(inGroup(group.id))];
      return {
        run: (each) =>
          each.createGroupFromSrc({}, group, volumes, { source_group: source.group, source_vols: source.volumes }),
        abandon: (each) => each.deleteGroup({}, group, volumes),
      };
    },
  },
];

/** Descriptions of what is on the array, by kind. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** What is on the array, without the names that differ from run to run. */
export function inventory({ tables }: StorageArray): Inventory {
  const labels = new Map<string, string>();
  for (const volume of tables.volumes.values()) labels.set(volume.ref, volume.label);
  const of = (ref: string) => labels.get(ref) ?? ref;
  const volumes = [...tables.volumes.values()].filter((each) => each.kind === 'thin' || each.use === 'standardVolume');
  return {
    volumes: volumes.map((each) => `${each.label} ${each.capacityBytes / 2 ** 30} ${each.kind}`).sort(),
    groups: [...tables.snapshotGroups.values()].map((each) => of(each.baseRef)).sort(),
    images: [...tables.snapshotImages.values()].map((each) => of(each.baseRef)).sort(),
    views: [...tables.snapshotVolumes.values()].map((each) => of(each.baseRef)).sort(),
    consistencyGroups: [...tables.consistencyGroups.values()].map((each) => each.label).sort(),
    consistencyGroupViews: [...tables.consistencyGroupViews.values()].map((each) => each.ref),
    copies: [...tables.volumeCopies.values()].map((each) => of(each.targetRef)),
    mappings: [...tables.mappings.values()]
      .filter((each) => labels.has(each.mappableRef))
      .map((each) => `${of(each.mappableRef)} ${each.lun} ${each.targetRef?.slice(0, 2)}`)
      .sort(),
    grouped: [...tables.hosts.values()].filter((each) => each.groupRef !== null).map(() => 'a host'),
    marks: [...tables.keyValues.values()]
      .map((each) => `${each.key} ${each.value}`)
      .filter((each) => each.startsWith('cinder') && !each.endsWith(' {}'))
      .sort(),
  };
}
