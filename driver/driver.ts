import type { ConnectionInfo } from './attach/connection.js';
import { plain } from './attach/hosts.js';
import { asCinderException, undoing } from './cleanup/undo.js';
import { assembled, type Composition } from './composition.js';
import { type GivenConfiguration, readConfiguration } from './config.js';
import { InvalidInput, messageOf, NetAppDriverException } from './errors.js';
import {
  type Connector,
  type Context,
  type ExistingReference,
  type Group,
  type GroupSnapshot,
  type ModelUpdate,
  nameId,
  type ObjectUpdate,
  type Snapshot,
  type Volume,
  type VolumeType,
} from './model.js';
import { imageSize, type Paging } from './provisioning/managing.js';
import type { VolumeStats } from './provisioning/pools.js';
import { type Runtime, runtimeOf } from './runtime.js';
import { rollBack } from './snapshots/rollback.js';
import type { SnapshotImage } from './transport/array-types.js';
import { checkNewSize, checkSize, initiatorOf } from './validate-arguments.js';
import { defaultLimits, type Limits, workSeconds } from './waiting.js';

export interface DriverOptions extends Partial<Runtime> {
  /** The options of the backend under Cinder's names; checked by doSetup. */
  readonly configuration: GivenConfiguration;
  /** The name of the host that runs the driver, for the array's support. */
  readonly host?: string;
  readonly limits?: Partial<Limits>;
}

/** Which volumes join a group, and which leave it. */
interface GroupMembers {
  readonly add_volumes?: readonly Volume[] | null;
  readonly remove_volumes?: readonly Volume[] | null;
}

