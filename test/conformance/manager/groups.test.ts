import { describe, expect, it } from 'vitest';
import type { ManagerOptions } from '../../../conformance/manager/volume-manager.js';
import { broken, connector, managed, raise, request } from './scripted-subject.js';

type Script = Readonly<Record<string, unknown>>;
type Ids = { readonly id: string }[];

const failure = raise('NetAppDriverException', ['VolumeDriverException', 'CinderException']);
const pythonError = raise('KeyError', ['LookupError']);

/** A group with two volumes, of a driver that can make groups and what else is scripted. */
async function withGroup(script: Script = {}, options: Partial<ManagerOptions> = {}) {
  const { manager, subject } = await managed({ create_group: null, ...script }, options);
  const { group } = await manager.createGroup({ name: 'group' });
  const { volume: first } = await manager.createVolume({ ...request, group });
  const { volume: second } = await manager.createVolume({ ...request, group });
  subject.called();
  return { manager, subject, group, first, second };
}

/** An entry for each of the objects handed over, in a list by the argument's name. */
function entries(name: string, ...statuses: string[]) {
  return (args: Record<string, Ids>) => args[name]?.map(({ id }, index) => ({ id, status: statuses[index] })) ?? [];
}

describe('the methods for groups', () => {
  it('R31: NotImplementedError, and nothing else, is stood in for by volume', async () => {
    const { manager, subject, group } = await withGroup({
      create_group: raise('NotImplementedError', ['RuntimeError']),
    });
    expect(group.status).toBe('available');
    const { groupSnapshot, snapshots } = await manager.createGroupSnapshot({ name: 'snapshot', group });
    expect(subject.called()).toEqual(['create_snapshot', 'create_snapshot']);
    expect([groupSnapshot, ...snapshots].map(({ status }) => status)).toEqual(['available', 'available', 'available']);
    const names = ['a', 'b'];
    const { group: copy } = await manager.createGroupFromSource({ name: 'copy', names, groupSnapshot });
    expect(subject.called()).toEqual(['create_volume_from_snapshot', 'create_volume_from_snapshot']);
    await manager.updateGroup(group, { remove: manager.database.volumesOf(group).slice(1) });
    expect(subject.called()).toEqual([]);
    await manager.deleteGroupSnapshot(groupSnapshot);
    expect(subject.called()).toEqual(['delete_snapshot', 'delete_snapshot']);
    await manager.deleteGroup(copy);
    expect(subject.called()).toEqual(['remove_export', 'delete_volume', 'remove_export', 'delete_volume']);
    expect(manager.violations).toEqual([]);
  });

  it('R31: an exception of another class is none', async () => {
    const { manager } = await managed({ create_group: raise('AttributeError', []) });
    const { raised, group } = await manager.createGroup({ name: 'group' });
    expect([raised?.class, group.status]).toEqual(['AttributeError', 'error']);
  });

  it('R31: one volume that fails by itself fails its group’s snapshot', async () => {
    const { manager, group } = await withGroup({ create_snapshot: failure });
    const { raised, groupSnapshot, snapshots } = await manager.createGroupSnapshot({ name: 'snapshot', group });
    expect(raised?.class).toBe('VolumeDriverException');
    expect([groupSnapshot, ...snapshots].map(({ status }) => status)).toEqual(['error', 'error', 'error']);
  });

  it.each(['create_group_snapshot', 'delete_group_snapshot'])(
    'R32: %s must raise exceptions of Cinder’s, or it is stuck',
    async (method) => {
      const { manager, group } = await withGroup({ create_group_snapshot: [null, null], [method]: pythonError });
      const made = await manager.createGroupSnapshot({ name: 'snapshot', group });
      const creating = method === 'create_group_snapshot';
      const outcome = creating ? made : await manager.deleteGroupSnapshot(made.groupSnapshot);
      expect([outcome.raised?.class, ...broken(outcome)]).toEqual(['KeyError', 'R32']);
      expect(made.groupSnapshot.status).toBe(creating ? 'creating' : 'deleting');
    },
  );

  it.each([
    ['without a status', { name: 'group' }, 'KeyError', ['R33']],
    ['that is no dict', ['available'], 'TypeError', ['R33']],
    ['with a status that there is not', { status: 'done' }, 'ValueError', ['R33']],
    ['that is empty', {}, undefined, []],
  ])('R33: an update of a group %s', async (_name, create_group, raised, violations) => {
    const { manager } = await managed({ create_group });
    const outcome = await manager.createGroup({ name: 'group' });
    expect(outcome.raised?.class).toBe(raised);
    expect(outcome.group.status).toBe(raised === undefined ? 'available' : 'error');
    expect(broken(outcome)).toEqual(violations);
  });

  it('R34: the volumes handed over are no updates', async () => {
    const { manager, group } = await withGroup({ delete_group: ({ volumes }: { volumes: Ids }) => [null, volumes] });
    expect(broken(await manager.deleteGroup(group))).toContain('R34');
  });

  it('R34: no update is there twice', async () => {
    const { manager, group } = await withGroup({
      delete_group: ({ volumes }: { volumes: Ids }) => {
        const entry = { id: volumes[0]?.id, status: 'deleted' };
        return [null, [entry, entry]];
      },
    });
    expect(broken(await manager.deleteGroup(group))).toContain('R34');
  });

  it('R34: each update has an id', async () => {
    const { manager, group } = await withGroup({ create_group_snapshot: [null, [{ status: 'available' }]] });
    expect(broken(await manager.createGroupSnapshot({ name: 'snapshot', group }))).toEqual(['R34', 'R32']);
  });

  it('R35: an entry in error needs a model_update with a status', async () => {
    const { manager, group } = await withGroup({
      delete_group: (args: Record<string, Ids>) => [null, entries('volumes', 'error', 'deleted')(args)],
    });
    const outcome = await manager.deleteGroup(group);
    expect([outcome.raised?.class, ...broken(outcome), group.status]).toEqual(['TypeError', 'R35', 'error']);
  });
});

