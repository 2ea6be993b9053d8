import { answers, change, type Variant } from '../variant.js';

const refreshes = '      if (refresh) {\n';

/** The statistics, and what of a backend's support data is sent when. */
export const statsVariants: readonly Variant[] = [
  {
    id: 'statistics-kept-for-a-minute',
    why: 'Cinder asks every minute: a driver may answer what it gathered within the last one.',
    changes: [
      change(
        'driver.ts',
        refreshes,
        '      if (refresh && (this.gatheredMs === undefined || this.runtime.now() - this.gatheredMs >= 60_000)) {\n        this.gatheredMs = this.runtime.now();\n',
      ),
      change(
        'driver.ts',
        '  private parts: Composition | undefined;\n',
        '  private parts: Composition | undefined;\n  private gatheredMs: number | undefined;\n',
      ),
    ],
  },
  {
    id: 'statistics-gathered-when-there-are-none',
    why: 'Without refresh the last statistics are answered; where there are none yet a driver may gather them.',
    changes: [change('driver.ts', refreshes, '      if (refresh || this.stats.pools === undefined) {\n')],
  },
  {
    id: 'pools-in-the-other-order',
    why: 'The scheduler knows pools by their names; their order says nothing.',
    changes: [
      change('provisioning/pools.ts', 'pools: pools.map((pool) => ({', 'pools: [...pools].reverse().map((pool) => ({'),
    ],
  },
  {
    id: 'statistics-say-more',
    why: 'More keys are for the scheduler’s filters and for operators: none of them is in the way.',
    changes: [
      change(
        'provisioning/pools.ts',
        'pool_name: pool.label,',
        "pool_name: pool.label,\n        total_volumes: volumes.length,\n        filter_function: null,\n        goodness_function: '50',\n        location_info: 'E-Series',\n        sparse_copy_volume: false,",
      ),
      change(
        'provisioning/pools.ts',
        "vendor_name: 'NetApp',",
        "vendor_name: 'NetApp',\n      filter_function: null,\n      goodness_function: '50',",
      ),
    ],
  },
  {
    id: 'multiattach-said-only-where-it-is-so',
    why: 'A capability that is not reported is not claimed (R64).',
    changes: [
      change(
        'provisioning/pools.ts',
        '        multiattach: configuration.netapp_enable_multiattach,\n        online',
        '        ...(configuration.netapp_enable_multiattach ? { multiattach: true } : {}),\n        online',
      ),
      change(
        'provisioning/pools.ts',
        '      multiattach: configuration.netapp_enable_multiattach,\n      online',
        '      ...(configuration.netapp_enable_multiattach ? { multiattach: true } : {}),\n      online',
      ),
    ],
  },
  {
    id: 'replication-said-only-where-it-is-so',
    why: 'None, False and no key at all say that there is no replication.',
    changes: [
      change(
        'provisioning/pools.ts',
        '      replication,\n      replication_enabled: replication,\n      pools',
        '      ...(replication ? { replication, replication_enabled: replication } : {}),\n      pools',
      ),
      change(
        'provisioning/pools.ts',
        '        replication,\n        replication_enabled: replication,\n        ...Object',
        '        ...(replication ? { replication, replication_enabled: replication } : {}),\n        ...Object',
      ),
    ],
  },
  {
    id: 'online-extend-not-said',
    why: 'online_extend_support that is missing counts as true.',
    changes: [
      change('provisioning/pools.ts', '        online_extend_support: true,\n        consistent', '        consistent'),
      change(
        'provisioning/pools.ts',
        '      online_extend_support: true,\n      consistent_group_snapshot_enabled: true,\n      replication',
        '      consistent_group_snapshot_enabled: true,\n      replication',
      ),
    ],
  },
  {
    id: 'quality-of-service-not-said',
    why: 'QoS_support that is missing claims nothing.',
    changes: [change('provisioning/pools.ts', '        QoS_support: false,\n', '')],
  },
  {
    id: 'ratio-as-a-number',
    why: 'max_over_subscription_ratio is "auto" or a number; whether the number is written as text is the same to Cinder (R63).',
    changes: [
      change(
        'provisioning/pools.ts',
        'max_over_subscription_ratio: configuration.max_over_subscription_ratio,',
        "max_over_subscription_ratio:\n          configuration.max_over_subscription_ratio === 'auto' ? 'auto' : Number(configuration.max_over_subscription_ratio),",
      ),
    ],
  },
  {
    id: 'pool-facts-in-the-pools-alone',
    why: 'The scheduler looks at pools: what is of a pool need not be repeated for the backend.',
    changes: [
      answers(
        "method === 'get_volume_stats' && returned?.pools !== undefined ? Object.fromEntries(Object.entries(returned).filter(([name]) => !['multiattach', 'online_extend_support', 'consistent_group_snapshot_enabled'].includes(name))) : returned",
      ),
    ],
  },
  {
    id: 'statistics-read-one-after-the-other',
    why: 'Whether the lists are asked for together or one by one is free.',
    changes: [
      change(
        'provisioning/pools.ts',
        'const [pools, ssc, volumes] = await Promise.all([this.list(), this.client.sscPools(), this.client.volumes()]);',
        'const volumes = await this.client.volumes();\n    const ssc = await this.client.sscPools();\n    const pools = await this.list();',
      ),
    ],
  },
  {
    id: 'no-support-data',
    why: 'Support data is a courtesy to the vendor: no method of the contract depends on it.',
    changes: [
      change(
        'setup/autosupport.ts',
        '  async send(): Promise<void> {\n',
        '  async send(): Promise<void> {\n    if (everyMs > 0) return;\n',
      ),
    ],
  },
  {
    id: 'support-data-with-the-statistics-only',
    why: 'When support data is sent is free: here it waits for the first report.',
    changes: [change('driver.ts', '      await parts.autosupport.send();\n', '')],
  },
  {
    id: 'support-data-every-ten-minutes',
    why: 'How often support data is sent is free.',
    changes: [change('setup/autosupport.ts', 'const everyMs = 3_600_000;', 'const everyMs = 600_000;')],
  },
];
