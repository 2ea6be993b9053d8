import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { requirementsCommand } from '../../../conformance/commands/requirements.js';
import { smokeCommand } from '../../../conformance/commands/smoke.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { runChild } from '../../child-process.js';
import { commands } from '../../commands.js';
import { ran } from './run-command.js';

describe('requirements', () => {
  it('lists each with its level, clause, source and checks', async () => {
    const { out } = await ran(requirementsCommand);
    expect(out).toContain(
      'C-version-1 (must) The constant VERSION is the text 1.0.0.\n  source: documented driver, VERSION\n  checks: driver/version\n',
    );
    expect(out).toMatch(/^Q30 .*\n.*\n {2}checks: only code for web services older/m);
  });

  it('lists them as JSON', async () => {
    const listed = JSON.parse((await ran(requirementsCommand, '--json')).out) as { requirements: { id: string }[] };
    expect(listed.requirements.map(({ id }) => id)).toEqual(requirements.map(({ id }) => id));
    expect(listed.requirements.find(({ id }) => id === 'C-version-1')).toMatchObject({ checks: ['driver/version'] });
  });
});

describe('smoke', () => {
  it('passes a driver that speaks as the suite expects', async () => {
    const { code, out } = await ran(smokeCommand);
    expect(code).toBe(exitCodes.passed);
    expect(out).toContain('speaks the protocol');
  });

  it('explains what is wrong with one that does not', async () => {
    const silent = `'${process.execPath}' -e 'process.stdin.resume()'`;
    const { code, out } = await ran(smokeCommand, '--subject', silent, '--patience', '1s');
    expect(code).toBe(exitCodes.failed);
    expect(out).toMatch(/does not answer in the time that it has[\s\S]*sent: [\s\S]*remedy: +Answer every request/);
  });
});

describe('the command line', () => {
  const typed = (...args: readonly string[]) => runChild(process.execPath, [commands.conformance, ...args]);

  it('tells what a command does', async () => {
    expect(await typed('run', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--shard 2/8') });
  });

  it('ends with 2, and a sentence, when it is asked for what is not possible', async () => {
    expect(await typed('run', '--shard', '0/2')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: '--shard 0/2 is not possible: allowed is PART/PARTS, e.g. 1/8 to 8/8\n',
    });
    const story = 'scenarios/stats/without-refresh-nothing-is-asked.yaml';
    expect(await typed('replay', story, '--junit', '/not/there/out.xml')).toMatchObject({
      code: 2,
      stderr: "ENOENT: no such file or directory, open '/not/there/out.xml'\n",
    });
  });

  it('suggests the option or the command that was probably meant', async () => {
    expect(await typed('run', '--sed', '3')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--sed'\nDid you mean --seed?\n`eseries-conformance run --help` lists the options.\n",
    });
    expect(await typed('lint', '--no-such-option')).toMatchObject({
      code: 2,
      stderr: expect.not.stringContaining('Did you mean'),
    });
    expect((await typed('reply')).stderr).toMatch(
      /^There is no command 'reply', did you mean 'replay'\? Known are run, /,
    );
  });

  it('says nothing with --quiet but JSON that is asked for', async () => {
    const quiet = ['run', '--only', 'driver/version', '--quiet'];
    expect(await typed(...quiet)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse((await typed(...quiet, '--json')).stdout)).toMatchObject({ verdict: 'pass' });
  });
});
