import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../../conformance/subjects/subject.js';
import { programSubject } from './program-subject.js';
import { pythonWithCinder, type Records, serving, startSeconds, suiteTime } from './python-programs.js';

const python = pythonWithCinder();
const command = serving(python ?? '', 'cinder_driver.CinderDriver');

const ids = {
  volume: 'a5d8ad7b-4e5f-4cd0-a09f-b8ee69a9ce1e',
  type: '5f6cb5b0-6f0a-4d8c-9b3e-9a3a8f0e9f77',
  group: '8fd3c0a6-6d80-4bd4-b8ab-4fa6a0f3f0d2',
  qos: '114774fb-e15a-4fae-8ee2-c9723e3645ef',
  snapshot: '214774fb-e15a-4fae-8ee2-c9723e3645ef',
};
const type = { id: ids.type, name: 'gold', extra_specs: { a: 'b' }, qos_specs_id: ids.qos };
const group = { id: ids.group, user_id: 'user', project_id: 'project', name: 'g', status: 'available', host: 'host@b' };
const volume = {
  id: ids.volume,
  _name_id: null,
  name: `volume-${ids.volume}`,
  name_id: ids.volume,
  size: 3,
  host: 'host@backend#pool',
  status: 'a status that Cinder does not have',
  attach_status: 'attached',
  volume_type_id: ids.type,
  volume_type: type,
  volume_attachment: [
    { id: ids.snapshot, volume_id: ids.volume, attached_host: 'compute', connector: { multipath: true } },
  ],
  group_id: ids.group,
  group: { ...group, group_type_id: null, volume_type_ids: [] },
  created_at: '2024-05-06T07:08:09',
};
const snapshot = { id: ids.snapshot, volume_id: ids.volume, status: 'creating', volume: null };

/** Records as the suite's volume manager has them, and what drivers saved. */
function records(): Records & { readonly saved: unknown[] } {
  const metadata: Record<string, Record<string, unknown>> = {
    volume_metadata: { old: '1' },
    volume_admin_metadata: {},
  };
  const tables: Record<string, readonly { readonly id: string }[]> = {
    volume: [volume],
    volume_type: [type],
    group: [volume.group],
    qos_specs: [{ id: ids.qos, name: 'q', consumer: 'back-end', specs: { iops: '1' } } as { id: string }],
    group_type: [{ id: 'gt', name: 'gt', group_specs: { a: '<is> True' } } as { id: string }],
    snapshot: [snapshot],
  };
  const saved: unknown[] = [];
  return {
    saved,
    read: (kind, id) => metadata[kind] ?? tables[kind]?.find((each) => each.id === id) ?? null,
    list: (kind, where) =>
      (tables[kind] ?? []).filter((each) =>
        Object.entries(where).every(([field, value]) => (each as Record<string, unknown>)[field] === value),
      ),
    update(kind, id, values) {
      saved.push({ kind, id, values });
      const merged = { ...metadata[kind], ...values };
      if (kind in metadata)
        metadata[kind] = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
    },
  };
}

