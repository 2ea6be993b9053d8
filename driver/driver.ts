import { ArrayClient } from './array-client.js';
import type { HostType, SnapshotImage } from './array-types.js';
import { Autosupport } from './autosupport.js';
import { type Configuration, type GivenConfiguration, readConfiguration } from './config.js';
import { type ConnectionInfo, chapCredentials, connectionInfo, portalsFor } from './connection.js';
import { Copier } from './copier.js';
import {
  CinderException,
  InvalidConnectorException,
  InvalidReplicationTarget,
  messageOf,
  NetAppDriverException,
} from './errors.js';
import { cachingOf, isReplicated } from './extra-specs.js';
import { Groups } from './groups.js';
import { Hosts } from './hosts.js';
import { labelOf } from './labels.js';
import { Ledger } from './ledger.js';
import { Locks } from './locks.js';
import { imageSize, Managing, type Paging } from './managing.js';
import { Mapper } from './mapper.js';
import {
  type Connector,
  type Context,
  type ExistingReference,
  extraSpecs,
  type Group,
  type GroupSnapshot,
  type ModelUpdate,
  nameId,
  type ObjectUpdate,
  type Snapshot,
  type Volume,
  type VolumeType,
} from './model.js';
import { Pools, poolOfHost, type VolumeStats } from './pools.js';
import { Replication, type ReplicationUpdate } from './replication.js';
import { RestClient } from './rest-client.js';
import { type Runtime, runtimeOf } from './runtime.js';
import { type Endpoint, Setup } from './setup.js';
import { Snapshots } from './snapshots.js';
import { asCinderException, isUncertain, type Undo, undoing } from './undo.js';
import { supports } from './version.js';
import { Volumes } from './volumes.js';
import { defaultLimits, type Limits, waitFor } from './waiting.js';

export interface DriverOptions extends Partial<Runtime> {
  /** The options of the backend under Cinder's names; checked by doSetup. */
  readonly configuration: GivenConfiguration;
  /** The name of the host that runs the driver, for the array's support. */
  readonly host?: string;
  readonly limits?: Partial<Limits>;
}

/** Everything that exists once the array is found. */
interface Parts {
  readonly configuration: Configuration;
  readonly endpoint: Endpoint;
  readonly client: ArrayClient;
  readonly setup: Setup;
  readonly pools: Pools;
  readonly snapshots: Snapshots;
  readonly copier: Copier;
  readonly volumes: Volumes;
  readonly groups: Groups;
  readonly hosts: Hosts;
  readonly mapper: Mapper;
  readonly managing: Managing;
  readonly autosupport: Autosupport;
  /** The second array, where there is one. */
  readonly replication: Replication | undefined;
}

/**
 * Volume driver for NetApp E-Series iSCSI storage systems. Every method rejects with a CinderException only; volumes,
 * snapshots and groups are read, never changed.
 */
export class NetAppEseriesISCSIDriver {
  static readonly CI_WIKI_NAME = 'NetApp_Eseries_CI';
  static readonly DRIVER_NAME = 'NetApp_iSCSI_ESeries';
  static readonly VERSION = '1.0.0';

  private readonly runtime: Runtime;
  private readonly limits: Limits;
  private readonly locks = new Locks();
  private parts: Parts | undefined;
  private hostType: HostType | undefined;
  private stats: Partial<VolumeStats> = {};

  constructor(private readonly options: DriverOptions) {
    this.runtime = runtimeOf(options);
    this.limits = { ...defaultLimits, ...options.limits };
  }

  /** Closes the connections to the array. */
  async close(): Promise<void> {
    await this.parts?.client.rest.close();
    await this.parts?.replication?.close();
    this.parts = undefined;
  }

  // Start

