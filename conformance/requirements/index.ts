import { connections } from './contract/connections.js';
import { consistencyGroups } from './contract/consistency-groups.js';
import { groups } from './contract/groups.js';
import { managing } from './contract/managing.js';
import { replication } from './contract/replication.js';
import { setup } from './contract/setup.js';
import { snapshots } from './contract/snapshots.js';
import { stats } from './contract/stats.js';
import { volumes } from './contract/volumes.js';
import { attachingDefects } from './defects/attaching.js';
import { detachingDefects } from './defects/detaching.js';
import { groupDefects } from './defects/groups.js';
import { snapshotDefects } from './defects/snapshots.js';
import { transportDefects } from './defects/transport.js';
import { volumeDefects } from './defects/volumes.js';
import { connectionRegressions } from './regressions/connections.js';
import { groupRegressions } from './regressions/groups.js';
import { startRegressions } from './regressions/start.js';
import { volumeRegressions } from './regressions/volumes.js';
import type { Requirement } from './requirement.js';
import { connectionRules } from './rules/connections.js';
import { consistencyGroupRules } from './rules/consistency-groups.js';
import { groupChangeRules } from './rules/group-changes.js';
import { groupRemovalRules } from './rules/group-removal.js';
import { groupSnapshotRules } from './rules/group-snapshots.js';
import { groupRules } from './rules/groups.js';
import { schedulerRules } from './rules/scheduler.js';
import { startRules } from './rules/start.js';
import { volumeRules } from './rules/volumes.js';

export { documentedConstants, documentedMethods, managerMethods } from './method-names.js';
export type { Requirement } from './requirement.js';

const byId = new Intl.Collator('en', { numeric: true });

/** Everything that a driver is judged by, by id. */
export const requirements: readonly Requirement[] = [
  ...setup,
  ...stats,
  ...volumes,
  ...snapshots,
  ...connections,
  ...managing,
  ...groups,
  ...consistencyGroups,
  ...replication,
  ...startRules,
  ...volumeRules,
  ...connectionRules,
  ...groupRules,
  ...groupRemovalRules,
  ...groupChangeRules,
  ...groupSnapshotRules,
  ...consistencyGroupRules,
  ...schedulerRules,
  ...startRegressions,
  ...volumeRegressions,
  ...connectionRegressions,
  ...groupRegressions,
  ...volumeDefects,
  ...snapshotDefects,
  ...attachingDefects,
  ...detachingDefects,
  ...groupDefects,
  ...transportDefects,
].sort((one, other) => byId.compare(one.id, other.id));

const catalogue = new Map(requirements.map((each) => [each.id, each]));

/** The requirement of that id. Throws an error that lists the nearest ids when there is none. */
export function requirement(id: string): Requirement {
  const found = catalogue.get(id);
  if (found === undefined) throw new Error(`There is no requirement '${id}': known are ${known(id).join(', ')}.`);
  return found;
}

/** The ids beside one that is not known: of the same method or letter, or all. */
function known(id: string): readonly string[] {
  const family = id.replace(/\d+$/, '');
  const ids = [...catalogue.keys()];
  const near = ids.filter((each) => each.replace(/\d+$/, '') === family);
  return near.length === 0 ? ids : near;
}
