/** A method of Cinder's driver interface. */
export interface CinderMethod {
  /** Its parameters by their documented names, in order. */
  readonly parameters: readonly string[];
  /** Parameters that the volume manager hands over by name. */
  readonly keywords?: readonly string[];
  /** Whether a driver of this family has to have it. */
  readonly mandatory: boolean;
}

const mandatory = (parameters: readonly string[], keywords?: readonly string[]): CinderMethod => ({
  parameters,
  ...(keywords === undefined ? {} : { keywords }),
  mandatory: true,
});
const optional = (parameters: readonly string[], keywords?: readonly string[]): CinderMethod => ({
  parameters,
  ...(keywords === undefined ? {} : { keywords }),
  mandatory: false,
});

const paging = ['marker', 'limit', 'offset', 'sort_keys', 'sort_dirs'];

/**
 * The methods by which Cinder knows a driver: mandatory are those that the driver's documentation lists, optional those
 * for which the volume manager has another way or that it does without (source: the documented driver, Cinder's driver
 * interface).
 */
export const cinderMethods: Readonly<Record<string, CinderMethod>> = {
  do_setup: mandatory(['context']),
  check_for_setup_error: mandatory([]),
  get_volume_stats: mandatory([], ['refresh']),
  get_pool: mandatory(['volume']),

  create_volume: mandatory(['volume']),
  create_volume_from_snapshot: mandatory(['volume', 'snapshot']),
  create_cloned_volume: mandatory(['volume', 'src_vref']),
  delete_volume: mandatory(['volume']),
  extend_volume: mandatory(['volume', 'new_size']),
  create_snapshot: mandatory(['snapshot']),
  delete_snapshot: mandatory(['snapshot']),
  revert_to_snapshot: optional(['context', 'volume', 'snapshot']),
  retype: optional(['context', 'volume', 'new_type', 'diff', 'host']),
  migrate_volume: optional(['context', 'volume', 'host']),
  update_migrated_volume: optional(['context', 'volume', 'new_volume', 'original_volume_status']),
  update_provider_info: optional(['volumes', 'snapshots']),

  ensure_export: mandatory(['context', 'volume']),
  create_export: mandatory(['context', 'volume', 'connector']),
  remove_export: mandatory(['context', 'volume']),
  validate_connector: optional(['connector']),
  initialize_connection: mandatory(['volume', 'connector']),
  terminate_connection: mandatory(['volume', 'connector'], ['force']),
  attach_volume: optional(['context', 'volume', 'instance_uuid', 'host_name', 'mountpoint']),
  detach_volume: optional(['context', 'volume', 'attachment']),

  manage_existing: mandatory(['volume', 'existing_ref']),
  manage_existing_get_size: mandatory(['volume', 'existing_ref']),
  unmanage: mandatory(['volume']),
  get_manageable_volumes: optional(['cinder_volumes', ...paging]),
  manage_existing_snapshot: optional(['snapshot', 'existing_ref']),
  manage_existing_snapshot_get_size: optional(['snapshot', 'existing_ref']),
  unmanage_snapshot: optional(['snapshot']),
  get_manageable_snapshots: optional(['cinder_snapshots', ...paging]),

  create_group: mandatory(['context', 'group']),
  delete_group: mandatory(['context', 'group', 'volumes']),
  update_group: optional(['context', 'group'], ['add_volumes', 'remove_volumes']),
  create_group_from_src: optional([
    'context',
    'group',
    'volumes',
    'group_snapshot',
    'snapshots',
    'source_group',
    'source_vols',
  ]),
  create_group_snapshot: optional(['context', 'group_snapshot', 'snapshots']),
  delete_group_snapshot: optional(['context', 'group_snapshot', 'snapshots']),

  create_consistencygroup: mandatory(['context', 'group']),
  delete_consistencygroup: mandatory(['context', 'group', 'volumes']),
  update_consistencygroup: mandatory(['context', 'group'], ['add_volumes', 'remove_volumes']),
  create_consistencygroup_from_src: mandatory([
    'context',
    'group',
    'volumes',
    'cgsnapshot',
    'snapshots',
    'source_cg',
    'source_vols',
  ]),
  create_cgsnapshot: mandatory(['context', 'cgsnapshot', 'snapshots']),
  delete_cgsnapshot: mandatory(['context', 'cgsnapshot', 'snapshots']),
};

/** The mandatory methods that a subject lacks. */
export function missingMethods(has: ReadonlySet<string>): string[] {
  return Object.entries(cinderMethods)
    .filter(([name, { mandatory }]) => mandatory && !has.has(name))
    .map(([name]) => name);
}

/**
 * What a check does that needs these methods: it runs; or it is skipped because an optional one is missing; or it fails
 * because a mandatory one is. Names that are not documented count as optional.
 */
export function applicability(
  has: ReadonlySet<string>,
  needed: readonly string[],
): { readonly run: true } | { readonly run: false; readonly verdict: 'skipped' | 'failed'; readonly reason: string } {
  const missing = needed.filter((name) => !has.has(name));
  if (missing.length === 0) return { run: true };
  const due = missing.filter((name) => cinderMethods[name]?.mandatory);
  if (due.length > 0) return { run: false, verdict: 'failed', reason: `The driver lacks ${due.join(', ')}.` };
  return { run: false, verdict: 'skipped', reason: `The driver does not have the optional ${missing.join(', ')}.` };
}