  /**
   * Any initialization the driver does while starting: checks the configuration and finds the array. Rejects with
   * InvalidInput, InvalidConfigurationValue, NoValidBackend, or NetAppDriverException for web services that are too old.
   */
  doSetup(_context?: Context): Promise<void> {
    return this.guarded(async () => {
      const configuration = readConfiguration(this.options.configuration);
      const { runtime, limits, locks } = this;
      const client = new ArrayClient(new RestClient(configuration, runtime));
      const setup = new Setup(client, configuration, runtime, limits.contact);
      try {
        const endpoint = await setup.connect();
        const { replication_device: device } = configuration;
        const replication =
          device === null ? undefined : new Replication(device, configuration, client, locks, runtime, limits.contact);
        const pools = new Pools(client, configuration);
        const ledger = new Ledger(client, locks);
        const snapshots = new Snapshots(client, ledger, locks, runtime.logger);
        const copier = new Copier(client, runtime, limits);
        const volumes = new Volumes(client, pools, snapshots, configuration, locks, runtime, limits);
        const groups = new Groups(client, volumes, snapshots, copier, ledger, locks, runtime.logger);
        const hosts = new Hosts(client, runtime.logger);
        const mapper = new Mapper(client, hosts, locks, configuration.netapp_enable_multiattach);
        const managing = new Managing(client, volumes);
        const driver = {
          name: NetAppEseriesISCSIDriver.DRIVER_NAME,
          version: NetAppEseriesISCSIDriver.VERSION,
          host: this.options.host ?? 'unknown',
        };
        const autosupport = new Autosupport(client, endpoint, driver, runtime);
        await this.close();
        this.parts = {
          configuration,
          endpoint,
          client,
          setup,
          pools,
          snapshots,
          copier,
          volumes,
          groups,
          hosts,
          mapper,
          managing,
          autosupport,
          replication,
        };
      } catch (error) {
        await client.rest.close();
        throw error;
      }
    });
  }

  /** Waits for the array and checks what the driver depends on. Rejects with NetAppDriverException when something is missing. */
  checkForSetupError(): Promise<void> {
    return this.guarded(async () => {
      const { setup, endpoint, pools, configuration, hosts, replication, autosupport } = this.ready();
      await setup.ready(endpoint.systemId);
      await replication?.connect();
      this.hostType = await setup.hostType();
      if (!configuration.use_multipath_for_image_xfer)
        this.runtime.logger.warn('use_multipath_for_image_xfer is off: images are transferred over one path.');
      if ((await pools.list()).length === 0)
        throw new NetAppDriverException(
          `No pool of the array fits netapp_pool_name_search_pattern '${configuration.netapp_pool_name_search_pattern}'.`,
        );
      if (configuration.netapp_enable_multiattach) await hosts.ensureSharedGroup();
      await autosupport.send();
    });
  }

  // Volumes

  /** Creates a volume. Resolves to the changes to persist, null for none. */
  createVolume(volume: Volume): Promise<ModelUpdate | null> {
    return this.creating(volume, async () => undefined);
  }

  /** Creates a volume with what a snapshot holds. */
  createVolumeFromSnapshot(volume: Volume, snapshot: Snapshot): Promise<ModelUpdate | null> {
    return this.creating(volume, async ({ snapshots }) => ({ image: await snapshots.imageOf(snapshot) }));
  }

  /** Creates a clone of a volume. */
  createClonedVolume(volume: Volume, srcVref: Volume): Promise<ModelUpdate | null> {
    return this.locks.run(`clone ${nameId(srcVref)}`, () =>
      this.creating(volume, async ({ snapshots, volumes }) => snapshots.temporary(await volumes.require(srcVref))),
    );
  }

  /** Deletes a volume. One that is gone counts as deleted. Rejects with VolumeIsBusy while it is being worked on. */
  deleteVolume(volume: Volume): Promise<void> {
    return this.guarded(async () => {
      const { volumes, replication } = this.ready();
      if (replication !== undefined && isReplicated(extraSpecs(volume)))
        await replication.remove(await volumes.find(volume), labelOf(nameId(volume)));
      await volumes.delete(volume);
    });
  }

  /** Makes a volume larger; `newSize` is the new total in GiB. */
  extendVolume(volume: Volume, newSize: number): Promise<void> {
    return this.guarded(() => this.ready().volumes.extend(volume, newSize));
  }

