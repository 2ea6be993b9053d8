/** The methods that the document of the driver lists. */
export const documentedMethods = [
  'check_for_setup_error',
  'create_cgsnapshot',
  'create_cloned_volume',
  'create_consistencygroup',
  'create_consistencygroup_from_src',
  'create_export',
  'create_group',
  'create_snapshot',
  'create_volume',
  'create_volume_from_snapshot',
  'delete_cgsnapshot',
  'delete_consistencygroup',
  'delete_group',
  'delete_snapshot',
  'delete_volume',
  'do_setup',
  'ensure_export',
  'extend_volume',
  'get_pool',
  'get_volume_stats',
  'initialize_connection',
  'manage_existing',
  'manage_existing_get_size',
  'remove_export',
  'terminate_connection',
  'unmanage',
  'update_consistencygroup',
] as const;

/** The constants that the document of the driver lists. */
export const documentedConstants = ['CI_WIKI_NAME', 'DRIVER_NAME', 'VERSION'] as const;

/** What the volume manager calls beyond the document, where a driver has it. */
export const managerMethods = [
  'attach_volume',
  'create_group_from_src',
  'create_group_snapshot',
  'delete_group_snapshot',
  'detach_volume',
  'get_manageable_volumes',
  'migrate_volume',
  'retype',
  'revert_to_snapshot',
  'update_group',
  'update_provider_info',
  'validate_connector',
] as const;

/** A name of the driver that requirements speak of. */
export type DriverName =
  | (typeof documentedMethods)[number]
  | (typeof documentedConstants)[number]
  | (typeof managerMethods)[number];
