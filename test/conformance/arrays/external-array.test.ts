import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { replay } from '../../../conformance/commands/replay.js';
import { run } from '../../../conformance/commands/run.js';
import type { ConformanceReport } from '../../../conformance/report/report.js';
import { commands } from '../../commands.js';
import { ownLoopback } from '../../loopback.js';
import { ran } from '../commands/run-command.js';
import { type SharedArray, startSharedArray } from './shared-array.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const story = (name: string) => join(root, 'scenarios', `${name}.yaml`);
const greedy = `module:${fileURLToPath(new URL('greedy-driver.ts', import.meta.url))}`;
const program = `"${process.execPath}" "${commands.driver}" --stdio`;

let folder: string;
let array: SharedArray;
let before: unknown;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outside-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  array = await startSharedArray();
  before = await array.state();
});

afterEach(() => array.close());

const there = () => ['--array', array.url, '--i-understand-this-writes'];

describe('an array that others use', () => {
  it('is as before after stories of volumes, clones, snapshots, groups and attachments', async () => {
    const names = [
      'clone/has-its-own-contents',
      'clone/snapshots-of-the-source-stay',
      'group/snapshot-and-restore',
      'snapshot/any-order',
      'migrate/name-id-is-what-counts',
      'volume/delete-of-what-is-gone',
    ];
    const { code, out, err } = await ran(replay, ...names.map(story), ...there());
    expect(err).toBe('');
    expect(out).toContain('passed, 0 failed, 0 could not be played');
    expect(code).toBe(exitCodes.passed);
    expect(await array.state()).toEqual(before);
  });

  it('is as before when the driver is a program', async () => {
    const { code, out } = await ran(replay, story('clone/two-at-once'), '--subject', program, ...there());
    expect(out).toContain('ok');
    expect(code).toBe(exitCodes.passed);
    expect(await array.state()).toEqual(before);
  });

  it('loses nothing to a driver that deletes what is not its own, and says so', async () => {
    const stories = ['snapshot/cascade', 'clone/has-its-own-contents', 'volume/pool-comes-from-the-scheduler'];
    const { code, out } = await ran(replay, ...stories.map(story), '--subject', greedy, ...there(), '--json');
    expect(code).toBe(exitCodes.failed);
    const { reports } = JSON.parse(out) as { reports: { end: { requirement?: string; message: string }[] }[] };
    const wanted = reports.flatMap(({ end }) => end).filter(({ requirement }) => requirement === 'Q29');
    expect(wanted.map(({ message }) => message).join()).toContain(`volumes/${array.volumeRef}`);
    expect(wanted.map(({ message }) => message).join()).toContain('/hosts/');
    expect(await array.state()).toEqual(before);
  });

  it('is judged on requirement by requirement, and what it can not show is skipped with the reason', async () => {
    const only =
      'driver/*,clone/two-at-once,clone/copy-that-fails,volume/life-in-both-kinds-of-pools,model/with-faults';
    const { code, out } = await ran(run, '--only', only, ...there(), '--json', '--save-failures', folder);
    const { checks } = JSON.parse(out) as ConformanceReport;
    const reasons = Object.fromEntries(checks.map(({ id, outcome, reason }) => [id, reason ?? outcome]));
    expect(reasons).toMatchObject({
      'clone/two-at-once': 'pass',
      'driver/protocol': 'pass',
      'clone/copy-that-fails': 'needs /sim/v1 of an array of its own: faults',
      'volume/life-in-both-kinds-of-pools': "needs the pool 'HDD_R1'",
      'model/with-faults': 'makes up stories for arrays of their own',
    });
    expect(code).toBe(exitCodes.passed);
    expect(await array.state()).toEqual(before);
  });
});

describe('before anything is written', () => {
  it('the user has to agree to that', async () => {
    const refusal = /would be written to.*pool 'DDP_1'.*CONFORM.*--i-understand-this-writes/s;
    await expect(ran(run, '--array', array.url, '--pool', 'DDP_1')).rejects.toThrow(refusal);
    await expect(ran(replay, story('clone/two-at-once'), '--array', array.url)).rejects.toThrow(/would be written to/);
  });

  it.each([
    ['a wrong password', ['--array-password', 'wrong'], /refuses the user 'admin' \(401\)/],
    ['no such pool', ['--pool', 'nirvana'], /--pool nirvana is no pool.*there are DDP_1/],
    ['no such storage system', ['--system-id', '7'], /--system-id 7 is no storage system.*there are 1/],
    ['no server there', ['--array', `http://${ownLoopback}:9`], /cannot be reached/],
    ['no URL', ['--array', 'array.example'], /is no URL/],
  ])('%s is told', async (_what, options, message) => {
    await expect(ran(replay, story('clone/two-at-once'), ...there(), ...options)).rejects.toThrow(message);
    expect(await array.state()).toEqual(before);
  });

  it('an array that another Cinder driver works with is left alone', async () => {
    await array.admin.succeed('POST', 'persistent-records', { key: 'cinder-snapshots', value: '{"a": 1}' });
    await expect(ran(replay, story('clone/two-at-once'), ...there())).rejects.toThrow(/'cinder-snapshots' has notes/);
  });

  it('options of an array that is there need one', async () => {
    await expect(ran(replay, story('clone/two-at-once'), '--pool', 'x')).rejects.toThrow(/--array URL/);
  });
});
