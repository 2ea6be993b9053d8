import type { Finding } from '../oracle/index.js';
import { countHits } from './fault-rules.js';
import type { Play } from './play.js';
import { utterancesOf } from './secrets.js';

/**
 * What only served a driver at its work, and holds nothing that a user has: while it is left, nothing is missing or wrong.
 * Volumes and mappings are not among it: they use space that was given back, and show data to hosts.
 */
const servants: ReadonlySet<string> = new Set([
  'consistency group',
  'consistency group view',
  'snapshot volume',
  'snapshot group',
  'snapshot image',
  'state-store key',
]);

/**
 * Lets drivers tidy up what a fault kept them from removing: at once or later is theirs to choose, and Cinder has them work
 * once a minute, for the statistics (source: Q9, "remembered and done later"). Tells whether that was due: something of
 * that kind is left, a fault rule has fired, and none can fire any more.
 */
export async function leftForLater(play: Play, findings: readonly Finding[]): Promise<boolean> {
  const { harness, trace } = play;
  if (!findings.some(({ kind, what }) => kind === 'leaked' && servants.has(what)) || !(await areFaultsOver(play)))
    return false;
  await harness.untilNextReport();
  for (const driver of harness.drivers) {
    const manager = harness.manager(driver);
    if (!manager.initialized) continue;
    const { calls } = await manager.publishStats();
    for (const call of calls) {
      trace?.call(call);
      play.said.push(...utterancesOf(call));
    }
  }
  return true;
}

async function areFaultsOver(play: Play): Promise<boolean> {
  if (play.rules.size === 0) return false;
  await countHits(play);
  if (![...play.rules.values()].some(({ hits }) => hits > 0)) return false;
  const armed = await play.harness.admin.control<{ spent: boolean }[]>('GET', 'faults');
  return armed.every(({ spent }) => spent);
}
