import type { ArrayAdminClient } from '../arrays/array-admin-client.js';
import type { Outcome } from '../manager/outcome.js';
import type { AttachmentRecord, ConnectorRecord, GroupRecord, GroupSnapshotRecord } from '../manager/records.js';
import type { ExistingReference } from '../manager/requests.js';
import type { VolumeManager } from '../manager/volume-manager.js';
import { cinderMethods } from '../subjects/methods.js';
import type { CallStep } from './format.js';
import { sizeGib } from './quantities.js';
import type { SymbolTable } from './symbol-table.js';

/** What a call needs of the story. */
interface Scene {
  readonly step: CallStep;
  readonly manager: VolumeManager;
  readonly symbols: SymbolTable;
  readonly admin: ArrayAdminClient;
}

type Fields = readonly (keyof CallStep)[];

/** How a documented method is called through the volume manager. */
interface Call {
  /** The fields of a step that it takes; those with a `!` are needed. */
  readonly takes: Fields;
  readonly needs: Fields;
  run(scene: Scene): Promise<Outcome>;
}

const newVolume: Fields = ['as', 'size', 'pool', 'type', 'group', 'multiattach'];

const defaultPool = 'DDP_1';

function call(needs: Fields, takes: Fields, run: Call['run']): Call {
  return { needs, takes: [...needs, ...takes], run };
}

/** The documented methods by name, as stories call them. */
export const calls: Readonly<Record<string, Call>> = {
  do_setup: call([], [], ({ manager }) => manager.initHost()),
  check_for_setup_error: call([], [], ({ manager }) => manager.initHost()),
  get_volume_stats: call([], ['refresh'], ({ manager }) => manager.publishStats()),
  create_volume: call(['as'], newVolume, async ({ step, manager, symbols }) => {
    const outcome = await manager.createVolume(volumeOf(step, symbols));
    symbols.add(step.as, outcome.volume);
    return outcome;
  }),
  create_volume_from_snapshot: call(['as', 'from'], newVolume, async ({ step, manager, symbols }) => {
    const snapshot = symbols.snapshot(step.from);
    const outcome = await manager.createVolumeFromSnapshot({
      ...volumeOf(step, symbols, snapshot.volume_size),
      snapshot,
    });
    symbols.add(step.as, outcome.volume);
    return outcome;
  }),
  create_cloned_volume: call(['as', 'from'], newVolume, async ({ step, manager, symbols }) => {
    const source = symbols.volume(step.from);
    const outcome = await manager.createVolumeFromVolume({ ...volumeOf(step, symbols, source.size), source });
    symbols.add(step.as, outcome.volume);
    return outcome;
  }),
  delete_volume: call(['of'], ['cascade'], ({ step, manager, symbols }) =>
    manager.deleteVolume(symbols.volume(step.of), { cascade: step.cascade ?? false }),
  ),
  extend_volume: call(['of', 'size'], [], ({ step, manager, symbols }) =>
    manager.extendVolume(symbols.volume(step.of), sizeGib(step.size ?? 0)),
  ),
  create_snapshot: call(['as', 'of'], [], async ({ step, manager, symbols }) => {
    const outcome = await manager.createSnapshot({ name: step.as ?? '', volume: symbols.volume(step.of) });
    symbols.add(step.as, outcome.snapshot);
    return outcome;
  }),
  delete_snapshot: call(['of'], [], ({ step, manager, symbols }) => manager.deleteSnapshot(symbols.snapshot(step.of))),
  revert_to_snapshot: call(['of'], [], ({ step, manager, symbols }) => {
    const snapshot = symbols.snapshot(step.of);
    return manager.revertToSnapshot(symbols.volumeById(snapshot.volume_id), snapshot);
  }),
  initialize_connection: call(['of'], ['as', 'host', 'connector'], async ({ step, manager, symbols }) => {
    const outcome = await manager.attach(symbols.volume(step.of), connectorOf(step) ?? {});
    const { connection_info: info, connector } = outcome.attachment;
    symbols.add(step.as ?? `${step.of}@${hostOf(step)}`, outcome.attachment);
    if (info !== null && connector !== null) symbols.connected(step.of, hostOf(step), { info, connector });
    return outcome;
  }),
  terminate_connection: call(['of'], ['host', 'connector', 'force'], ({ step, manager, symbols }) => {
    const record = symbols.record(step.of);
    const attachment =
      'attach_status' in record && 'connector' in record ? record : symbols.attachmentOf(step.of, hostOf(step));
    if (attachment !== undefined && step.connector === undefined)
      return manager.detach(attachment as AttachmentRecord, { force: step.force ?? false });
    return manager.terminateConnection(symbols.volume(step.of), connectorOf(step), { force: step.force ?? false });
  }),
  manage_existing: call(['as', 'reference'], ['pool', 'type'], async ({ step, manager, symbols, admin }) => {
    const outcome = await manager.manageExisting({
      name: step.as ?? '',
      reference: (await symbols.filledIn(step.reference, admin)) as ExistingReference,
      pool: step.pool ?? defaultPool,
      ...(step.type === undefined ? {} : { type: symbols.type(step.type) }),
    });
    symbols.add(step.as, outcome.volume);
    return outcome;
  }),
  unmanage: call(['of'], [], ({ step, manager, symbols }) => manager.unmanage(symbols.volume(step.of))),
  get_manageable_volumes: call([], [], ({ manager }) => manager.getManageableVolumes()),
  get_manageable_snapshots: call([], [], ({ manager }) => manager.getManageableSnapshots()),
  manage_existing_snapshot: call(['as', 'of', 'reference'], [], async ({ step, manager, symbols, admin }) => {
    const outcome = await manager.manageExistingSnapshot({
      name: step.as ?? '',
      volume: symbols.volume(step.of),
      reference: (await symbols.filledIn(step.reference, admin)) as ExistingReference,
    });
    symbols.add(step.as, outcome.snapshot);
    return outcome;
  }),
  unmanage_snapshot: call(['of'], [], ({ step, manager, symbols }) =>
    manager.unmanageSnapshot(symbols.snapshot(step.of)),
  ),
  create_group: call(['as'], [], async ({ step, manager, symbols }) => {
    const outcome = await manager.createGroup({ name: step.as ?? '' });
    symbols.add(step.as, outcome.group);
    return outcome;
  }),
  delete_group: call(['of'], [], ({ step, manager, symbols }) => manager.deleteGroup(symbols.group(step.of))),
  update_group: call(['of'], ['add', 'remove'], ({ step, manager, symbols }) =>
    manager.updateGroup(symbols.group(step.of), {
      add: (step.add ?? []).map((name) => symbols.volume(name)),
      remove: (step.remove ?? []).map((name) => symbols.volume(name)),
    }),
  ),
  create_group_from_src: call(['as', 'from', 'names'], [], async ({ step, manager, symbols }) => {
    const source = symbols.record(step.from);
    const names = step.names ?? [];
    const outcome = await manager.createGroupFromSource({
      name: step.as ?? '',
      names,
      ...('group_id' in source && 'status' in source && !('size' in source)
        ? { groupSnapshot: source as GroupSnapshotRecord }
        : { group: source as GroupRecord }),
    });
    symbols.add(step.as, outcome.group);
    for (const [index, volume] of (outcome.volumes ?? []).entries()) symbols.add(names[index], volume);
    return outcome;
  }),
  create_group_snapshot: call(['as', 'of'], [], async ({ step, manager, symbols }) => {
    const outcome = await manager.createGroupSnapshot({ name: step.as ?? '', group: symbols.group(step.of) });
    symbols.add(step.as, outcome.groupSnapshot);
    for (const snapshot of outcome.snapshots ?? [])
      symbols.add(`${step.as}.${symbols.nameOf(snapshot.volume_id)}`, snapshot);
    return outcome;
  }),
  delete_group_snapshot: call(['of'], [], ({ step, manager, symbols }) =>
    manager.deleteGroupSnapshot(symbols.groupSnapshot(step.of)),
  ),
  retype: call(['of', 'type'], ['pool'], ({ step, manager, symbols }) =>
    manager.retype(symbols.volume(step.of), symbols.type(step.type ?? {}), {
      ...(step.pool === undefined ? {} : { pool: step.pool }),
    }),
  ),
  update_migrated_volume: call(['of', 'to'], [], ({ step, manager, symbols }) =>
    manager.migrateCompletion(symbols.volume(step.of), symbols.volume(step.to)),
  ),
};

