import {
  attachmentPayload,
  groupPayload,
  groupSnapshotPayload,
  type Payload,
  snapshotPayload,
  typePayload,
  volumePayload,
} from './cinder-payloads.js';
import type { Database } from './database.js';
import { snapshotFields, volumeFields } from './updates.js';

/** What drivers look up in Cinder's database, and what they save there: by `volume.save()` and the calls of its API. */
export interface DriverRecords {
  /** The record; null where there is none. Throws RangeError for an unknown kind. */
  read(kind: string, id: string): unknown;
  /** The records whose fields have these values. Throws RangeError for a kind that has no list. */
  list(kind: string, where: Readonly<Record<string, unknown>>): unknown[];
  /** Saves fields of a record. Throws RangeError for records, kinds and fields that cannot be saved. */
  update(kind: string, id: string, values: Readonly<Record<string, unknown>>): void;
}

type Table = () => ReadonlyMap<string, Payload>;

/** The database as a driver sees it. What is read is a copy, in the form in which drivers are handed objects. */
export function driverRecords(database: Database): DriverRecords {
  const tables: Readonly<Record<string, Table>> = {
    volume: () => mapped(database.volumes, (each) => volumePayload(database, each)),
    snapshot: () => mapped(database.snapshots, (each) => snapshotPayload(database, each)),
    group: () => mapped(database.groups, groupPayload),
    group_snapshot: () =>
      mapped(database.groupSnapshots, (each) => groupSnapshotPayload(each, database.groups.get(each.group_id))),
    attachment: () => mapped(database.attachments, attachmentPayload),
    volume_type: () => mapped(database.volumeTypes, typePayload),
    group_type: () => mapped(database.groupTypes, (each) => structuredClone({ ...each })),
    qos_specs: () => mapped(database.qosSpecs, (each) => structuredClone({ ...each })),
  };
  return {
    read(kind, id) {
      const owner = metadataOf(database, kind, id);
      if (owner !== undefined) return owner.record === undefined ? null : structuredClone(readMetadata(owner));
      return tableOf(tables, kind)().get(id) ?? null;
    },
    list(kind, where) {
      if (Object.hasOwn(metadataTables, kind)) throw new RangeError(`${kind} is read by the id of what it belongs to`);
      const wanted = Object.entries(where);
      return [...tableOf(tables, kind)().values()].filter((record) =>
        wanted.every(([field, value]) => JSON.stringify(record[field]) === JSON.stringify(value)),
      );
    },
    update(kind, id, values) {
      const owner = metadataOf(database, kind, id);
      if (owner === undefined) updateRecord(database, kind, id, values);
      else updateMetadata(owner, id, values);
    },
  };
}

function tableOf(tables: Readonly<Record<string, Table>>, kind: string): Table {
  const table = Object.hasOwn(tables, kind) ? tables[kind] : undefined;
  if (table === undefined)
    throw new RangeError(
      `there is no kind '${kind}': known are ${[...Object.keys(tables), ...Object.keys(metadataTables)].join(', ')}`,
    );
  return table;
}

function mapped<Value>(
  table: ReadonlyMap<string, Value>,
  given: (value: Value) => Payload,
): ReadonlyMap<string, Payload> {
  return new Map([...table].map(([id, value]) => [id, given(value)]));
}

/** Where metadata is kept: beside the fields of the record that it belongs to. */
const metadataTables = {
  volume_metadata: { table: 'volumes', field: 'metadata' },
  volume_admin_metadata: { table: 'volumes', field: 'admin_metadata' },
  snapshot_metadata: { table: 'snapshots', field: 'metadata' },
} as const;

interface Metadata {
  readonly kind: string;
  readonly field: string;
  readonly record: { readonly other: Record<string, unknown> } | undefined;
}

function metadataOf(database: Database, kind: string, id: string): Metadata | undefined {
  if (!Object.hasOwn(metadataTables, kind)) return undefined;
  const { table, field } = metadataTables[kind as keyof typeof metadataTables];
  return { kind, field, record: database[table].get(id) };
}

function readMetadata({ field, record }: Metadata): Readonly<Record<string, unknown>> {
  const value = record?.other[field];
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Keys that are not named stay; null takes one away. */
function updateMetadata(owner: Metadata, id: string, values: Readonly<Record<string, unknown>>): void {
  const { kind, field, record } = owner;
  if (record === undefined) throw new RangeError(`${kind}: there is no record '${id}'`);
  const wrong = Object.entries(values).find(([, value]) => value !== null && typeof value !== 'string');
  if (wrong !== undefined)
    throw new RangeError(
      `${kind}: ${wrong[0]} is ${JSON.stringify(wrong[1])}: allowed are text, and null to remove it`,
    );
  const merged = { ...readMetadata(owner), ...values };
  record.other[field] = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** The kinds of records that drivers save, with their fields beyond those that records here have as properties. */
const savedFields: Readonly<Record<string, ReadonlySet<string>>> = {
  volume: new Set([...volumeFields, 'admin_metadata']),
  snapshot: snapshotFields,
  group: new Set(),
  group_snapshot: new Set(),
  attachment: new Set(['attached_host', 'attach_mode', 'instance_uuid', 'mountpoint']),
};

function updateRecord(database: Database, kind: string, id: string, values: Readonly<Record<string, unknown>>): void {
  const fields = Object.hasOwn(savedFields, kind) ? savedFields[kind] : undefined;
  if (fields === undefined)
    throw new RangeError(
      `a driver does not save a ${kind}: it saves ${[...Object.keys(savedFields), ...Object.keys(metadataTables)].join(', ')}`,
    );
  const record = recordOf(database, kind, id);
  if (record === undefined) throw new RangeError(`${kind}: there is no record '${id}'`);
  const isOwn = (field: string) => field !== 'other' && field !== 'id' && Object.hasOwn(record, field);
  const unknown = Object.keys(values).find((field) => !isOwn(field) && !fields.has(field));
  if (unknown !== undefined) throw new RangeError(`a ${kind} has no field '${unknown}' that can be saved`);
  for (const [field, value] of Object.entries(structuredClone(values))) {
    if (isOwn(field)) Object.assign(record, { [field]: value });
    else if (record.other !== undefined) record.other[field] = value;
  }
}

function recordOf(database: Database, kind: string, id: string) {
  const tables: Readonly<Record<string, ReadonlyMap<string, object>>> = {
    volume: database.volumes,
    snapshot: database.snapshots,
    group: database.groups,
    group_snapshot: database.groupSnapshots,
    attachment: database.attachments,
  };
  return tables[kind]?.get(id) as (object & { readonly other?: Record<string, unknown> }) | undefined;
}