  /** Name of the pool that the volume is in. */
  getPool(volume: Volume): Promise<string | null> {
    return this.guarded(async () => {
      const { volumes, client } = this.ready();
      const { volumeGroupRef } = await volumes.require(volume);
      return (await client.pool(volumeGroupRef))?.label ?? null;
    });
  }

  /** The state of the service; with `refresh` read anew. */
  getVolumeStats(refresh = false): Promise<Partial<VolumeStats>> {
    return this.guarded(async () => {
      if (!refresh) return this.stats;
      const { pools, replication, autosupport } = this.ready();
      this.stats = await pools.stats(replication !== undefined);
      await autosupport.sendIfDue();
      return this.stats;
    });
  }

  /** Changes the type where the array can do so in place. Resolves to whether it did. */
  retype(
    _context: Context,
    volume: Volume,
    newType: VolumeType,
    _diff: unknown,
    host: { readonly host?: string } | null,
  ): Promise<[boolean, ModelUpdate | null]> {
    return this.guarded(async () => {
      const { volumes, client } = this.ready();
      const [before, after] = [extraSpecs(volume), newType.extra_specs ?? {}];
      const inPlace = new Set(['netapp:read_cache', 'netapp:write_cache', 'netapp_eseries_flash_read_cache']);
      const different = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (name) => before[name] !== after[name],
      );
      const moves = host?.host !== undefined && poolOfHost(host.host) !== poolOfHost(volume.host);
      if (moves || different.some((name) => !inPlace.has(name))) return [false, null];
      const wanted = cachingOf(after);
      const { id } = await volumes.require(volume);
      await client.updateVolume(id, {
        readCacheEnable: wanted.readCacheEnable,
        writeCacheEnable: wanted.writeCacheEnable,
        flashCache: wanted.flashCacheEnable,
      });
      return [true, null];
    });
  }

  /** After a migration: the new array volume takes the name of the old record, unless that is still in use here. */
  updateMigratedVolume(
    _context: Context,
    volume: Volume,
    newVolume: Volume,
    _originalStatus?: string,
  ): Promise<ModelUpdate> {
    return this.guarded(async () => {
      const { volumes, client } = this.ready();
      const found = await volumes.require(newVolume);
      const label = labelOf(volume.id);
      if ((await client.findVolume(label)) !== undefined)
        return { _name_id: nameId(newVolume), provider_location: null };
      await client.updateVolume(found.id, { name: label });
      return { _name_id: null, provider_location: null };
    });
  }

  // Snapshots

  /** Creates a snapshot. Rejects with SnapshotLimitExceeded when the volume can have no more. */
  createSnapshot(snapshot: Snapshot): Promise<ModelUpdate> {
    return this.guarded(async () => {
      const { snapshots, volumes } = this.ready();
      const image = await snapshots.create(await volumes.require(volumeOf(snapshot)));
      return { provider_id: image.id };
    });
  }

  /** Deletes a snapshot, in any order. Rejects with SnapshotIsBusy while it is being used. */
  deleteSnapshot(snapshot: Snapshot): Promise<void> {
    return this.guarded(() => this.ready().snapshots.delete(snapshot));
  }

  /** Brings a volume back to a snapshot with the array's rollback. */
  revertToSnapshot(_context: Context, volume: Volume, snapshot: Snapshot): Promise<void> {
    return this.guarded(async () => {
      const { snapshots, client } = this.ready();
      const image = await snapshots.imageOf(snapshot);
      await client.startRollback([image.pitRef]);
      const seconds = this.limits.work + this.limits.workPerGib * volume.size;
      await waitFor(this.runtime, `The rollback of volume '${volume.id}'`, seconds, async () => {
        const group = await client.snapshotGroup(image.pitGroupRef);
        return group.action === undefined || group.action === 'none' ? true : undefined;
      });
    });
  }

  // Connections

  /** Recreates an export: nothing to do, exports are made by connections. */
  ensureExport(_context: Context, _volume: Volume): Promise<null> {
    return Promise.resolve(null);
  }

  /** Exports a volume: nothing to do, exports are made by connections. */
  createExport(_context: Context, _volume: Volume, _connector?: Connector): Promise<null> {
    return Promise.resolve(null);
  }

  /** Removes an export: nothing to do, exports are removed by connections. */
  removeExport(_context: Context, _volume: Volume): Promise<null> {
    return Promise.resolve(null);
  }

  /** Rejects with InvalidConnectorException when a connector lacks what is needed. */
  validateConnector(connector: Connector): Promise<void> {
    return this.guarded(async () => {
      if (!connector?.initiator) throw new InvalidConnectorException({ missing: 'initiator' });
    });
  }

  /** Allows the connector's initiator to the volume and tells how to reach it. */
  initializeConnection(volume: Volume, connector: Connector): Promise<ConnectionInfo> {
    return this.guarded(async () => {
      const { initiator } = connector ?? {};
      if (!initiator) throw new InvalidConnectorException({ missing: 'initiator' });
      const { volumes, client, mapper, configuration, setup, endpoint } = this.ready();
      const [target, inventory] = await Promise.all([volumes.require(volume), client.hardwareInventory()]);
      const portals = portalsFor(target, inventory);
      // What can fail comes before the mapping, so that a failure leaves none.
      const chap = configuration.use_chap_auth ? await this.chap(portals[0]?.iqn ?? '') : undefined;
      this.hostType ??= await setup.hostType();
      this.runtime.logger.debug(`Mapping volume '${volume.id}' on system '${endpoint.systemId}'.`);
      const lun = await mapper.map(volume, target, initiator, this.hostType);
      return connectionInfo(volume, lun, portals, chap);
    });
  }

  /** Takes the volume from the connector, or from everybody when it is null. Repeating it is harmless. */
  terminateConnection(
    volume: Volume,
    connector: Connector | null,
    _options: { readonly force?: boolean } = {},
  ): Promise<void> {
    return this.guarded(async () => {
      const { volumes, mapper } = this.ready();
      const target = await volumes.find(volume);
      if (target !== undefined) await mapper.unmap(volume, target, connector);
    });
  }

  // Managing what exists

  /** Takes an existing volume over. Rejects with ManageExistingInvalidReference for what cannot be managed. */
  manageExisting(volume: Volume, existingRef: ExistingReference): Promise<null> {
    return this.guarded(async () => {
      await this.ready().volumes.manage(volume, existingRef);
      return null;
    });
  }

  /** Size in GiB of the volume to be managed, rounded up. */
  manageExistingGetSize(_volume: Volume, existingRef: ExistingReference): Promise<number> {
    return this.guarded(() => this.ready().volumes.managedSize(existingRef));
  }

  /** Gives a volume up; it stays on the array as it is. */
  unmanage(volume: Volume): Promise<void> {
    return this.guarded(() => this.ready().volumes.unmanage(volume));
  }

  /** The array's volumes as Cinder lists them for managing. */
  getManageableVolumes(cinderVolumes: readonly Volume[], ...paging: Paging): Promise<ModelUpdate[]> {
    return this.guarded(() => this.ready().managing.volumesFor(cinderVolumes, paging));
  }

  /** The images that Cinder could manage as snapshots of its volumes. */
  getManageableSnapshots(cinderSnapshots: readonly Snapshot[], ...paging: Paging): Promise<ModelUpdate[]> {
    return this.guarded(() => this.ready().managing.snapshotsFor(cinderSnapshots, paging));
  }

  /** Takes an existing image over as a snapshot. */
  manageExistingSnapshot(snapshot: Snapshot, existingRef: ExistingReference): Promise<ModelUpdate> {
    return this.guarded(async () => {
      const image = await this.imageToManage(snapshot, existingRef);
      return { provider_id: image.id };
    });
  }

  /** Size in GiB of the image to be managed, rounded up. */
  manageExistingSnapshotGetSize(snapshot: Snapshot, existingRef: ExistingReference): Promise<number> {
    return this.guarded(async () => imageSize(await this.imageToManage(snapshot, existingRef)));
  }

  /** Gives a snapshot up; its image stays on the array. */
  unmanageSnapshot(_snapshot: Snapshot): Promise<void> {
    return Promise.resolve();
  }

  // Groups

  /** Creates a group of the generic kind. */
  createGroup(_context: Context, group: Group): Promise<ModelUpdate> {
    return this.guarded(async () => {
      await this.ready().groups.create(group);
      return { status: 'available' };
    });
  }

  /** Deletes a group with its volumes; resolves to what became of the group and of each volume. */
  deleteGroup(_context: Context, group: Group, volumes: readonly Volume[]): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(() => this.ready().groups.delete(group, volumes));
  }

  /** Changes which volumes are in a group. */
  updateGroup(
    _context: Context,
    group: Group,
    members: {
      readonly add_volumes?: readonly Volume[] | null;
      readonly remove_volumes?: readonly Volume[] | null;
    } = {},
  ): Promise<[ModelUpdate, null, null]> {
    return this.guarded(async () => {
      await this.ready().groups.update(group, members.add_volumes ?? [], members.remove_volumes ?? []);
      return [{ status: 'available' }, null, null];
    });
  }

  /** Creates a group with its volumes from a group snapshot or from another group. */
  createGroupFromSrc(
    _context: Context,
    group: Group,
    volumes: readonly Volume[],
    source: {
      readonly group_snapshot?: GroupSnapshot | null;
      readonly snapshots?: readonly Snapshot[] | null;
      readonly source_group?: Group | null;
      readonly source_vols?: readonly Volume[] | null;
    } = {},
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => {
      const { groups } = this.ready();
      if (source.group_snapshot && source.snapshots) await groups.createFromSnapshot(group, volumes, source.snapshots);
      else if (source.source_group && source.source_vols)
        await groups.createFromGroup(group, volumes, source.source_group, source.source_vols);
      else throw new NetAppDriverException(`Group '${group.id}' needs a group snapshot or a group as its source.`);
      return [{ status: 'available' }, volumes.map(({ id }) => ({ id, status: 'available' }))];
    });
  }

  /** Takes a snapshot of all volumes of a group at one moment. */
  createGroupSnapshot(
    _context: Context,
    groupSnapshot: GroupSnapshot,
    snapshots: readonly Snapshot[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => [
      { status: 'available' },
      await this.ready().groups.createSnapshot(groupSnapshot, snapshots),
    ]);
  }

  /** Deletes a snapshot of a group, in any order. */
  deleteGroupSnapshot(
    _context: Context,
    groupSnapshot: GroupSnapshot,
    snapshots: readonly Snapshot[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => {
      await this.ready().groups.deleteSnapshot(groupSnapshot, snapshots);
      return [{ status: 'deleted' }, snapshots.map(({ id }) => ({ id, status: 'deleted' }))];
    });
  }

  /** As createGroup, under its name of earlier releases. */
  createConsistencygroup(context: Context, group: Group): Promise<ModelUpdate> {
    return this.createGroup(context, group);
  }

  /** As deleteGroup, under its name of earlier releases. */
  deleteConsistencygroup(
    context: Context,
    group: Group,
    volumes: readonly Volume[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.deleteGroup(context, group, volumes);
  }

  /** As updateGroup, under its name of earlier releases. */
  updateConsistencygroup(
    context: Context,
    group: Group,
    members: {
      readonly add_volumes?: readonly Volume[] | null;
      readonly remove_volumes?: readonly Volume[] | null;
    } = {},
  ): Promise<[ModelUpdate, null, null]> {
    return this.updateGroup(context, group, members);
  }

  /** As createGroupFromSrc, under its name of earlier releases. */
  createConsistencygroupFromSrc(
    context: Context,
    group: Group,
    volumes: readonly Volume[],
    source: {
      readonly cgsnapshot?: GroupSnapshot | null;
      readonly snapshots?: readonly Snapshot[] | null;
      readonly source_cg?: Group | null;
      readonly source_vols?: readonly Volume[] | null;
    } = {},
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    const { cgsnapshot, snapshots, source_cg, source_vols } = source;
    return this.createGroupFromSrc(context, group, volumes, {
      group_snapshot: cgsnapshot,
      snapshots,
      source_group: source_cg,
      source_vols,
    });
  }

  /** As createGroupSnapshot, under its name of earlier releases. */
  createCgsnapshot(
    context: Context,
    cgsnapshot: GroupSnapshot,
    snapshots: readonly Snapshot[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.createGroupSnapshot(context, cgsnapshot, snapshots);
  }

  /** As deleteGroupSnapshot, under its name of earlier releases. */
  deleteCgsnapshot(
    context: Context,
    cgsnapshot: GroupSnapshot,
    snapshots: readonly Snapshot[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.deleteGroupSnapshot(context, cgsnapshot, snapshots);
  }

  // Inside

  private ready(): Parts {
    if (this.parts === undefined) throw new NetAppDriverException('The driver is not set up: call do_setup first.');
    return this.parts;
  }

  /** Whatever goes wrong inside leaves as one of Cinder's exceptions. */
  private async guarded<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw asCinderException(error);
    }
  }

  /** Makes a volume, fills it from an image if there is one, and enters it into its group; a failure leaves nothing. */
  private creating(
    volume: Volume,
    source: (
      parts: Parts,
    ) => Promise<{ readonly image: SnapshotImage; readonly release?: () => Promise<void> } | undefined>,
  ): Promise<ModelUpdate | null> {
    return this.guarded(async () => {
      const parts = this.ready();
      if (isReplicated(extraSpecs(volume)) && parts.replication === undefined)
        throw new InvalidReplicationTarget({
          reason: 'the volume type asks for replication, and no second array is configured (replication_device).',
        });
      const from = await source(parts);
      try {
        return await undoing(this.runtime.logger, (undo) => this.made(parts, volume, from?.image, undo));
      } finally {
        await from?.release?.().catch((error: unknown) => {
          this.runtime.logger.error(`A temporary snapshot could not be deleted: ${messageOf(error)}`);
        });
      }
    });
  }

  private async made(
    parts: Parts,
    volume: Volume,
    image: SnapshotImage | undefined,
    undo: Undo,
  ): Promise<ModelUpdate | null> {
    const { client, volumes, copier, groups, replication } = parts;
    const groupId = volume.consistencygroup_id
      ? (volume.consistencygroup?.id ?? volume.consistencygroup_id)
      : undefined;
    const target = await volumes.create(volume).catch(async (error: unknown) => {
      // Nobody knows whether it was made: a leftover would be in the way of the next attempt.
      if (isUncertain(error)) undo.add(`volume '${volume.id}'`, () => volumes.delete(volume));
      throw error;
    });
    undo.add(`volume '${volume.id}'`, () => client.deleteVolume(target.volumeRef));
    if (image !== undefined) await copier.copy(image, target, volume.size);
    if (groupId !== undefined) await groups.join(groupId, target);
    if (replication === undefined || !isReplicated(extraSpecs(volume))) return null;
    const update: ReplicationUpdate = await replication.replicate(
      target,
      volumes.wanted(volume, target.volumeGroupRef),
    );
    return { ...update };
  }

  private async imageToManage(snapshot: Snapshot, reference: ExistingReference): Promise<SnapshotImage> {
    const { managing, volumes } = this.ready();
    return managing.imageOf(await volumes.require(volumeOf(snapshot)), reference);
  }

  private async chap(iqn: string) {
    const { configuration, endpoint, client } = this.ready();
    if (!supports(endpoint.version, 'chapAuthentication'))
      throw new NetAppDriverException(`The web services have version ${endpoint.version}, which cannot do CHAP.`);
    const credentials = chapCredentials(configuration, endpoint.systemId);
    await client.setTargetChap(iqn, credentials.username, credentials.password);
    return credentials;
  }
}

/** The volume of a snapshot; a bare id names it when the volume itself is not handed over. */
function volumeOf(snapshot: Snapshot): Volume {
  if (snapshot.volume) return snapshot.volume;
  if (!snapshot.volume_id) throw new CinderException(`Snapshot '${snapshot.id}' comes without its volume.`);
  return { id: snapshot.volume_id, size: snapshot.volume_size ?? 0 };
}
