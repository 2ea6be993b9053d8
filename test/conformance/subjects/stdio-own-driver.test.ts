import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { Program } from '../../../conformance/subjects/program.js';
import { Session } from '../../../conformance/subjects/session.js';
import type { Subject, SubjectFactory, SubjectRuntime } from '../../../conformance/subjects/subject.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';
import { commands } from '../../commands.js';
import { programSubject } from './program-subject.js';

const program = [process.execPath, commands.driver];

let array: OwnSimulator;
let configuration: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  array = await startOwnSimulator({ listen: true, seed: 1 });
  configuration = {
    netapp_server_hostname: '127.0.0.1',
    netapp_server_port: Number(new URL(array.url).port),
    netapp_login: 'admin',
    netapp_password: 'admin',
    netapp_controller_ips: '127.0.0.1',
  };
});

afterAll(() => array.close());

const ways: readonly (readonly [string, SubjectFactory])[] = [
  ['over stdio, configured by initialize', programSubject([...program, '--stdio'])],
  [
    'over stdio, configured by a cinder.conf',
    programSubject(`"${process.execPath}" '${commands.driver}' --config {config} --backend {backend} --stdio`),
  ],
  ['in this process', subjectOf(undefined)],
];

describe.each(ways)('our driver %s', (_way, factory) => {
  let subject: Subject;

  beforeAll(async () => {
    subject = await factory({ configuration });
  });

  afterAll(() => subject.close());

  it('says who it is and what it has', () => {
    expect(subject.name).toBe('NetApp_iSCSI_ESeries 1.0.0');
    expect(subject.constants).toEqual({
      CI_WIKI_NAME: 'NetApp_Eseries_CI',
      DRIVER_NAME: 'NetApp_iSCSI_ESeries',
      VERSION: '1.0.0',
    });
    expect(subject.methods).toContain('create_cgsnapshot');
  });

  it('makes and removes a volume on the array', async () => {
    await subject.call('do_setup', { context: {} });
    const volume = { id: 'a5d8ad7b-4e5f-4cd0-a09f-b8ee69a9ce1e', size: 1, host: 'host@backend#DDP_1' };
    expect(await subject.call('create_volume', { volume })).toEqual({ returned: null });
    expect(await subject.call('get_pool', { volume })).toEqual({ returned: 'DDP_1' });
    expect(await subject.call('delete_volume', { volume })).toEqual({ returned: null });
  });

  it('reports exceptions with their classes', async () => {
    const volume = { id: '5f6cb5b0-6f0a-4d8c-9b3e-9a3a8f0e9f77', size: 1, host: 'host@backend' };
    expect(await subject.call('get_pool', { volume })).toEqual({
      raised: {
        class: 'VolumeNotFound',
        parents: ['NotFound', 'CinderException'],
        message: expect.stringContaining(volume.id),
      },
    });
  });

  it('closes twice as well as once', async () => {
    await subject.close();
    await subject.close();
  });
});

describe('our driver in the time of a suite', () => {
  it('waits, reads the time and takes UUIDs by asking for them', async () => {
    const slept: number[] = [];
    const uuids: string[] = [];
    const runtime: SubjectRuntime = {
      async sleep(milliseconds) {
        slept.push(milliseconds);
        await array.admin.control('POST', 'clock', { advance: `${milliseconds}ms` });
      },
      now: () => array.nowMs(),
      randomUuid() {
        const number = String(uuids.length).padStart(12, '0');
        uuids.push(`00000000-0000-4000-8000-${number}`);
        return uuids.at(-1) ?? '';
      },
      log: () => undefined,
    };
    await array.admin.control('POST', 'arrays/1/jobs/progression', { progression: 'timed:67108864' });
    const subject = await programSubject([...program, '--stdio'])({ configuration, runtime });
    const source = { id: '6b0f6e0e-52a7-4d3a-a7a4-37a3a1b4a001', size: 1, host: 'host@backend#DDP_1' };
    const volume = { id: '6b0f6e0e-52a7-4d3a-a7a4-37a3a1b4a002', size: 1, host: 'host@backend#DDP_1' };
    for (const [method, args] of [
      ['do_setup', { context: {} }],
      ['create_volume', { volume: source }],
      ['create_cloned_volume', { volume, src_vref: source }],
      ['delete_volume', { volume }],
      ['delete_volume', { volume: source }],
    ] as const)
      expect(await subject.call(method, args)).toEqual({ returned: null });
    await subject.close();
    await array.admin.control('POST', 'arrays/1/jobs/progression', { progression: 'instant' });
    // 1 GiB at 64 MiB a second takes 16 seconds; the driver looks every 5.
    expect(slept).toEqual([5000, 5000, 5000, 5000]);
    // The labels that the driver makes up are base 32 of the UUIDs that it was given.
    const made = await array.admin.control<{ body: { name?: string } | null }[]>('GET', 'journal?method=POST');
    const labels = made.map(({ body }) => body?.name ?? '').filter((name) => name.startsWith('AAAAAAAAABAABAAA'));
    expect(labels.length).toBeGreaterThan(0);
    expect(uuids.length).toBeGreaterThanOrEqual(labels.length);
  });
});

describe('our program without a configuration', () => {
  it('asks for it before anything else', async () => {
    const session = new Session((line) => driver.write(line), undefined);
    const driver = new Program(
      [...program, '--stdio'],
      {},
      { line: (text) => session.receive(text), ended: () => undefined },
    );
    const code = async (method: string, params: object) =>
      ((await session.request(method, params)) as { error?: object }).error;
    expect(await code('call', { method: 'do_setup', args: {} })).toMatchObject({ code: -32600 });
    expect(await code('initialize', {})).toMatchObject({ code: -32602 });
    expect(await code('initialize', { configuration })).toBeUndefined();
    expect(await driver.end(undefined)).toBe(true);
  });
});
