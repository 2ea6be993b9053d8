import type { Mutant } from '../mutant.js';

/** The figures of the statistics, and answers whose objects the caller changes. */
export const figureAreaMutants: readonly Mutant[] = [
  {
    id: 'free-capacity-is-the-total',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'free_capacity_gb: inGib(big(pool.totalRaidedSpace) - big(pool.usedSpace)),',
    replace: 'free_capacity_gb: inGib(big(pool.totalRaidedSpace)),',
  },
  {
    id: 'free-capacity-without-what-is-promised',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'free_capacity_gb: inGib(big(pool.totalRaidedSpace) - big(pool.usedSpace)),',
    replace: 'free_capacity_gb: inGib(big(pool.totalRaidedSpace) - (provisioned.get(pool.id) ?? 0n)),',
  },
  {
    id: 'total-capacity-is-what-is-free',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'total_capacity_gb: inGib(big(pool.totalRaidedSpace)),',
    replace: 'total_capacity_gb: inGib(big(pool.totalRaidedSpace) - big(pool.usedSpace)),',
  },
  {
    id: 'capacities-in-units-of-a-thousand',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'return Number(bytes) / Number(gib);',
    replace: 'return Number(bytes) / 1e9;',
  },
  {
    id: 'capacities-in-whole-tebibytes',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'return Number(bytes) / Number(gib);',
    replace: 'return Math.floor(Number(bytes) / Number(gib) / 1024) * 1024;',
  },
  {
    id: 'reserved-percentage-always-0',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'reserved_percentage: configuration.reserved_percentage,',
    replace: 'reserved_percentage: 0,',
  },
  {
    id: 'reserved-percentage-as-a-share',
    rule: 'R6',
    file: 'pools.ts',
    find: 'reserved_percentage: configuration.reserved_percentage,',
    replace: 'reserved_percentage: configuration.reserved_percentage / 100,',
  },
  {
    id: 'ratio-always-20',
    rule: 'B20',
    file: 'pools.ts',
    find: 'max_over_subscription_ratio: configuration.max_over_subscription_ratio,',
    replace: "max_over_subscription_ratio: '20.0',",
  },
  {
    id: 'name-of-the-backend-always-the-same',
    rule: 'C-get-volume-stats-1',
    file: 'pools.ts',
    find: 'volume_backend_name: configuration.volume_backend_name,',
    replace: "volume_backend_name: 'NetApp_ESeries',",
  },
  {
    id: 'multiattach-always-off-in-the-statistics',
    rule: 'Q44',
    file: 'pools.ts',
    find: '      multiattach: configuration.netapp_enable_multiattach,\n      online',
    replace: '      multiattach: false,\n      online',
    also: [
      {
        file: 'pools.ts',
        find: '        multiattach: configuration.netapp_enable_multiattach,\n        online',
        replace: '        multiattach: false,\n        online',
      },
    ],
  },
  {
    id: 'multiattach-always-on-in-the-statistics',
    rule: 'Q44',
    file: 'pools.ts',
    find: '      multiattach: configuration.netapp_enable_multiattach,\n      online',
    replace: '      multiattach: true,\n      online',
    also: [
      {
        file: 'pools.ts',
        find: '        multiattach: configuration.netapp_enable_multiattach,\n        online',
        replace: '        multiattach: true,\n        online',
      },
    ],
  },
  {
    id: 'protocol-of-fibre-channel',
    rule: 'C-driver-2',
    file: 'pools.ts',
    find: "storage_protocol: 'iSCSI',",
    replace: "storage_protocol: 'FC',",
  },
  {
    id: 'provisioned-capacity-with-the-volumes-of-all-pools',
    rule: 'B3',
    file: 'pools.ts',
    find: 'provisioned_capacity_gb: inGib(provisioned.get(pool.id) ?? 0n),',
    replace: 'provisioned_capacity_gb: inGib([...provisioned.values()].reduce((sum, each) => sum + each, 0n)),',
  },
  {
    id: 'provisioned-capacity-without-foreign-volumes',
    rule: 'B3',
    file: 'pools.ts',
    find: "if (volume.label.startsWith('repos_')) continue;",
    replace: 'if (!/^[A-Z2-7]{26}$/.test(volume.label)) continue;',
  },
  {
    id: 'capabilities-of-the-first-pool-for-all',
    rule: 'R62',
    file: 'pools.ts',
    find: 'capabilitiesOf(ssc.find((each) => each.poolId === pool.volumeGroupRef))',
    replace: 'capabilitiesOf(ssc[0])',
  },
  {
    id: 'statistics-that-the-caller-can-change',
    rule: 'R6',
    file: 'driver.ts',
    find: 'return structuredClone(this.stats);',
    replace: 'return this.stats;',
    also: [
      {
        file: 'driver.ts',
        find: 'this.stats = await pools.stats(replication !== undefined);',
        replace:
          'this.stats = Object.assign(this.stats, { ...(await pools.stats(replication !== undefined)), pools: (this.stats.pools?.length ?? 0) > 0 ? this.stats.pools : (await pools.stats(replication !== undefined)).pools });',
      },
    ],
  },
  {
    id: 'connection-that-the-caller-can-change',
    rule: 'B10',
    file: 'attaching.ts',
    find: 'return connectionInfo(volume, lun, portals, chap);',
    replace:
      'const cache = ((this as unknown as { kept?: Map<string, ConnectionInfo> }).kept ??= new Map());\n    const key = `${volume.id} ${initiator} ${lun}`;\n    const info = cache.get(key) ?? connectionInfo(volume, lun, portals, chap);\n    cache.set(key, info);\n    return info;',
  },
  {
    id: 'statistics-frozen',
    rule: 'R6',
    file: 'driver.ts',
    find: 'return structuredClone(this.stats);',
    replace: 'return Object.freeze(structuredClone(this.stats));',
  },
  {
    id: 'entries-of-pools-shared-between-answers',
    rule: 'R6',
    file: 'driver.ts',
    find: 'return structuredClone(this.stats);',
    replace:
      'const entries = ((this as unknown as { entries?: Map<string, Record<string, unknown>> }).entries ??= new Map());\n      const shared = (this.stats.pools ?? []).map((pool) => {\n        const known = entries.get(pool.pool_name);\n        if (known === undefined) entries.set(pool.pool_name, pool);\n        return (known ?? pool) as typeof pool;\n      });\n      return { ...this.stats, pools: shared };',
  },
];
