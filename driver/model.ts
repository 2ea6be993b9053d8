/**
 * What Cinder hands to a driver, as plain objects with Cinder's own property names (source: Cinder's volume objects).
 * A driver reads them and never changes them.
 */

export interface VolumeType {
  readonly id?: string;
  readonly extra_specs?: Readonly<Record<string, string>> | null;
}

export interface VolumeAttachment {
  readonly id?: string;
  readonly attach_status?: string | null;
  readonly attached_host?: string | null;
  readonly connector?: Connector | null;
}

export interface Volume {
  readonly id: string;
  /** The id that the array's volume is named by; differs from `id` after a migration. */
  readonly name_id?: string | null;
  readonly _name_id?: string | null;
  /** GiB. */
  readonly size: number;
  /** `host@backend#pool`. */
  readonly host?: string | null;
  readonly status?: string | null;
  readonly attach_status?: string | null;
  readonly volume_attachment?: readonly VolumeAttachment[] | null;
  readonly volume_type?: VolumeType | null;
  readonly provider_auth?: string | null;
  readonly provider_id?: string | null;
  readonly consistencygroup_id?: string | null;
  readonly consistencygroup?: { readonly id: string } | null;
  readonly group_id?: string | null;
  readonly replication_driver_data?: string | null;
  readonly driver_data?: string | null;
}

export interface Snapshot {
  readonly id: string;
  readonly provider_id?: string | null;
  readonly volume: Volume;
}

export interface Group {
  readonly id: string;
  readonly status?: string | null;
}

/** A consistency group's or generic group's snapshot. */
export interface GroupSnapshot {
  readonly id: string;
  readonly consistencygroup_id?: string | null;
  readonly group_id?: string | null;
}

export interface Connector {
  readonly initiator?: string | null;
  readonly host?: string;
  readonly ip?: string;
  readonly multipath?: boolean;
}

/** Says how to name an object of the array that is to be managed. */
export interface ExistingReference {
  readonly 'source-name'?: string;
  readonly 'source-id'?: string;
}

export interface ModelUpdate {
  status?: string;
  [field: string]: unknown;
}

export interface ObjectUpdate extends ModelUpdate {
  id: string;
}

/** What the driver does not use but is handed: the request's context. */
export type Context = unknown;

/** The id that the array's volume is named by. */
export function nameId(volume: Pick<Volume, 'id' | 'name_id' | '_name_id'>): string {
  return volume._name_id || volume.name_id || volume.id;
}

export function extraSpecs(volume: Pick<Volume, 'volume_type'>): Readonly<Record<string, string>> {
  return volume.volume_type?.extra_specs ?? {};
}
