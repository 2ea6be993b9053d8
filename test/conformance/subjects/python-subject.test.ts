import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import { type Returned, type Subject, SubjectError } from '../../../conformance/subjects/subject.js';
import { runChild, runChildInPlace } from '../../child-process.js';
import { programSubject } from './program-subject.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const script = fileURLToPath(new URL('../../../conformance/subjects/python/cinder_subject.py', import.meta.url));
// -B: no compiled copies beside the sources.
const serve = (driver: string, ...more: string[]) => [
  'python3',
  '-B',
  script,
  '--without-cinder',
  '--path',
  folder,
  '--driver',
  driver,
  ...more,
];

const python = runChildInPlace('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).code === 0;
if (!python)
  process.stderr.write('Skipped: there is no python3 of at least 3.9, so the Python subject is not tested.\n');

const configuration = {
  fake_port: 8080,
  fake_flag: true,
  fake_list: ['a', 'b'],
  fake_multi: ['x:1'],
  fake_old: 'by its old name',
};

const volume = {
  id: 'a5d8ad7b-4e5f-4cd0-a09f-b8ee69a9ce1e',
  _name_id: '5f6cb5b0-6f0a-4d8c-9b3e-9a3a8f0e9f77',
  size: 3,
  host: 'host@backend#pool',
  created_at: '2024-05-06T07:08:09',
  volume_type: { id: 't', extra_specs: { 'netapp:raid_type': 'raid1' } },
  volume_attachment: [{ id: 'a', attached_host: 'compute' }],
  consistencygroup: { id: 'g' },
  metadata: { key: 'value' },
};

describe.skipIf(!python)('the Python subject', () => {
  let subject: Subject;
  const returned = async (method: string, args: Readonly<Record<string, unknown>>) => {
    const answer = await subject.call(method, args);
    expect(answer).toHaveProperty('returned');
    return (answer as Returned).returned;
  };

  beforeAll(async () => {
    subject = await programSubject(serve('fake_driver.FakeDriver', '--sleep-factor', '0'))({ configuration });
  });

  afterAll(() => subject.close());

  it('says who the driver is and what it has', () => {
    expect(subject.name).toBe('Fake 2.0');
    expect(subject.constants).toEqual({ DRIVER_NAME: 'Fake', VERSION: '2.0', CI_WIKI_NAME: 'Fake_CI' });
    expect(subject.methods).toContain('update_group');
    expect(subject.methods).not.toContain('create_cgsnapshot');
  });

  it('knows the same methods as the suite, with the same parameters', async () => {
    const source = `import sys; sys.path.insert(0, sys.argv[1]); import json; from eseries_subject.protocol import METHODS; print(json.dumps(METHODS))`;
    const { stdout } = await runChild('python3', ['-B', '-c', source, dirname(script)]);
    const known = JSON.parse(stdout) as Record<string, [string[], string[]]>;
    expect(known).toEqual(
      Object.fromEntries(
        Object.entries(cinderMethods).map(([name, { parameters, keywords }]) => [name, [parameters, keywords ?? []]]),
      ),
    );
  });

  it('keeps what is printed out of the protocol, and hands over a context', async () => {
    expect(await returned('do_setup', {})).toEqual({ admin: true, elevated: true, host: 'cinder-host@backend' });
  });

  it('hands over a configuration as Cinder does', async () => {
    const stats = {
      refresh: true,
      safe_get: {
        fake_port: 8080,
        fake_flag: true,
        fake_list: ['a', 'b'],
        fake_multi: ['x:1'],
        fake_new: 'by its old name',
        fake_default: 'as it is',
        unknown: null,
      },
      attribute: 8080,
      local_conf: 8080,
      'registered by Cinder': 0,
      unknown: false,
      group: 'backend',
    };
    expect(await returned('get_volume_stats', { refresh: true })).toEqual(stats);
    const configured = await programSubject(
      serve('fake_driver.FakeDriver', '--config', '{config}', '--backend', '{backend}'),
    )({ configuration });
    expect(await configured.call('get_volume_stats', { refresh: true })).toEqual({ returned: stats });
    await configured.close();
  });

  it('hands over volumes that behave as Cinder’s do', async () => {
    expect(await returned('create_volume', { volume })).toEqual({
      name: `volume-${volume._name_id}`,
      name_id: volume._name_id,
      id: volume.id,
      get: [3, 7, 7],
      unset: null,
      keys: true,
      in: [true, false, false],
      set: [true, false],
      no_such: false,
      specs: 'raid1',
      'specs item': { 'netapp:raid_type': 'raid1' },
      attached: ['compute'],
      objects: 1,
      group: 'g',
      year: 2024,
      zone: true,
      metadata: [{ key: 'key', value: 'value' }],
      changed: ['provider_id', 'status'],
      saved: ['new', 'available', []],
      renamed: 'volume-another',
    });
  });

  it('hands over snapshots with their volumes', async () => {
    expect(await returned('create_snapshot', { snapshot: { id: 's', volume } })).toEqual([
      'snapshot-s',
      `volume-${volume._name_id}`,
      3,
      [],
    ]);
  });

  it('hands over by name only what Cinder hands over by name', async () => {
    expect(await returned('terminate_connection', { volume, connector: null, force: true })).toEqual([
      null,
      { force: true },
    ]);
    expect(
      await returned('update_group', { context: {}, group: { id: 'g' }, add_volumes: [volume], remove_volumes: [] }),
    ).toEqual([`volume-${volume._name_id}`, [], []]);
  });

  it('reports an exception with its classes and its message', async () => {
    expect(await subject.call('delete_volume', { volume })).toEqual({
      raised: {
        class: 'VolumeNotFound',
        parents: ['NotFound', 'CinderException', 'Exception', 'BaseException'],
        message: `Volume '${volume.id}' could not be found.`,
      },
    });
    expect(await subject.call('ensure_export', { volume })).toMatchObject({
      raised: { class: 'NotImplementedError', parents: ['RuntimeError', 'Exception', 'BaseException'] },
    });
    expect(await subject.call('check_for_setup_error', {})).toMatchObject({ raised: { class: 'KeyError' } });
    expect(await subject.call('create_volume', {})).toMatchObject({ raised: { class: 'TypeError' } });
  });

  it('tells objects that the driver was handed or returned twice', async () => {
    const volumes = [volume];
    const [update, entries] = (await returned('delete_group', {
      context: {},
      group: { id: 'g', status: 'deleting' },
      volumes,
    })) as [unknown, unknown[]];
    expect(update).toEqual({ status: 'deleting' });
    expect(entries[0]).toBe(volume);
    expect(entries[2]).toBe(entries[1]);
    expect(entries[3]).toEqual(entries[1]);
    expect(entries[3]).not.toBe(entries[1]);
    const connector = { initiator: 'iqn.1' };
    expect(await returned('initialize_connection', { volume, connector })).toBe(connector);
  });

  it('shows what JSON does not have', async () => {
    expect(await returned('get_pool', { volume })).toEqual({
      set: [1],
      nan: { $type: 'builtins.float', $text: 'nan' },
      object: { $type: 'builtins.type', $text: "<class 'threading.Event'>" },
      endless: [{ $type: 'builtins.list', $text: '[[...]]' }],
      5: [1, 2],
    });
  });

  it('shortens sleeps', async () => {
    expect(await returned('extend_volume', { volume, new_size: 1_000_000 })).toBeNull();
  });

  it('runs calls beside each other', async () => {
    const waiting = subject.call('create_export', { context: {}, volume, connector: { initiator: 'iqn.1' } });
    expect(await returned('remove_export', { context: {}, volume })).toBeNull();
    expect(await waiting).toEqual({ returned: { provider_location: 'iqn.1' } });
  });

  it('refuses what is no call of the driver', async () => {
    const refused = (method: string, args: Readonly<Record<string, unknown>>) =>
      expect(subject.call(method, args)).rejects;
    await refused('no_such', {}).toThrow('the driver has no method no_such');
    await refused('__init__', {}).toThrow('-32601');
    await refused('get_pool', { vol: volume }).toThrow('get_pool takes no argument vol: it takes volume');
    await refused('unmanage', { volume }).toThrow('SystemExit: drivers may do anything');
  });
});

describe.skipIf(!python)('a Python subject that cannot start', () => {
  it.each([
    ['no_such_module.Driver', [], "No module named 'no_such_module'"],
    ['fake_driver.NoSuch', [], 'cannot be imported (AttributeError'],
    ['FakeDriver', [], '--driver is package.module.Class'],
    [
      'fake_driver.FakeDriver',
      ['--config', '{config}', '--backend', 'other'],
      'has no section [other]: it has backend',
    ],
    ['fake_driver.FakeDriver', ['--sleep-factor', '-1'], '--sleep-factor is 0 or more'],
  ])('%s %j says why', async (driver, more, message) => {
    const start = programSubject(serve(driver, ...more))({ configuration });
    await expect(start).rejects.toThrow(message);
    await expect(start).rejects.toBeInstanceOf(SubjectError);
  });
});