/** The consistency-group methods are called by the same steps, on that surface. */
export const aliases: Readonly<Record<string, string>> = {
  create_consistencygroup: 'create_group',
  delete_consistencygroup: 'delete_group',
  update_consistencygroup: 'update_group',
  create_consistencygroup_from_src: 'create_group_from_src',
  create_cgsnapshot: 'create_group_snapshot',
  delete_cgsnapshot: 'delete_group_snapshot',
};

/** How a documented method is called; undefined for one that only `args` can call. */
export function callOf(method: string): Call | undefined {
  const name = aliases[method] ?? method;
  return Object.hasOwn(calls, name) ? calls[name] : undefined;
}

/** The connector of a host of the story. */
function connectorOfHost(host: string): ConnectorRecord {
  return { initiator: `iqn.1993-08.org.debian:01:${host}`, host, ip: '127.0.0.1', multipath: true };
}

/** The host that a step means when it names none. */
const defaultHost = 'host-1';

export function hostOf({ host }: Pick<CallStep, 'host'>): string {
  return host ?? defaultHost;
}

function connectorOf(step: CallStep): ConnectorRecord | null {
  return step.connector === undefined ? connectorOfHost(hostOf(step)) : (step.connector as ConnectorRecord | null);
}

function volumeOf(step: CallStep, symbols: SymbolTable, defaultSize = 1) {
  return {
    name: step.as ?? '',
    size: step.size === undefined ? defaultSize : sizeGib(step.size),
    pool: step.pool ?? defaultPool,
    ...(step.type === undefined ? {} : { type: symbols.type(step.type) }),
    ...(step.group === undefined ? {} : { group: symbols.group(step.group) }),
    ...(step.multiattach === undefined ? {} : { multiattach: step.multiattach }),
  };
}

/** Whether a driver may be without a method: Cinder has code of its own for it, or calls another one. */
export function mayBeMissing(method: string): boolean {
  return cinderMethods[method]?.mandatory !== true || Object.hasOwn(aliases, method);
}
