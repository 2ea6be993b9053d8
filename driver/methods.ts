import type { NetAppEseriesISCSIDriver } from './driver.js';
import { InvalidInput } from './errors.js';

interface Method {
  readonly method: keyof NetAppEseriesISCSIDriver;
  readonly parameters: readonly string[];
  /** Parameters that the method takes together in one object. */
  readonly keywords?: readonly string[];
  /** Whether keywords that are not known are taken, too, and left alone. */
  readonly takesFurther?: boolean;
}

const paging = ['marker', 'limit', 'offset', 'sort_keys', 'sort_dirs'];

/** The documented names, their parameters in order, and the methods behind them (source: the documented driver). */
export const methods: Readonly<Record<string, Method>> = {
  do_setup: { method: 'doSetup', parameters: ['context'] },
  check_for_setup_error: { method: 'checkForSetupError', parameters: [] },
  create_volume: { method: 'createVolume', parameters: ['volume'] },
  create_volume_from_snapshot: { method: 'createVolumeFromSnapshot', parameters: ['volume', 'snapshot'] },
  create_cloned_volume: { method: 'createClonedVolume', parameters: ['volume', 'src_vref'] },
  delete_volume: { method: 'deleteVolume', parameters: ['volume'] },
  extend_volume: { method: 'extendVolume', parameters: ['volume', 'new_size'] },
  get_pool: { method: 'getPool', parameters: ['volume'] },
  get_volume_stats: { method: 'getVolumeStats', parameters: ['refresh'] },
  retype: { method: 'retype', parameters: ['context', 'volume', 'new_type', 'diff', 'host'] },
  update_migrated_volume: {
    method: 'updateMigratedVolume',
    parameters: ['context', 'volume', 'new_volume', 'original_volume_status'],
  },
  create_snapshot: { method: 'createSnapshot', parameters: ['snapshot'] },
  delete_snapshot: { method: 'deleteSnapshot', parameters: ['snapshot'] },
  revert_to_snapshot: { method: 'revertToSnapshot', parameters: ['context', 'volume', 'snapshot'] },
  ensure_export: { method: 'ensureExport', parameters: ['context', 'volume'] },
  create_export: { method: 'createExport', parameters: ['context', 'volume', 'connector'] },
  remove_export: { method: 'removeExport', parameters: ['context', 'volume'] },
  validate_connector: { method: 'validateConnector', parameters: ['connector'] },
  initialize_connection: { method: 'initializeConnection', parameters: ['volume', 'connector'] },
  terminate_connection: {
    method: 'terminateConnection',
    parameters: ['volume', 'connector'],
    keywords: ['force'],
    takesFurther: true,
  },
  manage_existing: { method: 'manageExisting', parameters: ['volume', 'existing_ref'] },
  manage_existing_get_size: { method: 'manageExistingGetSize', parameters: ['volume', 'existing_ref'] },
  unmanage: { method: 'unmanage', parameters: ['volume'] },
  get_manageable_volumes: { method: 'getManageableVolumes', parameters: ['cinder_volumes', ...paging] },
  get_manageable_snapshots: { method: 'getManageableSnapshots', parameters: ['cinder_snapshots', ...paging] },
  manage_existing_snapshot: { method: 'manageExistingSnapshot', parameters: ['snapshot', 'existing_ref'] },
  manage_existing_snapshot_get_size: {
    method: 'manageExistingSnapshotGetSize',
    parameters: ['snapshot', 'existing_ref'],
  },
  unmanage_snapshot: { method: 'unmanageSnapshot', parameters: ['snapshot'] },
  create_group: { method: 'createGroup', parameters: ['context', 'group'] },
  delete_group: { method: 'deleteGroup', parameters: ['context', 'group', 'volumes'] },
  update_group: {
    method: 'updateGroup',
    parameters: ['context', 'group'],
    keywords: ['add_volumes', 'remove_volumes'],
  },
  create_group_from_src: {
    method: 'createGroupFromSrc',
    parameters: ['context', 'group', 'volumes'],
    keywords: ['group_snapshot', 'snapshots', 'source_group', 'source_vols'],
  },
  create_group_snapshot: {
    method: 'createGroupSnapshot',
    parameters: ['context', 'group_snapshot', 'snapshots'],
  },
  delete_group_snapshot: {
    method: 'deleteGroupSnapshot',
    parameters: ['context', 'group_snapshot', 'snapshots'],
  },
  create_consistencygroup: { method: 'createConsistencygroup', parameters: ['context', 'group'] },
  delete_consistencygroup: { method: 'deleteConsistencygroup', parameters: ['context', 'group', 'volumes'] },
  update_consistencygroup: {
    method: 'updateConsistencygroup',
    parameters: ['context', 'group'],
    keywords: ['add_volumes', 'remove_volumes'],
  },
  create_consistencygroup_from_src: {
    method: 'createConsistencygroupFromSrc',
    parameters: ['context', 'group', 'volumes'],
    keywords: ['cgsnapshot', 'snapshots', 'source_cg', 'source_vols'],
  },
  create_cgsnapshot: { method: 'createCgsnapshot', parameters: ['context', 'cgsnapshot', 'snapshots'] },
  delete_cgsnapshot: { method: 'deleteCgsnapshot', parameters: ['context', 'cgsnapshot', 'snapshots'] },
};

/**
 * Calls a driver's method by its documented name. Arguments come by name or in order; the context may be left out.
 * Throws InvalidInput for a name or argument that is not known.
 */
export async function callMethod(
  driver: NetAppEseriesISCSIDriver,
  name: string,
  given: Readonly<Record<string, unknown>> | readonly unknown[],
): Promise<unknown> {
  const known = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (known === undefined)
    throw new InvalidInput({ reason: `There is no method '${name}': known are ${Object.keys(methods).join(', ')}.` });
  const names = [...known.parameters, ...(known.keywords ?? [])];
  const args = Array.isArray(given) ? byName(name, names, given) : (given as Readonly<Record<string, unknown>>);
  const stranger = known.takesFurther ? undefined : Object.keys(args).find((each) => !names.includes(each));
  if (stranger !== undefined)
    throw new InvalidInput({
      reason: `${name} takes no argument '${stranger}': it takes ${names.join(', ') || 'none'}.`,
    });
  const missing = known.parameters.find(
    (each) => needed.has(each) && (args[each] === undefined || args[each] === null),
  );
  if (missing !== undefined) throw new InvalidInput({ reason: `${name} needs the argument '${missing}'.` });
  const positional = known.parameters.map((each) => args[each]);
  const keywords = known.keywords?.map((each) => [each, args[each]]);
  const method = driver[known.method] as (...all: unknown[]) => Promise<unknown>;
  return method.apply(driver, keywords === undefined ? positional : [...positional, Object.fromEntries(keywords)]);
}

/** Arguments without which nothing can be done. */
const needed = new Set([
  'volume',
  'snapshot',
  'group',
  'src_vref',
  'new_size',
  'existing_ref',
  'cgsnapshot',
  'group_snapshot',
  'volumes',
  'snapshots',
  'new_volume',
]);

function byName(method: string, names: readonly string[], given: readonly unknown[]): Record<string, unknown> {
  if (given.length > names.length)
    throw new InvalidInput({
      reason: `${method} takes ${names.length} arguments (${names.join(', ')}), not ${given.length}.`,
    });
  return Object.fromEntries(given.map((value, index) => [names[index] ?? '', value]));
}
