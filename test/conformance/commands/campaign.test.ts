import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaign } from '../../../conformance/commands/campaign.js';
import { CommandError, exitCodes } from '../../../conformance/commands/command.js';
import type { Finding } from '../../../conformance/report/findings.js';
import { ran } from './run-command.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'campaign-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const forgetful = `module:${fileURLToPath(new URL('forgetful-driver.ts', import.meta.url))}`;
const few = ['--only', 'property/volume-shapes', '--runs', '0.1'];

async function told(...args: readonly string[]) {
  const { code, out } = await ran(campaign, ...few, ...args, '--json', '--save-failures', folder);
  return { code, ...(JSON.parse(out) as { seeds: number; stories: number; causes: Finding[] }) };
}

describe('campaign', () => {
  it('runs seed after seed, and passes where nothing fails', async () => {
    const { code, seeds, stories, causes } = await told('--seeds', '2');
    expect({ code, seeds, causes }).toEqual({ code: exitCodes.passed, seeds: 2, causes: [] });
    expect(stories).toBeGreaterThanOrEqual(2);
  });

  it('tells a cause once, with its seeds, the stories that were saved, and the line that shows it again', async () => {
    const { code, causes } = await told('--seeds', '3', '--shard', '2/2', '--subject', forgetful);
    expect(code).toBe(exitCodes.failed);
    expect(new Set(causes.map(({ cause }) => JSON.stringify(cause))).size).toBe(causes.length);
    const most = causes[0];
    expect(most).toMatchObject({ seeds: [2, 4, 6], times: 3, checks: ['property/volume-shapes'] });
    expect(most?.replay[0]).toContain('eseries-conformance replay');
    await access(join(folder, 'seed-2', 'property', 'volume-shapes.yaml'));
  });

  it('ends when the time is over', async () => {
    expect(await told('--time', '0s')).toMatchObject({ code: exitCodes.passed, seeds: 0, stories: 0 });
  });

  it('refuses what makes up no stories, and a driver that cannot be judged', async () => {
    await expect(ran(campaign, '--only', 'driver/version')).rejects.toThrow(CommandError);
    await expect(ran(campaign, ...few, '--subject', 'node -e 0')).rejects.toThrow(/does not start/);
  });
});
