import { isPlainObject, shown } from './driver-answers.js';
import { exception } from './exceptions.js';
import type { Operation } from './operation.js';
import type { GroupRecord, GroupSnapshotRecord, VolumeRecord } from './records.js';
import { groupSnapshotStatuses, groupStatuses, isFailure } from './statuses.js';
import { isTruthy, saveVolume, type Update } from './updates.js';

/** What came back for a call on a group: from the driver, or from the manager's own code in its place (R31). */
export interface GroupAnswer {
  readonly method: string;
  readonly returned: unknown;
  readonly byDriver: boolean;
}

/** Records violations of the driver's answers; the answers of the manager's own code are not judged. */
export function judge(operation: Operation, { method, byDriver }: GroupAnswer, requirement: string, message: string) {
  if (byDriver) operation.violate(requirement, `${method}: ${message}`);
}

/** The parts of a tuple. Throws as Python does when an answer can't be taken apart (source: R39, R45, R50, R53). */
export function unpack(operation: Operation, answer: GroupAnswer, requirement: string, length: number): unknown[] {
  const { method, returned } = answer;
  if (Array.isArray(returned) && returned.length === length) return returned.map((each: unknown) => each ?? null);
  judge(operation, answer, requirement, `${shown(returned)} was returned, no ${length}-tuple`);
  throw exception(Array.isArray(returned) ? 'ValueError' : 'TypeError', `cannot unpack what ${method} returned`);
}

/** Judges the update of a group or of a group's snapshot (source: R33). */
export function judgeModelUpdate(operation: Operation, answer: GroupAnswer, update: unknown): void {
  if (update !== null && !isPlainObject(update)) {
    judge(operation, answer, 'R33', `model_update is ${shown(update)}, neither None nor a dict`);
    return;
  }
  if (isTruthy(update) && update !== null && !('status' in update))
    judge(operation, answer, 'R33', `model_update has no status: ${shown(update)}`);
}

/** What the entries of a list of updates must be. */
export interface EntryRule {
  readonly requirement: string;
  readonly name: string;
  /** The ids of the objects that the driver was handed. */
  readonly ids: readonly string[];
  readonly needsStatus: boolean;
}

/** Judges a list of updates, one by object (source: R34, R35, and the rule's own requirement). */
export function judgeEntries(
  operation: Operation,
  answer: GroupAnswer,
  { requirement, name, ids, needsStatus }: EntryRule,
  { entries, modelUpdate }: { readonly entries: unknown; readonly modelUpdate: unknown },
): void {
  const fault = (message: string, broken = requirement) => judge(operation, answer, broken, message);
  if (entries === null) return;
  if (!Array.isArray(entries)) {
    fault(`${name} is ${shown(entries)}, neither None nor a list`);
    return;
  }
  const seen = new Set<unknown>();
  for (const entry of entries as unknown[]) {
    if (!isPlainObject(entry)) {
      fault(`an entry of ${name} is ${shown(entry)}, no plain dict`, 'R34');
      continue;
    }
    const { id, status } = entry;
    if (!('id' in entry)) fault(`an entry of ${name} has no id: ${shown(entry)}`, 'R34');
    else if (!ids.includes(String(id))) fault(`${name} has ${shown(id)}, which the driver was not handed`);
    else if (seen.has(id)) fault(`${name} has ${shown(id)} twice`);
    seen.add(id);
    if (needsStatus && !('status' in entry)) fault(`an entry of ${name} has no status: ${shown(entry)}`);
    if (needsStatus && isFailure(status) && !(isPlainObject(modelUpdate) && 'status' in modelUpdate))
      fault(`${shown(id)} is ${shown(status)}, but model_update is ${shown(modelUpdate)}: it needs a status`, 'R35');
  }
}

/** The entries of a list, as a loop of Python's goes over them. */
export function* loop(entries: unknown): Generator<unknown> {
  if (!isTruthy(entries)) return;
  if (!Array.isArray(entries)) throw exception('TypeError', `${shown(entries)} is not iterable by updates`);
  yield* entries as unknown[];
}

/** `of[key]`, with the exceptions of Python's subscripts. */
export function subscript(of: unknown, key: string): unknown {
  if (!isPlainObject(of)) throw exception('TypeError', `${shown(of)} is not subscriptable by '${key}'`);
  if (!(key in of)) throw exception('KeyError', `'${key}'`);
  return of[key];
}

/** A member's failure is its group's, unless that says so itself (source: R40, R54, R57). */
export function upgrade(modelUpdate: unknown, entry: unknown): void {
  const status = subscript(entry, 'status');
  if (isFailure(status) && !isFailure(subscript(modelUpdate, 'status')))
    Object.assign(modelUpdate as Update, { status });
}

/** Saves updates of volumes: all, or none when a volume is not known (source: R40, R45, R47). */
export function saveVolumeEntries(operation: Operation, requirement: string, entries: readonly unknown[]): void {
  const { volumes } = operation.database;
  const pairs = entries.map((entry): [VolumeRecord, Update] => {
    const id = String(subscript(entry, 'id'));
    const volume = volumes.get(id);
    if (volume === undefined) throw exception('VolumeNotFound', `Volume ${id} could not be found.`);
    return [volume, entry as Update];
  });
  for (const [volume, update] of pairs) saveVolume(operation, requirement, volume, update);
}

const groupFields = new Set([
  'id',
  'name',
  'description',
  'status',
  'host',
  'cluster_name',
  'availability_zone',
  'group_type_id',
  'group_snapshot_id',
  'source_group_id',
  'replication_status',
  'user_id',
  'project_id',
  'created_at',
  'updated_at',
]);

/** Saves a group's update. Throws ValueError for a status that Cinder's field refuses. */
export function saveGroup(operation: Operation, answer: GroupAnswer, group: GroupRecord, update: unknown): void {
  saveModelUpdate(operation, answer, { record: group, statuses: groupStatuses, fields: groupFields }, update);
}

const groupSnapshotFields = new Set([
  'id',
  'name',
  'description',
  'status',
  'group_id',
  'group_type_id',
  'user_id',
  'project_id',
  'created_at',
  'updated_at',
]);

/** Saves the update of a group's snapshot. Throws ValueError for a status that Cinder's field refuses. */
export function saveGroupSnapshot(
  operation: Operation,
  answer: GroupAnswer,
  groupSnapshot: GroupSnapshotRecord,
  update: unknown,
): void {
  const target = { record: groupSnapshot, statuses: groupSnapshotStatuses, fields: groupSnapshotFields };
  saveModelUpdate(operation, answer, target, update);
}

interface Target {
  readonly record: GroupRecord | GroupSnapshotRecord;
  readonly statuses: ReadonlySet<unknown>;
  readonly fields: ReadonlySet<string>;
}

function saveModelUpdate(
  operation: Operation,
  answer: GroupAnswer,
  { record, statuses, fields }: Target,
  update: unknown,
): void {
  const status = isPlainObject(update) && 'status' in update ? update.status : record.status;
  if (!statuses.has(status)) {
    judge(operation, answer, 'R33', `model_update has the status ${shown(status)}, which there is not`);
    throw exception('ValueError', `Field value ${shown(status)} is invalid`);
  }
  if (!isPlainObject(update)) throw exception('TypeError', `${shown(update)} is no dict`);
  for (const field of Object.keys(update))
    if (!fields.has(field)) judge(operation, answer, 'R33', `model_update has the unknown field ${field}`);
  record.status = String(status);
}
