import { ignoreMissing, isInDoubt, isUncertain, made, type Undo } from '../cleanup/undo.js';
import type { Configuration, ReplicationDevice } from '../config.js';
import { InvalidReplicationTarget } from '../errors.js';
import type { Locks } from '../locks.js';
import type { Runtime } from '../runtime.js';
import { type Endpoint, Setup } from '../setup/setup.js';
import { ArrayClient, type NewVolume } from '../transport/array-client.js';
import type { ArrayVolume, MirrorGroup, MirrorPair } from '../transport/array-types.js';
import { RestClient } from '../transport/rest-client.js';
import { gib } from './pools.js';

/** What Cinder keeps of a replicated volume (source: the documented driver's create_volume). */
export interface ReplicationUpdate {
  readonly replication_status: 'copying';
  /** The state of the mirrored pair, as the array says it. */
  readonly replication_extended_status: string;
  /** JSON: where the secondary is. */
  readonly driver_data: string;
}

/** What is known of a volume's replica beside the mirrored pair. */
export interface Replica {
  /** Of the second array's volume, as Cinder keeps it. */
  readonly ref: string | undefined;
  /** What that volume is called. */
  readonly name: string;
}

/** Minutes between synchronisations, the shortest that the array takes. */
const syncIntervalMinutes = 10;

/** Share of the volume that each half's repository has, in percent. */
const repositoryPercent = 20;

/**
 * Replicas on a second array by asynchronous mirroring: one mirror group for the backend, a mirrored pair for each
 * replicated volume, the secondary under the name of the primary.
 */
export class Replication {
  private readonly remote: ArrayClient;
  private endpoint: Endpoint | undefined;

  constructor(
    private readonly device: ReplicationDevice,
    private readonly configuration: Configuration,
    private readonly client: ArrayClient,
    private readonly locks: Locks,
    private readonly runtime: Runtime,
    private readonly contactSeconds: number,
  ) {
    const scheme = device.transport_type ?? configuration.netapp_transport_type;
    this.remote = new ArrayClient(
      new RestClient(
        {
          ...configuration,
          netapp_server_hostname: device.hostname,
          netapp_transport_type: scheme,
          netapp_server_port: device.port ?? (scheme === 'https' ? 8443 : 8080),
          netapp_login: device.login,
          netapp_password: device.password,
          netapp_bearer_token: null,
        },
        runtime,
      ),
    );
  }

  /** Finds the second array. Rejects with what is wrong with its address, its password or its version. */
  async connect(): Promise<void> {
    const setup = new Setup(
      this.remote,
      {
        netapp_server_hostname: this.device.hostname,
        netapp_controller_ips: this.device.controller_ips,
        netapp_sa_password: this.device.sa_password ?? null,
        netapp_host_type: this.configuration.netapp_host_type,
      },
      this.runtime,
      this.contactSeconds,
    );
    this.endpoint = await setup.connect();
    await setup.ready(this.endpoint.systemId);
  }

  close(): Promise<void> {
    return this.remote.rest.close();
  }

  /** Makes the secondary of a volume and mirrors it. How to take both back goes to `undo`. */
  async replicate(volume: ArrayVolume, like: NewVolume, undo: Undo): Promise<ReplicationUpdate> {
    const group = await this.group();
    const poolId = await this.pool(BigInt(like.size) * gib);
    const removal = () => undo.add(`The secondary of '${like.name}'`, () => this.removeSecondary(like.name));
    const secondary = await made(
      () => this.remote.createVolume({ ...like, poolId, thinProvision: false }),
      () => this.remote.findVolume(like.name),
      isInDoubt,
    ).catch((error: unknown) => {
      if (isUncertain(error)) removal();
      throw error;
    });
    removal();
    undo.add(`The mirrored pair of '${like.name}'`, () => this.removePair(volume));
    const pair = await made(
      () =>
        this.client.createMirrorPair(group.id, {
          primaryPoolId: volume.volumeGroupRef,
          secondaryPoolId: poolId,
          primaryVolumeRef: volume.volumeRef,
          secondaryVolumeRef: secondary.volumeRef,
          percentCapacity: repositoryPercent,
          secondaryPercentCapacity: repositoryPercent,
        }),
      () => this.pairOf(volume),
    );
    return {
      replication_status: 'copying',
      replication_extended_status: pair.memberState,
      driver_data: JSON.stringify({
        backend_id: this.device.backend_id,
        mirror_group: group.id,
        mirror_pair: pair.id,
        secondary_volume: secondary.volumeRef,
      }),
    };
  }

