import type { SavedContents } from './contents.js';
import { completed } from './defaults.js';
import {
  asyncMirrorGroupDefaults,
  asyncMirrorMemberDefaults,
  consistencyGroupDefaults,
  controllerDefaults,
  counterDefaults,
  declaredWorkloadDefaults,
  driveDefaults,
  eventDefaults,
  hostDefaults,
  hostPortDefaults,
  iscsiPortDefaults,
  iscsiTargetDefaults,
  jobDefaults,
  poolDefaults,
  reservationDefaults,
  snapshotGroupDefaults,
  snapshotImageDefaults,
  snapshotVolumeDefaults,
  ssdCacheDefaults,
  systemDefaults,
  thickVolumeDefaults,
  thinVolumeDefaults,
  trayDefaults,
  volumeCopyDefaults,
  volumeDefaults,
} from './records.js';
import { totalKinds } from './statistics/counters.js';
import type { SavedStatistics } from './statistics/statistics.js';
import { type SavedTables, type TableName, tableNames } from './tables.js';

/** The state of an array as plain data: it can be kept as JSON, compared and restored. */
export interface SavedArray {
  /** What its records are like; grows when a property changes its name or meaning. */
  readonly format: number;
  readonly tables: SavedTables;
  /** Absent where the contents are kept apart. */
  readonly contents?: SavedContents;
  /** Absent in states of earlier versions: the counters begin anew. */
  readonly statistics?: SavedStatistics;
}

/** The format that this version writes. */
export const savedFormat = 2;

/** A saved state that this version cannot read; the message says why. */
export class SavedStateError extends Error {
  override readonly name = 'SavedStateError';
}

/** The records of an earlier format. */
type OldTables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/**
 * What makes a state of the format before it one of a format. A property that is only added needs none: it has a
 * default.
 */
const migrations: Readonly<Record<number, (tables: OldTables) => OldTables>> = {
  2: (tables) => ({
    ...tables,
    jobs: (tables.jobs ?? []).map(({ looks, ...job }) => ({ ...job, polls: looks })),
  }),
};

/** What a record may lack because it came later, by table. A kind that is not here has only what was always there. */
const defaults: { readonly [Name in TableName]?: object } = {
  system: systemDefaults,
  counters: counterDefaults,
  controllers: controllerDefaults,
  iscsiPorts: iscsiPortDefaults,
  iscsiTargets: iscsiTargetDefaults,
  trays: trayDefaults,
  drives: driveDefaults,
  pools: poolDefaults,
  ssdCaches: ssdCacheDefaults,
  snapshotGroups: snapshotGroupDefaults,
  snapshotImages: snapshotImageDefaults,
  snapshotVolumes: snapshotVolumeDefaults,
  consistencyGroups: consistencyGroupDefaults,
  volumeCopies: volumeCopyDefaults,
  asyncMirrorGroups: asyncMirrorGroupDefaults,
  asyncMirrorMembers: asyncMirrorMemberDefaults,
  hosts: hostDefaults,
  hostPorts: hostPortDefaults,
  reservations: reservationDefaults,
  declaredWorkloads: declaredWorkloadDefaults,
  events: eventDefaults,
  jobs: jobDefaults,
};

const thick = { ...volumeDefaults, ...thickVolumeDefaults };
const thin = { ...volumeDefaults, ...thinVolumeDefaults };

/**
 * The records of a saved state, of this format or an earlier one, with the default of each property that came later.
 * Throws SavedStateError for a format or a table that this version does not know, and without a table that it needs.
 */
export function readTables({ format, tables }: Pick<SavedArray, 'format' | 'tables'>): SavedTables {
  if (!Number.isInteger(format) || format < 1 || format > savedFormat)
    throw new SavedStateError(
      `holds an array of format ${format}, this version reads 1 to ${savedFormat}: use the version that wrote it`,
    );
  refuseOtherTables(tables);
  let present: OldTables = tables as never;
  for (let next = format + 1; next <= savedFormat; next++) present = migrations[next]?.(present) ?? present;
  const read = Object.entries(present).map(([name, records]) => [name, records.map((each) => complete(name, each))]);
  return Object.fromEntries(read) as SavedTables;
}

/** Tables that a state of an earlier version may lack. */
const laterTables: ReadonlySet<string> = new Set<TableName>([
  'components',
  'asyncMirrorGroups',
  'asyncMirrorMembers',
  'reservations',
  'declaredWorkloads',
  'parityScans',
  'ssdCaches',
  'documents',
]);

/** The counters of a saved state. Throws SavedStateError for what is not counters. */
export function readStatistics({ statistics }: Pick<SavedArray, 'statistics'>): SavedStatistics | undefined {
  if (statistics === undefined) return undefined;
  const { resetMs, settledMs, totals, flows }: { readonly [Name in keyof SavedStatistics]: unknown } = statistics;
  const isCounters = (value: unknown) =>
    isObject(value) &&
    Object.values(value).every((each) => isObject(each) && Object.values(each).every(Number.isFinite));
  const isWhole =
    Number.isFinite(resetMs) &&
    Number.isFinite(settledMs) &&
    isObject(totals) &&
    totalKinds.every((kind) => isCounters(totals[kind])) &&
    Array.isArray(flows) &&
    flows.every((each) => isObject(each) && isObject(each.flow));
  if (!isWhole) throw new SavedStateError('holds an array whose statistics are not counters');
  return statistics;
}

function refuseOtherTables(tables: unknown): void {
  if (!isObject(tables)) throw new SavedStateError('holds an array without tables');
  for (const [name, records] of Object.entries(tables)) {
    if (!tableNames.has(name))
      throw new SavedStateError(
        `holds an array with a table '${name}', which this version does not know: use the version that wrote it`,
      );
    if (!Array.isArray(records) || !records.every((each) => isObject(each) && typeof each.ref === 'string'))
      throw new SavedStateError(`holds an array whose table '${name}' is not a list of records`);
  }
  const missing = [...tableNames].find((name) => !Object.hasOwn(tables, name) && !laterTables.has(name));
  if (missing !== undefined) throw new SavedStateError(`holds an array without the table '${missing}'`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function complete(table: string, record: Readonly<Record<string, unknown>>): object {
  if (table === 'volumes') return completed(record, record.kind === 'thin' ? thin : thick);
  return completed(record, defaults[table as TableName] ?? {});
}
