import { isPlainObject } from './driver-answers.js';

/**
 * Does to the objects of an answer what Cinder's manager and database do to them: they are the caller's from then on.
 * A driver that keeps them, to answer with them again, answers with what was added here. What cannot be altered is told;
 * undefined when all could (source: R6, R27, R34; Cinder's manager, _append_volume_stats, initialize_connection;
 * Cinder's database, volumes_update).
 */
export function alterAnswer(method: string, answer: unknown): string | undefined {
  try {
    if (method === 'get_volume_stats') alterStats(answer);
    else if (method === 'initialize_connection') alterConnection(answer);
    else if (Array.isArray(answer)) alterEntries(answer);
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return `what ${method} returned can't be altered: ${error.message}`;
  }
}

function alterStats(stats: unknown): void {
  if (!isPlainObject(stats)) return;
  const pools: readonly unknown[] = Array.isArray(stats.pools) ? stats.pools : [];
  for (const pool of pools) {
    if (!isPlainObject(pool)) continue;
    pool.allocated_capacity_gb = 0;
    pool.filter_function ??= null;
    pool.goodness_function ??= null;
    // The scheduler's own copy of a pool goes down with each volume that it places there.
    for (const figure of ['free_capacity_gb', 'provisioned_capacity_gb'])
      if (typeof pool[figure] === 'number') pool[figure] = 0;
  }
  stats.filter_function ??= null;
  stats.goodness_function ??= null;
}

function alterConnection(info: unknown): void {
  if (!isPlainObject(info) || !isPlainObject(info.data)) return;
  info.data.qos_specs = null;
  info.data.access_mode = 'rw';
  info.data.encrypted ??= false;
}

/** The database takes the id out of each entry before it writes the others. */
function alterEntries(answer: readonly unknown[]): void {
  for (const list of answer)
    if (Array.isArray(list)) for (const entry of list as unknown[]) if (isPlainObject(entry)) delete entry.id;
}