describe('create_group', () => {
  it.each([
    ['None', null, undefined, 'available'],
    ['another status', { status: 'updating' }, undefined, 'available'],
    ['error', { status: 'error' }, 'VolumeDriverException', 'error'],
    ['an exception', pythonError, 'KeyError', 'error'],
  ])('R36: %s', async (_name, create_group, raised, status) => {
    const { manager } = await managed({ create_group });
    const outcome = await manager.createGroup({ name: 'group' });
    expect([outcome.raised?.class, outcome.group.status]).toEqual([raised, status]);
    expect(outcome.violations).toEqual([]);
  });
});

describe('delete_group', () => {
  const answer =
    (modelUpdate: unknown, ...statuses: string[]) =>
    (args: Record<string, Ids>) => [modelUpdate, statuses.length > 0 ? entries('volumes', ...statuses)(args) : null];

  it('R38: attached volumes and snapshots refuse, before the driver is asked', async () => {
    const { manager, subject, group, first } = await withGroup({ delete_group: [null, null] });
    const { attachment } = await manager.attach(first, connector);
    subject.called();
    expect((await manager.deleteGroup(group)).raised?.class).toBe('VolumeAttached');
    await manager.detach(attachment);
    await manager.createSnapshot({ name: 'snapshot', volume: first });
    subject.called();
    expect((await manager.deleteGroup(group)).raised?.class).toBe('InvalidGroup');
    expect(subject.called()).toEqual([]);
    expect((await manager.deleteVolume(first)).raised?.class).toBe('InvalidVolume');
  });

  it.each([
    ['no tuple', null, 'TypeError'],
    ['a tuple of another length', [null], 'ValueError'],
    ['an entry without a status', [null, [{ id: 'id-2' }]], 'KeyError'],
    ['entries that are no list', [null, { id: 'id-2', status: 'deleted' }], 'TypeError'],
  ])('R39: %s', async (_name, delete_group, raised) => {
    const { manager, group } = await withGroup({ delete_group });
    const outcome = await manager.deleteGroup(group);
    expect([outcome.raised?.class, ...broken(outcome), group.status]).toEqual([raised, 'R39', 'error']);
  });

  it('R39: an id that the driver was not handed', async () => {
    const { manager, group } = await withGroup({ delete_group: [null, [{ id: 'other', status: 'deleted' }]] });
    const outcome = await manager.deleteGroup(group);
    expect([outcome.raised?.class, ...broken(outcome)]).toEqual(['VolumeNotFound', 'R39']);
  });

  it('R40, R41: a volume in error is the group’s error, and keeps its own status', async () => {
    const { manager, group, first, second } = await withGroup({
      delete_group: answer({ status: 'deleted' }, 'deleted', 'error_deleting'),
    });
    const { raised, violations } = await manager.deleteGroup(group);
    expect([raised?.class, violations]).toEqual(['VolumeDriverException', []]);
    expect([group, first, second].map(({ status }) => status)).toEqual(['error', 'deleted', 'error_deleting']);
  });

  it('R41: without entries all volumes are in error', async () => {
    const { manager, group, first, second } = await withGroup({ delete_group: answer({ status: 'error_deleting' }) });
    await manager.deleteGroup(group);
    expect([group, first, second].map(({ status }) => status)).toEqual(['error', 'error', 'error']);
  });

  it('R42: after an exception too', async () => {
    const { manager, group, first } = await withGroup({ delete_group: pythonError });
    expect((await manager.deleteGroup(group)).raised?.class).toBe('KeyError');
    expect([group.status, first.status]).toEqual(['error', 'error']);
  });

  it.each([
    ['(None, None)', answer(null), []],
    ['all deleted', answer({ status: 'deleted' }, 'deleted', 'deleted'), []],
    ['one reported available', answer({ status: 'deleted' }, 'available', 'deleted'), ['R43']],
  ])('R43: without an error all records go: %s', async (_name, delete_group, violations) => {
    const { manager, subject, group } = await withGroup({ delete_group });
    expect(broken(await manager.deleteGroup(group))).toEqual(violations);
    expect([manager.database.groups.size, manager.database.volumes.size]).toEqual([0, 0]);
    expect(subject.called()).toEqual(['delete_group']);
  });
});