/** What a group is made from: a group snapshot's snapshots, or another group's volumes. */
interface GroupSource {
  readonly group_snapshot?: GroupSnapshot | null;
  readonly snapshots?: readonly Snapshot[] | null;
  readonly source_group?: Group | null;
  readonly source_vols?: readonly Volume[] | null;
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
  private parts: Composition | undefined;
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
      const parts = await assembled(readConfiguration(this.options.configuration), this.runtime, this.limits, {
        name: NetAppEseriesISCSIDriver.DRIVER_NAME,
        version: NetAppEseriesISCSIDriver.VERSION,
        host: this.options.host ?? 'unknown',
      });
      await this.close();
      this.parts = parts;
    });
  }

  /** Waits for the array and checks what the driver depends on. Rejects with NetAppDriverException when something is missing. */
  checkForSetupError(): Promise<void> {
    return this.guarded(async () => {
      const { setup, endpoint, pools, configuration, hosts, attaching, replication, ...parts } = this.ready();
      await setup.ready(endpoint.systemId);
      await replication?.connect();
      await attaching.checkHostType();
      if (!configuration.use_multipath_for_image_xfer)
        this.runtime.logger.warn('use_multipath_for_image_xfer is off: images are transferred over one path.');
      if ((await pools.list()).length === 0)
        throw new NetAppDriverException(
          `No pool of the array fits netapp_pool_name_search_pattern '${configuration.netapp_pool_name_search_pattern}'.`,
        );
      if (configuration.netapp_enable_multiattach) await hosts.ensureSharedGroup();
      await this.removeLeftovers(parts);
      await parts.autosupport.send();
    });
  }

  // Volumes

  /** Creates a volume. Resolves to the changes to persist, null for none. */
  createVolume(volume: Volume): Promise<ModelUpdate | null> {
    return this.creating(volume, (parts) => this.made(parts, volume));
  }

  /** Creates a volume with what a snapshot holds. Rejects with SnapshotNotFound when the array does not have it. */
  createVolumeFromSnapshot(volume: Volume, snapshot: Snapshot): Promise<ModelUpdate | null> {
    return this.creating(volume, async (parts) => {
      return this.made(parts, volume, await parts.snapshots.imageOf(snapshot));
    });
  }

  /** Creates a clone of a volume. Rejects with VolumeNotFound when the array does not have that. */
  createClonedVolume(volume: Volume, srcVref: Volume): Promise<ModelUpdate | null> {
    return this.creating(volume, async (parts) => {
      return parts.locks.run(`clone ${nameId(srcVref)}`, async () => {
        const { image, release } = await parts.snapshots.temporary(await parts.volumes.require(srcVref));
        try {
          return await this.made(parts, volume, image);
        } finally {
          await release();
        }
      });
    });
  }

  /** Deletes a volume. One that is gone counts as deleted. Rejects with VolumeIsBusy while it is being worked on. */
  deleteVolume(volume: Volume): Promise<void> {
    return this.guarded(async () => {
      await this.ready().provisioning.delete(volume);
    });
  }

  /** Makes a volume larger; `newSize` is the new total in GiB. */
  extendVolume(volume: Volume, newSize: number): Promise<void> {
    return this.guarded(async () => {
      checkNewSize(volume, newSize);
      await this.ready().provisioning.extend(volume, newSize);
    });
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
      if (refresh) {
        const { pools, replication, autosupport, leftovers } = this.ready();
        // Cinder asks once a minute: by then an array that was away may be back.
        await leftovers.removeAll();
        this.stats = await pools.stats(replication !== undefined);
        await autosupport.sendIfDue();
      }
      // The caller adds to what it gets.
      return structuredClone(this.stats);
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
      return [await this.ready().volumes.retype(volume, newType, host?.host), null];
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
      const renamed = await this.ready().volumes.takeName(volume, newVolume);
      return { _name_id: renamed ? null : nameId(newVolume), provider_location: null };
    });
  }

  // Snapshots

  /** Creates a snapshot. Rejects with SnapshotLimitExceeded when the volume can have no more. */
  createSnapshot(snapshot: Snapshot): Promise<ModelUpdate> {
    return this.guarded(async () => {
      const { snapshots, volumes } = this.ready();
      const image = await snapshots.create(await volumes.require(snapshot.volume));
      return { provider_id: image.id };
    });
  }

  /** Deletes a snapshot, in any order. Rejects with SnapshotIsBusy while it is being used. */
  deleteSnapshot(snapshot: Snapshot): Promise<void> {
    return this.guarded(async () => {
      await this.ready().snapshots.delete(snapshot);
    });
  }

  /** Brings a volume back to a snapshot with the array's rollback. */
  revertToSnapshot(_context: Context, volume: Volume, snapshot: Snapshot): Promise<void> {
    return this.guarded(async () => {
      const { snapshots, volumes, client } = this.ready();
      const image = await snapshots.imageOf(snapshot);
      const target = await volumes.require(volume);
      await rollBack(client, this.runtime, target, image, workSeconds(this.limits, imageSize(image)));
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
      initiatorOf(connector);
    });
  }

  /** Allows the connector's initiator to the volume and tells how to reach it. */
  initializeConnection(volume: Volume, connector: Connector): Promise<ConnectionInfo> {
    return this.guarded(async () => {
      return this.ready().attaching.connect(volume, initiatorOf(connector));
    });
  }

  /**
   * Takes the volume from the connector, or from every host when it is null, or empty with `force`. Repeating it is harmless.
   * Rejects with InvalidConnectorException for a connector without an initiator.
   */
  terminateConnection(
    volume: Volume,
    connector: Connector | null,
    { force }: { readonly force?: boolean } = {},
  ): Promise<void> {
    return this.guarded(async () => {
      // Cinder has {} for an attachment that never got a connector, and comes here with that only by force.
      const isEveryHost = !connector || (force && Object.keys(connector).length === 0);
      const initiator = isEveryHost ? undefined : plain(initiatorOf(connector));
      const { volumes, mapper } = this.ready();
      await mapper.unmap(volume, () => volumes.find(volume), initiator);
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
    return this.guarded(async () => {
      return this.ready().volumes.managedSize(existingRef);
    });
  }

  /** Gives a volume up; it stays on the array as it is. */
  unmanage(volume: Volume): Promise<void> {
    return this.guarded(async () => {
      await this.ready().volumes.unmanage(volume);
    });
  }

  /** The array's volumes as Cinder lists them for managing. */
  getManageableVolumes(cinderVolumes: readonly Volume[], ...paging: Paging): Promise<ModelUpdate[]> {
    return this.guarded(async () => {
      return this.ready().managing.volumesFor(cinderVolumes, paging);
    });
  }

  /** The images that Cinder could manage as snapshots of its volumes. */
  getManageableSnapshots(cinderSnapshots: readonly Snapshot[], ...paging: Paging): Promise<ModelUpdate[]> {
    return this.guarded(async () => {
      return this.ready().managing.snapshotsFor(cinderSnapshots, paging);
    });
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
      await this.ready().arrayGroups.create(group.id);
      return { status: 'available' };
    });
  }

  /** Deletes a group with its volumes; resolves to what became of the group and of each volume. */
  deleteGroup(_context: Context, group: Group, volumes: readonly Volume[]): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => {
      return this.ready().groups.delete(group, volumes);
    });
  }

  /** Changes which volumes are in a group. */
  updateGroup(
    _context: Context,
    group: Group,
    { add_volumes, remove_volumes }: GroupMembers,
  ): Promise<[ModelUpdate, null, null]> {
    return this.guarded(async () => {
      await this.ready().groups.update(group, add_volumes ?? [], remove_volumes ?? []);
      return [{ status: 'available' }, null, null];
    });
  }

  /** Creates a group with its volumes from a group snapshot or from another group. */
  createGroupFromSrc(
    _context: Context,
    group: Group,
    volumes: readonly Volume[],
    { snapshots, source_group, source_vols }: GroupSource,
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => {
      for (const { size } of volumes) checkSize(size);
      const { groups } = this.ready();
      let made: ObjectUpdate[];
      if (snapshots) made = await groups.createFromSnapshot(group, volumes, snapshots);
      else if (source_group && source_vols)
        made = await groups.createFromGroup(group, volumes, source_group, source_vols);
      else
        throw new InvalidInput({
          reason: `group '${group.id}' needs a group snapshot with its snapshots, or a group with its volumes, as its source.`,
        });
      return [{ status: 'available' }, made];
    });
  }

  /** Takes a snapshot of all volumes of a group at one moment. */
  createGroupSnapshot(
    _context: Context,
    groupSnapshot: GroupSnapshot,
    snapshots: readonly Snapshot[],
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.guarded(async () => {
      return [{ status: 'available' }, await this.ready().groups.createSnapshot(groupSnapshot, snapshots)];
    });
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
  updateConsistencygroup(context: Context, group: Group, members: GroupMembers): Promise<[ModelUpdate, null, null]> {
    return this.updateGroup(context, group, members);
  }

  /** As createGroupFromSrc, under its name of earlier releases. */
  createConsistencygroupFromSrc(
    context: Context,
    group: Group,
    volumes: readonly Volume[],
    { snapshots, source_cg, source_vols }: Omit<GroupSource, 'source_group'> & { readonly source_cg?: Group | null },
  ): Promise<[ModelUpdate, ObjectUpdate[]]> {
    return this.createGroupFromSrc(context, group, volumes, { snapshots, source_group: source_cg, source_vols });
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

  private ready(): Composition {
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

  /** What is wrong with a volume to be is told before anything is made. */
  private creating(
    volume: Volume,
    action: (parts: Composition) => Promise<ModelUpdate | null>,
  ): Promise<ModelUpdate | null> {
    return this.guarded(async () => {
      checkSize(volume.size);
      const parts = this.ready();
      parts.provisioning.checkType(volume);
      return action(parts);
    });
  }

  /** Makes a volume; a failure leaves nothing of it. */
  private made({ provisioning }: Composition, volume: Volume, image?: SnapshotImage): Promise<ModelUpdate | null> {
    return undoing(this.runtime, (undo) => provisioning.create(volume, { image }, undo));
  }

  /** What an earlier driver was interrupted in. Not being able to tidy up now does not keep the driver from starting. */
  private async removeLeftovers({
    orphanCleanup,
    deferredDeletions,
    mapper,
  }: Pick<Composition, 'orphanCleanup' | 'deferredDeletions' | 'mapper'>): Promise<void> {
    const tasks = [
      () => deferredDeletions.deleteHeld(),
      () => deferredDeletions.finishDeletions(),
      () => orphanCleanup.remove(),
      () => mapper.removeLeftovers(),
    ];
    for (const task of tasks)
      await task().catch((error: unknown) =>
        this.runtime.logger.warn(`What an earlier driver left stays until the next start: ${messageOf(error)}`),
      );
  }

  private async imageToManage(snapshot: Snapshot, reference: ExistingReference): Promise<SnapshotImage> {
    const { managing, volumes } = this.ready();
    return managing.imageOf(await volumes.require(snapshot.volume), reference);
  }
}
