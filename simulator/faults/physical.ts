import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { ComponentKind, ControllerRecord, DriveRecord, IscsiPortRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { type ActionName, type ActionOf, actionNames, type FaultAction } from './fault-actions.js';
import { type FaultError, notAllowed } from './fault-error.js';
import { sizeBytes } from './quantities.js';

export type PhysicalAction =
  Extract<FaultAction, { readonly for?: unknown }> extends infer Action
    ? Exclude<Action, { readonly do: 'delay' | 'delay-command' }>
    : never;

export function isPhysical(action: FaultAction): action is PhysicalAction {
  return (actionNames.physical as readonly ActionName[]).includes(action.do);
}

/**
 * Breaks something of an array. Answers how to mend it, unless it was mended before: what was mended by other means or
 * taken away meanwhile is left alone. Throws ArrayError when there is no such thing, or the array refuses.
 */
export function breakDown(array: StorageArray, action: PhysicalAction, ruleId: string): () => void {
  switch (action.do) {
    case 'drive':
      return loseDrives(array, [driveOf(array, action.drive)], action.state ?? 'failed');
    case 'tray':
      return loseDrives(array, drivesOfTray(array, action.tray), 'removed');
    case 'controller':
      return loseController(array, action);
    case 'port':
      return loseLinks(array, portsOf(array, action.port));
    case 'power-supply':
      return breakPart(array, 'powerSupply', slotOf(action.slot), action.state ?? 'failed');
    case 'fan':
      return breakPart(array, 'fan', slotOf(action.slot), action.state ?? 'failed');
    case 'battery':
      return breakPart(array, 'battery', action.controller === 'B' ? 2 : 1, action.state ?? 'failed');
    case 'temperature': {
      const status = action.state === 'maximum-exceeded' ? 'maxTempExceed' : 'nominalTempExceed';
      return breakPart(array, 'temperatureSensor', slotOf(action.slot), status);
    }
    case 'fill-pool':
      return fillPool(array, action, ruleId);
    case 'fill-repository':
      return fillRepository(array, action);
    case 'fill-thin': {
      const { ref } = array.thinVolumes.fill(action.volume, sizeBytes(action.leave ?? 0));
      return () => {
        if (array.tables.volumes.has(ref)) array.thinVolumes.unfill(ref);
      };
    }
  }
}

/** Which property of an action names what it breaks. */
const namingProperty: Partial<Record<ActionName, string>> = {
  drive: 'drive',
  tray: 'tray',
  controller: 'controller',
  port: 'port',
  'fill-pool': 'pool',
  'fill-repository': 'of',
  'fill-thin': 'volume',
};

/** The error for an action that names what is not there: the property, what it says, and what there is. */
export function unknownPart(array: StorageArray, action: PhysicalAction): FaultError {
  const property = namingProperty[action.do] ?? 'do';
  const names = namesOf(array, action.do);
  const shown = names.slice(0, mostNames).join(', ') || 'there is none';
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return notAllowed(`what.${property}`, (action as Readonly<Record<string, unknown>>)[property], shown + more);
}

const mostNames = 24;

function namesOf(array: StorageArray, action: ActionName): string[] {
  const { trays, drives, pools, snapshotGroups, volumes } = array.tables;
  switch (action) {
    case 'drive':
      return drives.toJSON().map((drive) => nameOfDrive(array, drive));
    case 'tray':
      return trays.toJSON().map(({ trayId }) => String(trayId));
    case 'controller':
      return array.controllers.list().map(({ label }) => label);
    case 'port':
      return ['*', ...array.iscsiTarget.ports().map((port) => nameOfPort(array, port))];
    case 'fill-pool':
      return pools.toJSON().map(({ label }) => label);
    case 'fill-repository':
      return snapshotGroups.toJSON().map(({ label }) => label);
    case 'fill-thin':
      return volumes
        .toJSON()
        .filter(({ kind }) => kind === 'thin')
        .map(({ label }) => label);
    default:
      return [];
  }
}

/** A drive as rules call it: tray and slot. */
export function nameOfDrive(array: StorageArray, { trayRef, slot }: DriveRecord): string {
  return `${array.tables.trays.get(trayRef)?.trayId}/${slot}`;
}

/** A host port as rules call it: controller and channel. */
export function nameOfPort(array: StorageArray, { controllerRef, channel }: IscsiPortRecord): string {
  return `${array.controllers.require(controllerRef).label}${channel}`;
}

function driveOf(array: StorageArray, name: string): DriveRecord {
  const [, trayId, slot] = /^(\d+)\/(\d+)$/.exec(name.trim()) ?? [];
  if (trayId === undefined) return array.drives.require(name);
  const found = array.tables.drives
    .toJSON()
    .find((drive) => drive.slot === Number(slot) && array.tables.trays.get(drive.trayRef)?.trayId === Number(trayId));
  if (found === undefined) throw new ObjectNotFound('invalidDriveref', 'drive', name);
  return found;
}

function drivesOfTray(array: StorageArray, trayId: number): DriveRecord[] {
  const tray = array.tables.trays.toJSON().find((each) => each.trayId === trayId);
  if (tray === undefined) throw new ObjectNotFound('driveNotExist', 'tray', String(trayId));
  return array.tables.drives.toJSON().filter((drive) => drive.trayRef === tray.ref && drive.status === 'optimal');
}

function loseDrives(array: StorageArray, drives: readonly DriveRecord[], how: 'failed' | 'removed'): () => void {
  const lost = drives.filter((drive) => drive.status !== how);
  array.transact(() => {
    for (const { ref } of lost) {
      if (how === 'failed') array.drives.fail(ref);
      else array.drives.remove(ref);
    }
  });
  return () => {
    array.transact(() => {
      for (const { ref } of lost) {
        if (array.tables.drives.get(ref)?.status !== how) continue;
        if (how === 'failed') array.drives.replace(ref);
        else array.drives.reinsert(ref);
      }
    });
  };
}

const controllerStates = { offline: 'failed', 'service-mode': 'serviceMode', removed: 'removed' } as const;

function loseController(array: StorageArray, { controller, state = 'offline' }: ActionOf<'controller'>): () => void {
  const { ref } = controllerOf(array, controller);
  if (state === 'reset') {
    array.controllers.reset(ref);
    return () => undefined;
  }
  const status: ControllerRecord['status'] = controllerStates[state];
  if (array.controllers.require(ref).status === status) return () => undefined;
  array.controllers.setStatus(ref, status);
  return () => {
    if (array.controllers.require(ref).status === status) array.controllers.setStatus(ref, 'optimal');
  };
}

function controllerOf(array: StorageArray, name: string): ControllerRecord {
  const byLabel = array.controllers.list().find((controller) => controller.label === name.toUpperCase());
  return byLabel ?? array.controllers.require(name);
}

function portsOf(array: StorageArray, name: string): IscsiPortRecord[] {
  const ports = array.iscsiTarget.ports();
  if (name === '*') return ports;
  const [, label, number] = /^([AB])(\d+)$/i.exec(name) ?? [];
  if (label === undefined) return [array.iscsiTarget.port(name)];
  const { ref } = controllerOf(array, label);
  const found = ports.find((port) => port.controllerRef === ref && port.channel === Number(number));
  if (found === undefined) throw new ObjectNotFound('invalidInterfaceref', 'iSCSI host port', name);
  return [found];
}

function loseLinks(array: StorageArray, ports: readonly IscsiPortRecord[]): () => void {
  const lost = ports.filter((port) => port.linkStatus === 'up');
  const set = (linkStatus: IscsiPortRecord['linkStatus']) =>
    array.transact(() => {
      for (const { ref } of lost) array.iscsiTarget.setLink(ref, linkStatus);
    });
  set('down');
  return () => set('up');
}

function slotOf(slot: number | undefined): 1 | 2 {
  return slot === 2 ? 2 : 1;
}

function breakPart(
  array: StorageArray,
  kind: ComponentKind,
  slot: 1 | 2,
  status: 'failed' | 'removed' | 'expired' | 'nominalTempExceed' | 'maxTempExceed',
): () => void {
  if (array.components.status(kind, slot) === status) return () => undefined;
  array.components.setStatus(kind, slot, status);
  return () => {
    if (array.components.status(kind, slot) === status) array.components.setStatus(kind, slot, 'optimal');
  };
}

/** An ordinary volume takes all free capacity. */
function fillPool(array: StorageArray, { pool: name, leave = 0 }: ActionOf<'fill-pool'>, ruleId: string): () => void {
  const pool = array.pools.find(name) ?? array.pools.require(name);
  const granularity = array.pools.granularityBytes(pool);
  const room = array.pools.freeBytes(pool) - (sizeBytes(leave) ?? 0);
  const made: string[] = [];
  array.transact(() => {
    let left = Math.floor(room / granularity) * granularity;
    for (let number = 1; left > 0; number++) {
      const capacityBytes = Math.min(left, Math.floor(array.system.limits.maxVolumeBytes / granularity) * granularity);
      const label = freeLabel(array, `${ruleId.replace(/[^\w-]/g, '_')}_${number}`);
      made.push(array.volumes.create({ label, poolRef: pool.ref, capacityBytes }).ref);
      left -= capacityBytes;
    }
  });
  return () => {
    array.transact(() => {
      for (const ref of made) if (array.tables.volumes.has(ref)) array.volumes.delete(ref);
    });
  };
}

function freeLabel(array: StorageArray, wanted: string): string {
  const taken = new Set(array.tables.volumes.toJSON().map((volume) => volume.label));
  for (let number = 0; ; number++) {
    const label = number === 0 ? wanted.slice(0, 30) : `${wanted.slice(0, 26)}_${number}`;
    if (!taken.has(label)) return label;
  }
}

function fillRepository(array: StorageArray, { of, leave = 0 }: ActionOf<'fill-repository'>): () => void {
  const groups = array.tables.snapshotGroups.toJSON();
  const base = array.volumes.find(of)?.ref;
  const wanted = of.toLowerCase();
  const [first, ...others] = groups.filter(
    (group) => group.label.toLowerCase() === wanted || group.ref.toLowerCase() === wanted || group.baseRef === base,
  );
  if (first === undefined) throw new ObjectNotFound('invalidPitGroupRef', 'snapshot group', of);
  // Of a volume with several groups, the ones without an image have nothing to fill.
  const filled = [first, ...others].filter(({ ref }) => array.snapshotImages.newest(ref) !== undefined);
  if (filled.length === 0)
    throw new ArrayError('illegalParam', `Snapshot group '${first.label}' has no image: its repository holds nothing.`);
  const held = array.transact(() =>
    filled.map((group) => array.snapshotCharges.fill(group.ref, sizeBytes(leave) ?? 0)),
  );
  return () => {
    for (const each of held) array.snapshotCharges.unfill(each);
  };
}