  /** Ends the mirroring of a volume and deletes its secondary. What is gone counts as deleted. */
  async remove(volume: ArrayVolume | undefined, replica: Replica): Promise<void> {
    const secondary = await this.secondaryOf(volume, replica);
    if (volume !== undefined) await this.removePair(volume);
    await this.deleteSecondary(secondary);
  }

  /** Makes a volume's secondary larger, `sizeGib` in all. */
  async extend(volume: ArrayVolume | undefined, replica: Replica, sizeGib: number): Promise<void> {
    const secondary = await this.secondaryOf(volume, replica);
    if (secondary === undefined || BigInt(secondary.capacity) >= BigInt(sizeGib) * gib) return;
    try {
      await this.remote.expandVolume(secondary.id, sizeGib);
    } catch (error) {
      const now = isUncertain(error) ? await this.remote.findVolume(secondary.volumeRef) : undefined;
      if (now === undefined || BigInt(now.capacity) < BigInt(sizeGib) * gib) throw error;
    }
  }

  /** A migration gives the volume another name, its secondary keeps the old one: the pair knows which it is. */
  private async secondaryOf(volume: ArrayVolume | undefined, { ref, name }: Replica): Promise<ArrayVolume | undefined> {
    const pair = volume === undefined ? undefined : await this.pairOf(volume);
    for (const known of [pair?.remoteVolume, ref, name]) {
      const found = known === undefined ? undefined : await this.remote.findVolume(known);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private async removePair(volume: ArrayVolume): Promise<void> {
    const pair = await this.pairOf(volume);
    if (pair !== undefined) await ignoreMissing(this.client.deleteMirrorPair(pair.mirrorGroup, pair.id));
  }

  private async removeSecondary(name: string): Promise<void> {
    await this.deleteSecondary(await this.remote.findVolume(name));
  }

  private async deleteSecondary(secondary: ArrayVolume | undefined): Promise<void> {
    if (secondary !== undefined) await ignoreMissing(this.remote.deleteVolume(secondary.volumeRef));
  }

  private async pairOf(volume: ArrayVolume): Promise<MirrorPair | undefined> {
    return (await this.client.mirrorPairs()).find((pair) => pair.localVolume === volume.volumeRef);
  }

  /** The backend's mirror group, made when it is first needed. */
  private group(): Promise<MirrorGroup> {
    const label = `cinder-${this.device.backend_id}`.slice(0, 30);
    const find = async () => (await this.client.mirrorGroups()).find((group) => group.label === label);
    return this.locks.run('mirror group', async () => {
      const present = await find();
      if (present !== undefined) return present;
      const system = await this.remote.storageSystem(this.endpoint?.systemId ?? '');
      const known = (await this.client.storageSystems()).find((each) => each.wwn === system.wwn);
      const secondaryArrayId = known?.id ?? system.wwn ?? '';
      return made(() => this.client.createMirrorGroup(label, secondaryArrayId, syncIntervalMinutes), find);
    });
  }

  /** The configured pool, otherwise the one with most room. */
  private async pool(bytes: bigint): Promise<string> {
    const pools = await this.remote.pools();
    const free = (pool: (typeof pools)[number]) => BigInt(pool.totalRaidedSpace) - BigInt(pool.usedSpace);
    const fitting = pools
      .filter((pool) => (this.device.pool === undefined ? free(pool) >= bytes : pool.label === this.device.pool))
      .sort((a, b) => (free(b) > free(a) ? 1 : -1));
    const [pool] = fitting;
    if (pool === undefined)
      throw new InvalidReplicationTarget({
        reason: `backend '${this.device.backend_id}' has no pool ${this.device.pool === undefined ? `with ${bytes} bytes free` : `'${this.device.pool}'`}.`,
      });
    return pool.volumeGroupRef;
  }
}