describe.skipIf(python === undefined)('a Python driver beside a real Cinder', () => {
  const kept = records();
  const time = suiteTime(kept, 'host@service');
  let subject: Subject;
  const returned = async (method: string, args: Readonly<Record<string, unknown>>) => {
    const answer = await subject.call(method, args);
    expect(answer).toHaveProperty('returned');
    return (answer as { returned: unknown }).returned;
  };
  const raised = async (method: string, args: Readonly<Record<string, unknown>>) =>
    ((await subject.call(method, args)) as { raised: unknown }).raised;

  beforeAll(async () => {
    const configuration = {
      told_port: 8080,
      told_flag: true,
      told_list: ['a', 'b'],
      told_multi: ['x:1', 'y'],
      told_dicts: [{ backend_id: 'r', san: '1' }],
      told_old: 'by its old name',
    };
    subject = await programSubject(command)({ configuration, runtime: time.runtime });
  }, 120_000);

  afterAll(() => subject?.close());

  it('gets Cinder’s context, and is initialized once its setup was checked', async () => {
    expect(await returned('do_setup', {})).toEqual([true, 'host@service', 'RequestContext']);
    expect(await returned('check_for_setup_error', {})).toBe(false);
  });

  it('reads its options by oslo.config', async () => {
    expect(await returned('get_volume_stats', { refresh: true })).toEqual({
      options: {
        told_port: 8080,
        told_flag: true,
        told_list: ['a', 'b'],
        told_multi: ['x:1', 'y'],
        told_dicts: [{ backend_id: 'r', san: '1' }],
        told_new: 'by its old name',
        told_default: 'as it is',
      },
      attribute: 8080,
      base: [0, ''],
      unknown: null,
      group: 'backend',
      initialized: true,
    });
  });

  it('gets Cinder’s volume, whose missing fields are looked up and whose changes are saved', async () => {
    expect(await returned('create_volume', { volume })).toEqual({
      class: ['Volume', true],
      name: [`volume-${ids.volume}`, ids.volume],
      status: 'a status that Cinder does not have',
      type: [{ a: 'b' }, 'gold'],
      attached: ['compute'],
      changed: [],
      primitive: 'Volume',
      context: true,
      lazy: [{}, { old: '1' }, [ids.snapshot]],
      group: ids.group,
      saved: ['new', [], { told: 'yes' }],
    });
    expect(kept.saved).toEqual([
      { kind: 'volume_metadata', id: ids.volume, values: { old: null, a: '1' } },
      { kind: 'volume', id: ids.volume, values: { provider_id: 'new' } },
      { kind: 'volume_admin_metadata', id: ids.volume, values: { told: 'yes' } },
    ]);
  });

  it('looks types, specs, groups and volumes up in the suite’s records', async () => {
    const existing_ref = { qos: ids.qos, group_type: 'gt', group: ids.group };
    expect(await returned('manage_existing', { volume, existing_ref })).toEqual({
      type: 'gold',
      specs: { a: 'b' },
      qos: { iops: '1' },
      'qos specs': 'back-end',
      'group spec': '<is> True',
      group: true,
      volumes: [ids.volume],
      types: ['gold'],
      db: ids.volume,
      snapshots: [ids.snapshot],
    });
    expect(await returned('create_snapshot', { snapshot })).toEqual([
      `snapshot-${ids.snapshot}`,
      `volume-${ids.volume}`,
      3,
      'gold',
    ]);
  });

  it('gets groups as Cinder hands them over', async () => {
    const args = { group: volume.group, volumes: [volume] };
    const [told, volumes] = (await returned('delete_group', args)) as [unknown, unknown];
    expect(told).toEqual(['Group', 'VolumeList', [ids.volume]]);
    expect(volumes).toBe(args.volumes);
    const consistencygroup = { id: ids.group, name: 'g', status: 'available', source_cgid: null };
    const members = [{ ...volume, consistencygroup_id: ids.group, consistencygroup }];
    expect(await returned('delete_consistencygroup', { group: consistencygroup, volumes: members })).toEqual([
      ['ConsistencyGroup', 'ConsistencyGroup'],
      [{ id: ids.volume }],
    ]);
  });

  it('tells that the objects and connectors that it returns are those that it got', async () => {
    const args = { volume, connector: { initiator: 'iqn.1' } };
    const { data } = (await returned('initialize_connection', args)) as { data: typeof args };
    expect(data.volume).toBe(args.volume);
    expect(data.connector).toBe(args.connector);
  });

  it('raises Cinder’s exceptions, with their messages', async () => {
    expect(await raised('ensure_export', { volume })).toEqual({
      class: 'VolumeDriverException',
      parents: ['CinderException', 'Exception', 'BaseException'],
      message: 'Volume driver reported an error: told by message',
    });
    expect(await raised('delete_volume', { volume })).toEqual({
      class: 'VolumeNotFound',
      parents: ['NotFound', 'CinderException', 'Exception', 'BaseException'],
      message: 'Volume 11111111-1111-4111-8111-111111111111 could not be found.',
    });
    expect(await raised('unmanage', { volume })).toMatchObject({
      class: 'DatabaseFunctionMissing',
      message: 'cinder.db.service_get_all is not answered by the conformance suite',
    });
    expect(await raised('create_group', { group: volume.group })).toMatchObject({ class: 'NotImplementedError' });
  });

  it('may raise and return what has no text', async () => {
    const message = '<Unprintable whose text cannot be made: ValueError>';
    expect(await raised('delete_snapshot', { snapshot })).toMatchObject({ class: 'Unprintable', message });
    expect(await returned('manage_existing_get_size', { volume, existing_ref: {} })).toEqual({
      $type: 'cinder_driver.Unprintable',
      $text: message,
    });
  });

  it('waits in the suite’s time in each way, under Cinder’s locks, while its periodic task runs', async () => {
    expect(await returned('create_export', { volume, connector: {} })).toEqual({
      sleep: 5,
      'eventlet.sleep': 7,
      Event: 11,
      FixedIntervalLoopingCall: 20,
      tenacity: 26,
      retry: 8,
      greenthread: 17,
      backoff: 'about a minute',
    });
    time.advance(100);
    const { ticks, elapsed } = (await returned('remove_export', { volume })) as { ticks: number[]; elapsed: number };
    expect(elapsed).toBeGreaterThan(180);
    expect(ticks[0]).toBe(startSeconds + 60);
    expect(ticks[1]).toBe(startSeconds + 120);
    expect(ticks.at(-1)).toBe(startSeconds + elapsed);
  });
});