describe('update_group', () => {
  it('R44: volumes of other groups are refused', async () => {
    const { manager, first } = await withGroup({ update_group: [null, null, null] });
    const { group: other } = await manager.createGroup({ name: 'other' });
    expect((await manager.updateGroup(other, { add: [first] })).raised?.class).toBe('InvalidVolume');
    expect((await manager.updateGroup(other, { remove: [first] })).raised?.class).toBe('InvalidVolume');
  });

  it.each([
    ['a 2-tuple', [null, null], 'ValueError', ['R45']],
    ['entries by id', [null, null, [{ id: 'id-2', provider_id: '1' }]], undefined, []],
    ['an id that is not in the list', [null, null, [{ id: 'id-3' }]], undefined, ['R45']],
    ['an id that there is not', [null, [{ id: 'other' }], null], 'VolumeNotFound', ['R45']],
  ])('R45: %s', async (_name, update_group, raised, violations) => {
    const { manager, group, first } = await withGroup({ update_group });
    const outcome = await manager.updateGroup(group, { remove: [first] });
    expect(outcome.raised?.class).toBe(raised);
    expect(broken(outcome)).toEqual(violations);
  });

  it('R46: volumes change their group, and the group is available', async () => {
    const { manager, group, first } = await withGroup({ update_group: [{ status: 'updating' }, null, null] });
    const { volume: third } = await manager.createVolume(request);
    await manager.updateGroup(group, { add: [third], remove: [first] });
    expect([group.status, first.group_id, third.group_id]).toEqual(['available', null, group.id]);
  });

  it.each([
    ['R46: error', [{ status: 'error' }, null, null], 'VolumeDriverException'],
    ['R47: an exception', pythonError, 'KeyError'],
  ])('%s leaves the group and all volumes in error', async (_name, update_group, raised) => {
    const { manager, group, first } = await withGroup({ update_group });
    const { volume: third } = await manager.createVolume(request);
    expect((await manager.updateGroup(group, { add: [third], remove: [first] })).raised?.class).toBe(raised);
    expect([group, first, third].map(({ status }) => status)).toEqual(['error', 'error', 'error']);
    expect([first.group_id, third.group_id]).toEqual([group.id, null]);
  });

  it('R48: both lists are always there', async () => {
    const { manager, subject, group, first } = await withGroup({ update_group: [null, null, null] });
    await manager.updateGroup(group, { remove: [first] });
    expect(subject.calls).toMatchObject([['update_group', { add_volumes: [], remove_volumes: [{ id: first.id }] }]]);
  });
});

