import { copyOf, isPlainObject, shown } from './driver-answers.js';
import { exception, refusal } from './exceptions.js';
import type { Operation } from './operation.js';
import { isTruthy } from './updates.js';

export type Stats = Record<string, unknown>;

/** Publishes what the driver says about itself and its pools; undefined where there is nothing to publish (source: R6). */
export async function publishStats(operation: Operation): Promise<Stats | undefined> {
  if (!operation.runtime.initialized)
    throw refusal('DriverNotInitialized', 'Unable to update stats, driver is uninitialized.');
  const stats = await refreshStats(operation);
  if (stats === undefined) return undefined;
  const pools = poolsOf(stats);
  const allocated = allocatedGib(operation);
  for (const pool of pools ?? []) {
    pool.allocated_capacity_gb = allocated.get(String(pool.pool_name)) ?? 0;
    addFunctions(pool);
  }
  if (pools === undefined) {
    stats.allocated_capacity_gb = [...allocated.values()].reduce((sum, each) => sum + each, 0);
    addFunctions(stats);
  }
  return stats;
}

/** Asks for fresh stats and judges them, in Cinder's start-up (R2) and after it (R6). */
export async function refreshStats(operation: Operation): Promise<Stats | undefined> {
  const returned = await operation.call('get_volume_stats', { refresh: true });
  if (returned !== null && !isPlainObject(returned)) {
    operation.violate('R6', `get_volume_stats returned ${shown(returned)}, no dict`);
    if (isTruthy(returned)) throw exception('TypeError', 'the stats are no dict');
  }
  if (!isPlainObject(returned) || !isTruthy(returned)) return undefined;
  checkStats(operation, returned);
  return copyOf(returned);
}

function addFunctions(stats: Stats): void {
  stats.filter_function ??= null;
  stats.goodness_function ??= null;
}

/** The pools; undefined where none are reported. Throws as the manager does for pools that are no list or have no name. */
function poolsOf({ pools }: Stats): Stats[] | undefined {
  if (!isTruthy(pools)) return undefined;
  if (!Array.isArray(pools)) throw exception('ProgrammingError', 'Pools stats reported by the driver are no list.');
  return pools.map((pool: unknown) => {
    if (!isPlainObject(pool)) throw exception('TypeError', `a pool is ${shown(pool)}`);
    if (!('pool_name' in pool)) throw exception('KeyError', 'pool_name');
    return pool;
  });
}

/** GiB of the volumes in the database by pool. */
function allocatedGib({ database }: Operation): Map<string, number> {
  const allocated = new Map<string, number>();
  for (const { host, size } of database.volumes.values()) {
    const pool = host?.split('#')[1];
    if (pool !== undefined) allocated.set(pool, (allocated.get(pool) ?? 0) + size);
  }
  return allocated;
}

function checkStats(operation: Operation, stats: Stats): void {
  for (const name of ['volume_backend_name', 'vendor_name', 'driver_version', 'storage_protocol'])
    if (typeof stats[name] !== 'string')
      operation.violate('R6', `the stats' ${name} is ${shown(stats[name])}, no text`);
  const { pools } = stats;
  checkCapabilities(operation, 'the stats', stats, !isTruthy(pools));
  if (!isTruthy(pools)) return;
  if (!Array.isArray(pools)) {
    operation.violate('R6', `the stats' pools are ${shown(pools)}, no list`);
    return;
  }
  const names = new Set<unknown>();
  for (const pool of pools as unknown[]) {
    if (!isPlainObject(pool)) {
      operation.violate('R6', `a pool of the stats is ${shown(pool)}, no dict`);
      continue;
    }
    const { pool_name } = pool;
    if (typeof pool_name !== 'string' || pool_name === '')
      operation.violate('R6', `a pool's pool_name is ${shown(pool_name)}, no text`);
    if (names.has(pool_name)) operation.violate('R6', `the stats have two pools named ${shown(pool_name)}`);
    names.add(pool_name);
    checkCapabilities(operation, `pool ${shown(pool_name)}`, pool, true);
  }
}

/** What the scheduler's filters compute with (source: R6, R62–R64). */
function checkCapabilities(operation: Operation, what: string, stats: Stats, withCapacity: boolean): void {
  const wrong = (requirement: string, name: string, wanted: string) =>
    operation.violate(requirement, `${what}: ${name} is ${shown(stats[name])}, not ${wanted}`);
  if (withCapacity)
    for (const name of ['total_capacity_gb', 'free_capacity_gb'])
      if (!isCapacity(stats[name])) wrong('R6', name, "a number, 'infinite' or 'unknown'");
  if ('provisioned_capacity_gb' in stats && !isNumber(stats.provisioned_capacity_gb))
    wrong('R6', 'provisioned_capacity_gb', 'a number');
  if (
    'reserved_percentage' in stats &&
    !(Number.isInteger(stats.reserved_percentage) && isNumber(stats.reserved_percentage))
  )
    wrong('R6', 'reserved_percentage', 'a whole number from 0 on');
  if ('max_over_subscription_ratio' in stats && !isRatio(stats.max_over_subscription_ratio))
    wrong('R63', 'max_over_subscription_ratio', "'auto' or a number from 1 on");
  for (const name of ['thin_provisioning_support', 'thick_provisioning_support'])
    if (typeof stats[name] === 'string' && !/^true$/i.test(stats[name]))
      wrong('R63', name, 'a boolean; texts count as true');
  for (const name of ['multiattach', 'consistent_group_snapshot_enabled', 'online_extend_support', 'QoS_support'])
    if (name in stats && typeof stats[name] !== 'boolean') wrong('R64', name, 'a boolean');
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCapacity(value: unknown): boolean {
  return isNumber(value) || value === 'infinite' || value === 'unknown';
}

function isRatio(value: unknown): boolean {
  if (value === null || value === 'auto') return true;
  const ratio = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return isNumber(ratio) && ratio >= 1;
}
