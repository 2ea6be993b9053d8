import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/index.js';
import { runChild, startChild } from '../child-process.js';
import { compiledFile } from '../compiled-package.js';
import { connectorOf, newVolume } from './backends.js';

const cli = compiledFile('driver/cli.js');

let simulator: Simulator;
let folder: string;
let config: string;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: 1 });
  folder = mkdtempSync(join(tmpdir(), 'eseries-driver-'));
  config = join(folder, 'cinder.conf');
  const backend = (port: number) => `netapp_server_hostname = 127.0.0.1
netapp_server_port = ${port}
netapp_login = admin
netapp_password = admin
netapp_controller_ips = 127.0.0.1
`;
  writeFileSync(config, `[array]\n${backend(Number(new URL(simulator.url).port))}\n[broken]\nnetapp_login = x\n`);
});

afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly id: number | null;
  readonly result?: unknown;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: { class: string; parents: string[] };
  };
}

/** A driver in a process of its own; `send` gives a line and resolves to the answer with its id. */
function startDriver() {
  const child = startChild(process.execPath, [cli, '--config', config, '--backend', 'array', '--stdio']);
  const waiting = new Map<number | null, (answer: Answer) => void>();
  child.onLine((line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
  });
  let next = 1;
  const raw = (line: string, id: number | null) =>
    child.during(
      `the answer to ${line}`,
      new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        child.write(line);
      }),
    );
  const send = (method: string, params?: unknown) => {
    const id = next++;
    return raw(JSON.stringify({ jsonrpc: '2.0', id, method, params }), id);
  };
  return {
    raw,
    send,
    call: (method: string, args?: unknown) => send('call', { method, args }),
    async end() {
      child.endInput();
      return (await child.end('the end after the end of its input')).code;
    },
  };
}

const run = (...args: string[]) => runChild(process.execPath, [cli, ...args]);

describe('eseries-driver --stdio', () => {
  it('lives through a volume, a message a line', async () => {
    const driver = startDriver();
    expect((await driver.send('initialize')).result).toMatchObject({
      name: 'NetApp_iSCSI_ESeries',
      methods: expect.arrayContaining(['create_volume', 'delete_cgsnapshot']),
    });
    expect(await driver.call('do_setup', { context: {} })).toMatchObject({ result: null });
    expect(await driver.call('check_for_setup_error')).toMatchObject({ result: null });
    const volume = newVolume();
    expect(await driver.call('create_volume', { volume })).toMatchObject({ result: null });
    const attached = await driver.call('initialize_connection', { volume, connector: connectorOf('stdio') });
    expect(attached.result).toMatchObject({ driver_volume_type: 'iscsi' });
    const clones = [newVolume(), newVolume(), newVolume()];
    await Promise.all(clones.map((clone) => driver.call('create_cloned_volume', [clone, volume])));
    expect(simulator.array.volumes.withUse('standardVolume').size).toBe(4);
    for (const each of [volume, ...clones]) await driver.call('delete_volume', { volume: each });
    expect(await driver.end()).toBe(0);
  });

  it('answers with the exception’s class and parents, and survives nonsense', async () => {
    const driver = startDriver();
    const volume = newVolume();
    expect((await driver.call('create_volume', { volume })).error?.data).toMatchObject({
      class: 'NetAppDriverException',
    });
    await driver.call('do_setup');
    expect((await driver.call('get_pool', { volume })).error).toMatchObject({
      code: -32000,
      message: expect.stringContaining(volume.id),
      data: { class: 'VolumeNotFound', parents: ['VolumeNotFound', 'NotFound', 'CinderException'] },
    });
    expect((await driver.call('no_such')).error?.data?.class).toBe('InvalidInput');
    expect((await driver.call('create_volume', { volume: 7 })).error?.data?.class).toBeDefined();
    expect((await driver.send('call', { args: {} })).error?.code).toBe(-32602);
    expect((await driver.send('call', { method: 'get_pool', args: 'x' })).error?.code).toBe(-32602);
    expect((await driver.send('no_such')).error?.code).toBe(-32601);
    expect((await driver.raw('not json', null)).error?.code).toBe(-32700);
    expect(await driver.send('close')).toMatchObject({ result: null });
    expect(await driver.end()).toBe(0);
  });
});

describe('eseries-driver call', () => {
  it('makes one call by hand', async () => {
    const volume = newVolume();
    expect(
      await run('--config', config, '--backend', 'array', 'call', 'create_volume', JSON.stringify({ volume })),
    ).toMatchObject({
      code: 0,
      stdout: 'null\n',
      stderr: '',
    });
    const pool = await run('--config', config, '--backend', 'array', 'call', 'get_pool', JSON.stringify([volume]));
    expect(pool.stdout).toBe('"DDP_1"\n');
  });

  it.each([
    [[], 2, '--config FILE and --backend NAME are needed'],
    [['--nonsense'], 2, "Unknown option '--nonsense'"],
    [['--config', '/none', '--backend', 'array', '--stdio'], 2, '--config /none cannot be read (ENOENT)'],
    [['--config', 'CONFIG', '--backend', 'none', '--stdio'], 1, 'no section [none]'],
    [['--config', 'CONFIG', '--backend', 'broken', 'call', 'get_volume_stats'], 1, 'InvalidInput'],
    [['--config', 'CONFIG', '--backend', 'array', 'call', 'get_pool', '{'], 2, 'no JSON object or list'],
    [['--config', 'CONFIG', '--backend', 'array', 'call', 'get_pool', '{"volume": {"id": "x"}}'], 1, "'x' is no UUID"],
    [['--config', 'CONFIG', '--backend', 'array'], 2, 'say --stdio, or call METHOD'],
  ])('%j ends with %i and one line', async (args, code, message) => {
    const result = await run(...args.map((each) => (each === 'CONFIG' ? config : each)));
    expect(result.stderr).toContain(message);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^eseries-driver: .*\n$/) });
  });

  it('shows its usage', async () => {
    expect((await run('--help')).stdout).toContain('--stdio');
  });
});
