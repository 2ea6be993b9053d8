import { isPlainObject, shown } from './driver-answers.js';
import { exception } from './exceptions.js';
import type { Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord } from './records.js';
import { snapshotStatuses, volumeStatuses } from './statuses.js';

export type Update = Record<string, unknown>;

/** The fields of a kind of record, beyond those that records here have as properties (source: Cinder's objects). */
export const volumeFields = new Set([
  'availability_zone',
  'bootable',
  'cluster_name',
  'consistencygroup_id',
  'created_at',
  'display_description',
  'driver_data',
  'encryption_key_id',
  'ec2_id',
  'launched_at',
  'metadata',
  'previous_status',
  'project_id',
  'provider_geometry',
  'scheduled_at',
  'service_uuid',
  'shared_targets',
  'terminated_at',
  'updated_at',
  'user_id',
]);
export const snapshotFields = new Set([
  'cgsnapshot_id',
  'created_at',
  'display_description',
  'encryption_key_id',
  'metadata',
  'project_id',
  'provider_auth',
  'provider_location',
  'scheduled_at',
  'updated_at',
  'user_id',
  'volume_type_id',
]);

/** Python's idea of what counts as nothing. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isPlainObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/**
 * The update that a method returned: a dict, or undefined for None and {}. What is neither is a violation, and the
 * manager's `update` of it fails as Python's does.
 */
export function readUpdate(
  operation: Operation,
  { requirement, what }: { readonly requirement: string; readonly what: string },
  value: unknown,
): Update | undefined {
  if (value !== null && value !== undefined && !isPlainObject(value))
    operation.violate(requirement, `${what} is ${shown(value)}, neither None nor a dict`);
  if (!isTruthy(value)) return undefined;
  if (isPlainObject(value)) return value;
  throw exception('TypeError', `${what} is no dict: ${shown(value)}`);
}

/** Saves the fields of an update in a volume's record. */
export function saveVolume(operation: Operation, requirement: string, volume: VolumeRecord, update: Update): void {
  if ('status' in update && !volumeStatuses.has(update.status))
    operation.violate(requirement, `'${shown(update.status)}' is no status of a volume`);
  save(operation, requirement, { kind: 'volume', record: volume, fields: volumeFields }, update);
}

/** Saves the fields of an update in a snapshot's record. Throws ValueError for a status that Cinder's field refuses. */
export function saveSnapshot(
  operation: Operation,
  requirement: string,
  snapshot: SnapshotRecord,
  update: Update,
): void {
  if ('status' in update && !snapshotStatuses.has(update.status)) {
    operation.violate(requirement, `${shown(update.status)} is no status of a snapshot`);
    throw exception('ValueError', `Field value ${shown(update.status)} is invalid`);
  }
  save(operation, requirement, { kind: 'snapshot', record: snapshot, fields: snapshotFields }, update);
}

interface Target {
  readonly kind: string;
  readonly record: VolumeRecord | SnapshotRecord;
  readonly fields: ReadonlySet<string>;
}

function save(operation: Operation, requirement: string, { kind, record, fields }: Target, update: Update): void {
  for (const [field, value] of Object.entries(update)) {
    if (field === 'id') {
      if (value !== record.id)
        operation.violate(requirement, `the update of ${kind} ${record.id} has the id ${shown(value)}`);
    } else if (field !== 'other' && Object.hasOwn(record, field)) {
      if (!isFieldValue(field, value))
        operation.violate(requirement, `${shown(value)} is no value of the field ${field} of a ${kind}`);
      Object.assign(record, { [field]: value });
    } else {
      if (!fields.has(field)) operation.violate(requirement, `a ${kind} has no field ${field}`);
      if (field === 'metadata') checkMetadata(operation, requirement, record, value);
      record.other[field] = value;
    }
  }
}

/** What users wrote stays: the metadata of an update replaces that of the record (source: Cinder's objects, save). */
function checkMetadata(
  operation: Operation,
  requirement: string,
  { id, other }: VolumeRecord | SnapshotRecord,
  value: unknown,
): void {
  const [before, after] = [other.metadata, value].map((each) => (isPlainObject(each) ? each : {}));
  for (const [key, written] of Object.entries(before ?? {}))
    if (after?.[key] !== written)
      operation.violate(requirement, `the update takes the metadata '${key}' of ${id} away, which a user wrote`);
}

/** Whether a value has the type of one of the fields of the records: texts, but for these. */
function isFieldValue(field: string, value: unknown): boolean {
  if (field === 'size' || field === 'volume_size') return Number.isInteger(value);
  if (field === 'multiattach') return typeof value === 'boolean';
  return value === null || typeof value === 'string';
}
