import { InvalidConnectorException, InvalidInput, InvalidVolume, ManageExistingInvalidReference } from './errors.js';
import type { Paging } from './managing.js';
import type { Connector, ExistingReference, Group, GroupSnapshot, Snapshot, Volume, VolumeType } from './model.js';

/**
 * Checks of what a caller hands over, before anything is asked of the array: callers in other languages have no types.
 * All throw InvalidInput unless they say otherwise.
 */

/** What the largest volume could have at most, in GiB, for any array: sizes stay whole numbers in bytes. */
const maxSizeGib = 2 ** 23;

function refuse(what: string, value: unknown): never {
  const shown = JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  throw new InvalidInput({ reason: `${what}, not ${(shown ?? String(value)).slice(0, 80)}.` });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : refuse(`${what} is an object`, value);
}

function checkText(value: unknown, what: string): void {
  if (typeof value !== 'string' || value === '') refuse(`${what} is a text`, value);
}

/** Texts that may be absent. */
function checkTexts(object: Readonly<Record<string, unknown>>, what: string, names: readonly string[]): void {
  for (const name of names) {
    const value = object[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') refuse(`${what}.${name} is a text or null`, value);
  }
}

export function checkVolume(volume: Volume, what = 'volume'): void {
  const given = checkObject(volume, what);
  checkText(given.id, `${what}.id`);
  checkTexts(given, what, ['name_id', '_name_id', 'host', 'provider_auth', 'consistencygroup_id', 'driver_data']);
  checkType(volume.volume_type ?? {}, `${what}.volume_type`);
  const attachments = given.volume_attachment ?? [];
  if (!Array.isArray(attachments) || !attachments.every(isObject))
    refuse(`${what}.volume_attachment is a list of objects`, attachments);
}

/** A volume that is to be made. Throws InvalidVolume for a size that is none. */
export function checkNewVolume(volume: Volume): void {
  checkVolume(volume);
  checkSize(volume.size, 'the size');
}

function checkSize(size: unknown, what: string): void {
  if (!Number.isInteger(size) || Number(size) < 1 || Number(size) > maxSizeGib)
    throw new InvalidVolume({
      reason: `${what} is a whole number of GiB from 1 to ${maxSizeGib}, not ${JSON.stringify(size)}.`,
    });
}

/** What a volume is to have in all. Throws InvalidVolume for what is less than it has, or no size. */
export function checkNewSize(volume: Volume, newSize: number): void {
  checkVolume(volume);
  checkSize(newSize, 'the new size');
  if (newSize < Number(volume.size))
    throw new InvalidVolume({ reason: `the new size, ${newSize} GiB, is less than the present ${volume.size} GiB.` });
}

export function checkType(type: VolumeType, what = 'new_type'): void {
  const specs = checkObject(type, what).extra_specs ?? {};
  checkObject(specs, `${what}.extra_specs`);
}

export function checkSnapshot(snapshot: Snapshot): void {
  const given = checkObject(snapshot, 'snapshot');
  checkText(given.id, 'snapshot.id');
  checkTexts(given, 'snapshot', ['provider_id', 'volume_id']);
  if (given.volume !== undefined && given.volume !== null) checkVolume(given.volume as Volume, 'snapshot.volume');
}

export function checkGroup(group: Group, what = 'group'): void {
  checkText(checkObject(group, what).id, `${what}.id`);
}

export function checkGroupSnapshot(groupSnapshot: GroupSnapshot): void {
  const given = checkObject(groupSnapshot, 'group_snapshot');
  checkText(given.id, 'group_snapshot.id');
  checkTexts(given, 'group_snapshot', ['group_id', 'consistencygroup_id']);
}

export function checkVolumes(volumes: readonly Volume[], what = 'volumes'): void {
  if (!Array.isArray(volumes)) refuse(`${what} is a list`, volumes);
  for (const volume of volumes) checkVolume(volume, `a volume of ${what}`);
}

export function checkSnapshots(snapshots: readonly Snapshot[]): void {
  if (!Array.isArray(snapshots)) refuse('snapshots is a list', snapshots);
  for (const snapshot of snapshots) checkSnapshot(snapshot);
}

export function checkPaging([, limit, offset, sortKeys, sortDirs]: Paging): void {
  for (const [name, value] of Object.entries({ limit, offset }))
    if (value !== undefined && value !== null && !(Number.isInteger(value) && value >= 0))
      refuse(`${name} is a whole number from 0 on`, value);
  for (const [name, value] of Object.entries({ sort_keys: sortKeys, sort_dirs: sortDirs }))
    if (value !== undefined && value !== null && !Array.isArray(value)) refuse(`${name} is a list`, value);
}

/** The initiator of a connector. Throws InvalidConnectorException when it has none. */
export function initiatorOf(connector: Connector | null | undefined): string {
  const initiator: unknown = isObject(connector) ? connector.initiator : undefined;
  if (typeof initiator === 'string' && initiator.trim() !== '') return initiator;
  throw new InvalidConnectorException({ missing: 'initiator' });
}

/** Throws ManageExistingInvalidReference for what is no reference. */
export function checkReference(reference: ExistingReference): void {
  if (!isObject(reference))
    throw new ManageExistingInvalidReference({ existing_ref: reference, reason: 'it is no object.' });
  for (const name of ['source-name', 'source-id'] as const)
    if (reference[name] !== undefined && typeof reference[name] !== 'string')
      throw new ManageExistingInvalidReference({ existing_ref: reference, reason: `its '${name}' is no text.` });
}