describe('create_group_from_src', () => {
  const names = ['a', 'b'];

  it('R49: sources come in the order of the volumes, the other source as None', async () => {
    const { manager, subject, group, first, second } = await withGroup({ create_group_from_src: [null, null] });
    const made = await manager.createGroupFromSource({ name: 'copy', names, group });
    expect(subject.calls).toMatchObject([
      [
        'create_group_from_src',
        {
          group: { id: made.group.id, source_group_id: group.id },
          volumes: made.volumes.map(({ id }) => ({ id })),
          group_snapshot: null,
          snapshots: null,
          source_group: { id: group.id },
          source_vols: [{ id: first.id }, { id: second.id }],
        },
      ],
    ]);
    expect(made.volumes.map(({ source_volid }) => source_volid)).toEqual([first.id, second.id]);
  });

  it('R49: sources must be available', async () => {
    const { manager, subject, group, second } = await withGroup({ create_group_from_src: [null, null] });
    second.status = 'error';
    const { raised } = await manager.createGroupFromSource({ name: 'copy', names, group });
    expect([raised?.class, subject.called()]).toEqual(['InvalidGroup', []]);
    await expect(manager.createGroupFromSource({ name: 'copy', names: ['a'], group })).rejects.toThrow('as many names');
  });

  it('R50: entries of the new volumes are saved', async () => {
    const { manager, group } = await withGroup({
      create_group_from_src: ({ volumes }: { volumes: Ids }) => [null, [{ id: volumes[1]?.id, provider_id: '7' }]],
    });
    const { volumes, violations } = await manager.createGroupFromSource({ name: 'copy', names, group });
    expect([violations, volumes.map(({ provider_id }) => provider_id)]).toEqual([[], [null, '7']]);
  });

  it('R50: no 2-tuple', async () => {
    const { manager, group } = await withGroup({ create_group_from_src: null });
    expect(broken(await manager.createGroupFromSource({ name: 'copy', names, group }))).toEqual(['R50']);
  });

  it('R51: a reported failure is not looked at: all become available', async () => {
    const { manager, group } = await withGroup({ create_group_from_src: [{ status: 'error' }, null] });
    const outcome = await manager.createGroupFromSource({ name: 'copy', names, group });
    expect(broken(outcome)).toEqual(['R51']);
    expect([outcome.group, ...outcome.volumes].map(({ status }) => status)).toEqual(Array(3).fill('available'));
  });

  it('R52: after an exception all are in error', async () => {
    const { manager, group } = await withGroup({ create_group_from_src: pythonError });
    const outcome = await manager.createGroupFromSource({ name: 'copy', names, group });
    expect(outcome.raised?.class).toBe('KeyError');
    expect([outcome.group, ...outcome.volumes].map(({ status }) => status)).toEqual(Array(3).fill('error'));
  });
});

describe('snapshots of groups', () => {
  const answer =
    (modelUpdate: unknown, ...statuses: string[]) =>
    (args: Record<string, Ids>) => [modelUpdate, statuses.length > 0 ? entries('snapshots', ...statuses)(args) : null];

  async function snapped(create_group_snapshot: unknown) {
    const world = await withGroup({ create_group_snapshot });
    const outcome = await world.manager.createGroupSnapshot({ name: 'snapshot', group: world.group });
    const statuses = [outcome.groupSnapshot, ...outcome.snapshots].map(({ status }) => status);
    return { ...world, outcome, statuses };
  }

  it.each([
    ['an id that there is not', [null, [{ id: 'other', status: 'available' }]], 'SnapshotNotFound', ['R53']],
    ['no tuple', null, 'TypeError', ['R53', 'R32']],
  ])('R53: %s', async (_name, create_group_snapshot, raised, violations) => {
    const { outcome } = await snapped(create_group_snapshot);
    expect(outcome.raised?.class).toBe(raised);
    expect(broken(outcome)).toEqual(violations);
  });

  it('R53: an entry without a status, an unknown field, a status that there is not', async () => {
    const entry = (update: object) => (args: Record<string, Ids>) => [
      null,
      [{ id: args.snapshots?.[0]?.id, ...update }],
    ];
    expect(broken((await snapped(entry({}))).outcome)).toEqual(['R53', 'R32']);
    expect(broken((await snapped(entry({ status: 'available', size: 1 }))).outcome)).toEqual(['R53']);
    expect(broken((await snapped(entry({ status: 'in-use' }))).outcome)).toEqual(['R53', 'R32']);
  });

  it('R54: a snapshot in error is the group snapshot’s error, and keeps its own status', async () => {
    const { outcome, statuses } = await snapped(answer({ status: 'available' }, 'available', 'error'));
    expect([outcome.raised?.class, outcome.violations]).toEqual(['VolumeDriverException', []]);
    expect(statuses).toEqual(['error', 'available', 'error']);
  });

  it('R54: without entries all snapshots are in error', async () => {
    expect((await snapped(answer({ status: 'error' }))).statuses).toEqual(['error', 'error', 'error']);
    expect((await snapped(failure)).statuses).toEqual(['error', 'error', 'error']);
  });

  it('R54: error_deleting is no failure here', async () => {
    const { outcome } = await snapped(answer({ status: 'error_deleting' }));
    expect([outcome.raised, outcome.groupSnapshot.status]).toEqual([undefined, 'available']);
  });

  it('R55: success makes all available and keeps the provider ids', async () => {
    const { outcome, statuses } = await snapped((args: Record<string, Ids>) => [
      null,
      args.snapshots?.map(({ id }) => ({ id, status: 'creating', provider_id: `image of ${id}` })),
    ]);
    expect(outcome.violations).toEqual([]);
    expect(statuses).toEqual(['available', 'available', 'available']);
    for (const { id, provider_id, progress } of outcome.snapshots)
      expect([provider_id, progress]).toEqual([`image of ${id}`, '100%']);
  });

  async function deleted(delete_group_snapshot: unknown) {
    const { manager, group } = await withGroup({ create_group_snapshot: [null, null], delete_group_snapshot });
    const { groupSnapshot, snapshots } = await manager.createGroupSnapshot({ name: 'snapshot', group });
    const outcome = await manager.deleteGroupSnapshot(groupSnapshot);
    return { manager, outcome, statuses: [groupSnapshot, ...snapshots].map(({ status }) => status) };
  }

  it('R56: an entry of another snapshot is not saved, but its status counts', async () => {
    const { outcome } = await deleted([{ status: 'deleted' }, [{ id: 'other', status: 'error' }]]);
    expect([outcome.raised?.class, ...broken(outcome)]).toEqual(['VolumeDriverException', 'R56']);
  });

  it('R57: an entry in error is the group snapshot’s error', async () => {
    const { outcome, statuses } = await deleted(answer({ status: 'deleted' }, 'deleted', 'error_deleting'));
    expect([outcome.raised?.class, outcome.violations]).toEqual(['VolumeDriverException', []]);
    expect(statuses).toEqual(['error', 'deleted', 'error_deleting']);
    expect((await deleted(answer({ status: 'error_deleting' }))).statuses).toEqual(['error', 'error', 'error']);
  });

  it('R58: a busy snapshot reported available is destroyed', async () => {
    const { manager, outcome } = await deleted(answer({ status: 'deleted' }, 'available', 'deleted'));
    expect(broken(outcome)).toEqual(['R58']);
    expect(manager.database.snapshots.size).toBe(0);
  });

  it('R59: (None, None) is a success', async () => {
    const { manager, outcome } = await deleted([null, null]);
    expect([outcome.raised, outcome.violations]).toEqual([undefined, []]);
    expect([manager.database.groupSnapshots.size, manager.database.snapshots.size]).toEqual([0, 0]);
  });
});

