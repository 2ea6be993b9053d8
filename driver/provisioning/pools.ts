import { type Configuration, poolPattern } from '../config.js';
import { InvalidHost, NetAppDriverException } from '../errors.js';
import type { Volume } from '../model.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { Pool, SscPool } from '../transport/array-types.js';

export const gib = 2n ** 30n;

type PoolStats = Readonly<Record<string, unknown>> & { readonly pool_name: string };

export interface VolumeStats {
  readonly volume_backend_name: string;
  readonly vendor_name: string;
  readonly driver_version: string;
  readonly storage_protocol: string;
  readonly pools: readonly PoolStats[];
  readonly [name: string]: unknown;
}

/** The pools that the driver may use: those whose whole label fits the configured pattern. */
export class Pools {
  private readonly pattern: RegExp;

  constructor(
    private readonly client: ArrayClient,
    private readonly configuration: Configuration,
  ) {
    this.pattern = poolPattern(configuration.netapp_pool_name_search_pattern);
  }

  async list(): Promise<Pool[]> {
    return (await this.client.pools()).filter((pool) => this.pattern.test(pool.label));
  }

  /** The pool that the scheduler chose. Throws InvalidHost when the host names none, NetAppDriverException when it is not there. */
  async scheduled(volume: Pick<Volume, 'id' | 'host'>): Promise<Pool> {
    const label = poolOfHost(volume.host);
    if (label === undefined)
      throw new InvalidHost({ reason: `'${volume.host}' of volume '${volume.id}' names no pool (host@backend#pool).` });
    const pool = (await this.list()).find((each) => each.label === label);
    if (pool === undefined)
      throw new NetAppDriverException(`Pool '${label}' does not exist, or the pool pattern leaves it out.`);
    return pool;
  }

  async stats(replication: boolean): Promise<VolumeStats> {
    const { configuration } = this;
    const [pools, ssc, volumes] = await Promise.all([this.list(), this.client.sscPools(), this.client.volumes()]);
    const provisioned = (pool: Pool) =>
      volumes
        .filter((volume) => volume.volumeGroupRef === pool.volumeGroupRef && !volume.label.startsWith('repos_'))
        .reduce((sum, volume) => sum + BigInt(volume.capacity), 0n);
    return {
      volume_backend_name: configuration.volume_backend_name,
      vendor_name: 'NetApp',
      driver_version: '1.0.0',
      storage_protocol: 'iSCSI',
      multiattach: configuration.netapp_enable_multiattach,
      online_extend_support: true,
      consistent_group_snapshot_enabled: true,
      replication,
      replication_enabled: replication,
      pools: pools.map((pool) => ({
        pool_name: pool.label,
        QoS_support: false,
        reserved_percentage: configuration.reserved_percentage,
        max_over_subscription_ratio: configuration.max_over_subscription_ratio,
        total_capacity_gb: inGib(BigInt(pool.totalRaidedSpace)),
        free_capacity_gb: inGib(BigInt(pool.totalRaidedSpace) - BigInt(pool.usedSpace)),
        provisioned_capacity_gb: inGib(provisioned(pool)),
        thick_provisioning_support: true,
        thin_provisioning_support: false,
        multiattach: configuration.netapp_enable_multiattach,
        online_extend_support: true,
        consistent_group_snapshot_enabled: true,
        consistencygroup_support: true,
        replication,
        replication_enabled: replication,
        ...Object.assign({}, ...ssc.filter((each) => each.poolId === pool.volumeGroupRef).map(capabilitiesOf)),
      })),
    };
  }
}

/** The pool in `host@backend#pool`; undefined when there is none. */
export function poolOfHost(host: string | null | undefined): string | undefined {
  const [, pool] = /#(.+)$/.exec(host ?? '') ?? [];
  return pool;
}

/** GiB as a number with fractions. */
function inGib(bytes: bigint): number {
  return Number(bytes) / Number(gib);
}

const raidTypes: Readonly<Record<string, string>> = {
  raidDiskPool: 'DDP',
  raid0: 'raid0',
  raid1: 'raid1',
  raid3: 'raid5',
  raid5: 'raid5',
  raid6: 'raid6',
};

const diskTypes: Readonly<Record<string, string>> = {
  scsi: 'SCSI',
  fibre: 'FCAL',
  sas: 'SAS',
  sata: 'SATA',
  ssd: 'SSD',
};

/** What the scheduler matches extra specs against (source: the documented driver's pool capabilities). */
function capabilitiesOf(ssc: SscPool): Record<string, unknown> {
  const { driveMediaType, drivePhysicalType } = ssc.pool;
  return {
    thin_provisioning_support: ssc.thinProvisioningCapable,
    netapp_thin_provisioned: String(ssc.thinProvisioningCapable),
    netapp_disk_encryption: String(ssc.encrypted),
    netapp_eseries_flash_read_cache: String(ssc.flashCacheCapable),
    // Data assurance needs a protocol that carries protection information; iSCSI does not.
    netapp_eseries_data_assurance: 'false',
    netapp_eseries_disk_spindle_speed: ssc.spindleSpeed,
    netapp_raid_type: raidTypes[ssc.raidLevel] ?? 'unknown',
    netapp_disk_type: driveMediaType === 'ssd' ? 'SSD' : (diskTypes[drivePhysicalType] ?? 'unknown'),
  };
}