describe.skipIf(python === undefined)('what a Python driver beside a real Cinder logs', () => {
  it('reaches the suite at each level, and only the driver’s own at debug', async () => {
    const heard: string[] = [];
    const { runtime } = suiteTime();
    const log = (_level: string, message: string) => void heard.push(message);
    const subject = await programSubject(command)({ configuration: {}, runtime: { ...runtime, log } });
    expect(await subject.call('detach_volume', { volume: null })).toEqual({ returned: 'logged' });
    await subject.close();
    expect(heard.filter((each) => /^(DEBUG|INFO):/.test(each))).toEqual([
      'DEBUG:cinder_driver:told in debug',
      'INFO:cinder_driver:told in info',
    ]);
  }, 120_000);
});

describe.skipIf(python === undefined)('a Python driver beside a real Cinder, whose array answers late', () => {
  it('meets its timeout when the answer comes after it by the suite’s time', async () => {
    const time = suiteTime();
    const server = createServer((connection) => {
      // A driver that gave up leaves the answer unread.
      connection.on('error', () => undefined);
      connection.on('data', () => {
        time.advance(100);
        connection.end('answer');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const subject = await programSubject(command)({ configuration: {}, runtime: time.runtime });
    expect(await subject.call('validate_connector', { connector: { port, timeout: 200 } })).toEqual({
      returned: 'answer',
    });
    expect(await subject.call('validate_connector', { connector: { port, timeout: 99 } })).toEqual({
      returned: 'timeout',
    });
    await subject.close();
    server.close();
  }, 120_000);
});

describe.skipIf(python === undefined)('a Python driver beside a real Cinder, without a suite that answers', () => {
  it('has no records to look up, and says so; what a volume lacks is empty', async () => {
    const subject = await programSubject(command)({ configuration: {} });
    expect(await subject.call('delete_volume', { volume })).toMatchObject({
      raised: { message: 'cinder.db.volume_get is not answered by the conformance suite: it offers no records' },
    });
    const { id, size, host } = volume;
    expect(await subject.call('get_pool', { volume: { id, size, host } })).toEqual({ returned: [{}, 0, null, {}] });
    await subject.close();
  }, 120_000);
});