describe('the surface of consistency groups', () => {
  const methods = {
    create_consistencygroup: { status: 'available' },
    delete_consistencygroup: [null, null],
    update_consistencygroup: [null, null, null],
    create_consistencygroup_from_src: [null, null],
    create_cgsnapshot: [null, null],
    delete_cgsnapshot: [null, null],
  };

  it('R60, R61: views with the same ids, under the documented names', async () => {
    const { manager, subject, group, first, second } = await withGroup(methods, { surface: 'consistency' });
    const { groupSnapshot, snapshots } = await manager.createGroupSnapshot({ name: 'snapshot', group });
    const names = ['a', 'b'];
    const { group: copy } = await manager.createGroupFromSource({ name: 'copy', names, groupSnapshot });
    await manager.updateGroup(group, { remove: [second] });
    await manager.deleteGroupSnapshot(groupSnapshot);
    await manager.deleteVolume(second);
    await manager.deleteGroup(group);
    const member = { id: first.id, consistencygroup_id: group.id };
    const cgsnapshot = { id: groupSnapshot.id, consistencygroup_id: group.id };
    const members = snapshots.map(({ id }) => ({ id, cgsnapshot_id: groupSnapshot.id }));
    expect(subject.calls.filter(([method]) => Object.hasOwn(methods, method))).toMatchObject([
      ['create_cgsnapshot', { cgsnapshot, snapshots: members }],
      [
        'create_consistencygroup_from_src',
        { group: { id: copy.id }, cgsnapshot, snapshots: members, source_cg: null, source_vols: null },
      ],
      ['update_consistencygroup', { group: { id: group.id }, add_volumes: [], remove_volumes: [{ id: second.id }] }],
      ['delete_cgsnapshot', { cgsnapshot }],
      ['delete_consistencygroup', { group: { id: group.id }, volumes: [member] }],
    ]);
    expect(manager.violations).toEqual([]);
  });

  it('R31: a method that a driver has for generic groups only is called', async () => {
    const { manager, subject } = await managed({ create_group: null }, { surface: 'consistency' });
    expect((await manager.createGroup({ name: 'group' })).raised).toBeUndefined();
    expect(subject.called()).toEqual(['create_group']);
  });

  it('R31: without any method the group is in error', async () => {
    const { manager } = await managed({}, { surface: 'consistency' });
    const { raised, group } = await manager.createGroup({ name: 'group' });
    expect([raised?.class, group.status]).toEqual(['NotImplementedError', 'error']);
  });
});
