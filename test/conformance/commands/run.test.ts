import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { merge } from '../../../conformance/commands/merge.js';
import { replay } from '../../../conformance/commands/replay.js';
import { run } from '../../../conformance/commands/run.js';
import { jsonReport } from '../../../conformance/report/json.js';
import type { ConformanceReport } from '../../../conformance/report/report.js';
import { commands } from '../../commands.js';
import { report } from '../report/made-up.js';
import { ran } from './run-command.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const forgetful = `module:${fileURLToPath(new URL('forgetful-driver.ts', import.meta.url))}`;
const few = ['--only', 'driver/*,volume/failed-create-leaves-nothing,volume/failed-extension-is-told'];

const outcomes = (report: ConformanceReport, outcome: string) =>
  report.requirements.filter((each) => each.outcome === outcome).map(({ id }) => id);

describe('run with a driver that conforms', () => {
  it('passes, and gives the same bytes each time', async () => {
    const once = await ran(run, ...few, '--json', '--save-failures', folder);
    const again = await ran(run, ...few, '--json', '--save-failures', folder);
    expect(once.code).toBe(exitCodes.passed);
    expect(once.out).toBe(again.out);
    const report = JSON.parse(once.out) as ConformanceReport;
    expect(outcomes(report, 'fail')).toEqual([]);
    expect(outcomes(report, 'pass')).toEqual(expect.arrayContaining(['C-version-1', 'C-driver-1', 'Q11']));
  });

  it('comes to the same in shards that are merged', async () => {
    const files = [1, 2].map((index) => join(folder, `shard-${index}.json`));
    for (const [index, file] of files.entries()) {
      const { code } = await ran(run, ...few, '--shard', `${index + 1}/2`, '--save-report', file);
      expect(code).toBe(exitCodes.passed);
    }
    const merged = await ran(merge, ...files.reverse(), '--json');
    expect(merged).toEqual(await ran(run, ...few, '--json'));
  });
});

describe('run with a driver that does not conform', () => {
  it('fails with the requirements that do not hold, and saves stories that fail again', async () => {
    const failures = join(folder, 'failures');
    const html = join(folder, 'report.html');
    const args = ['--subject', forgetful, '--save-failures', failures, '--html', html];
    const { code, out } = await ran(run, ...few, ...args, '--json');
    expect(code).toBe(exitCodes.failed);
    const report = JSON.parse(out) as ConformanceReport;
    expect(outcomes(report, 'fail')).toEqual(expect.arrayContaining(['B16', 'C-version-1', 'R8']));
    expect(outcomes(report, 'pass')).toEqual(expect.arrayContaining(['C-ci-wiki-name-1', 'C-driver-1']));
    const file = join(failures, 'volume', 'failed-create-leaves-nothing.yaml');
    expect(report.checks.find(({ id }) => id === 'volume/failed-create-leaves-nothing')?.replay).toEqual([
      `eseries-conformance replay ${file} --subject ${forgetful}`,
    ]);
    expect(await readFile(html, 'utf8')).toContain('delete_volume');
    // What was not played has nothing to replay.
    await expect(access(join(failures, 'driver'))).rejects.toThrow();

    expect((await ran(replay, file, '--subject', forgetful)).code).toBe(exitCodes.failed);
    expect((await ran(replay, file)).code).toBe(exitCodes.passed);
  });

  it('passes while waivers hold, and fails when one is stale', async () => {
    const file = join(folder, 'waivers.yaml');
    const waiver = (id: string) => `- {id: ${id}, reason: old firmware, owner: ann, expires: 9999-12-31}\n`;
    const version = ['--subject', forgetful, '--only', 'driver/version', '--waivers', file, '--save-failures', folder];
    await writeFile(file, waiver('C-version-1'));
    const waived = await ran(run, ...version);
    expect(waived.code).toBe(exitCodes.passed);
    expect(waived.out).toMatch(/^waived +must +C-version-1 .*\(old firmware \(ann, until 9999-12-31\)\)$/m);
    const own = await ran(run, ...version.slice(2));
    expect(own.code).toBe(exitCodes.failed);
    expect(own.out).toContain('the waiver for C-version-1 is stale: its requirement holds (ann)');
  });

  it('ends with the first failure when it is to', async () => {
    const args = ['--subject', forgetful, '--only', 'driver/v*,volume/failed-create-leaves-nothing', '--bail'];
    const { code, out } = await ran(run, ...args, '--json', '--save-failures', folder);
    expect(code).toBe(exitCodes.failed);
    const { notRun } = JSON.parse(out) as ConformanceReport;
    expect(notRun).toEqual(['volume/failed-create-leaves-nothing']);
  });
});

describe('run with a driver in another process', () => {
  it('lets it reach the arrays of the stories', async () => {
    const subject = `'${process.execPath}' '${commands.driver}' --stdio`;
    const { code, out } = await ran(run, '--only', 'volume/failed-extension-is-told', '--subject', subject);
    expect(out).toMatch(/^PASSED NetApp_iSCSI_ESeries/m);
    expect(code).toBe(exitCodes.passed);
  });

  it('says so when it does not start', async () => {
    const subject = `'${process.execPath}' -e 'process.exit(3)'`;
    const { code, out } = await ran(run, '--subject', subject);
    expect(code).toBe(exitCodes.couldNotRun);
    expect(out).toContain('CANNOT BE JUDGED The driver does not start. The program ended with code 3');
  });
});

describe('what run is asked for', () => {
  it.each([
    [['--seed', 'x'], '--seed x is not possible: allowed are whole numbers from 0'],
    [['--runs', '0'], '--runs 0 is not possible: allowed are numbers above 0'],
    [['--time', 'soon'], '--time soon is not possible: allowed are durations such as 30s, 10m or 2h'],
    [['--level', 'may'], '--level may is not possible: allowed are must, should'],
    [['--shard', '9/8'], '--shard 9/8 is not possible: allowed is PART/PARTS, e.g. 1/8 to 8/8'],
    [['--only', 'nothing/*'], '--only nothing/* is the id of no check and of no requirement'],
    [['--only', 'driver/*', '--path', '1:2'], '--path is of one check that generates examples: name that with --only'],
    [['--waivers', '/nowhere.yaml'], '--waivers /nowhere.yaml cannot be read (ENOENT).'],
    [['--seeds', '1'], "Unknown option '--seeds'"],
  ])('is refused when it is not possible: %j', async (args, message) => {
    await expect(ran(run, ...args)).rejects.toThrow(message);
  });

  it('is no check later than its time', async () => {
    const { code, out } = await ran(run, '--only', 'driver/*', '--time', '0s');
    expect(code).toBe(exitCodes.failed);
    expect(out).toContain('5 of 5 checks were not begun.');
  });
});

describe('merge', () => {
  it.each([
    [[], 'Which reports?'],
    [['/nowhere.json'], '/nowhere.json cannot be read (ENOENT).'],
    [[fileURLToPath(new URL('../../../package.json', import.meta.url))], 'is no report of this suite'],
  ])('refuses what it cannot read: %j', async (args, message) => {
    await expect(ran(merge, ...args)).rejects.toThrow(message);
  });

  it('--compare sets reports side by side, writes the page, and judges nothing', async () => {
    const [one, other, html] = ['one.json', 'other.json', 'compared.html'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(one, jsonReport(report));
    await writeFile(other, jsonReport({ ...report, subject: 'another', requirements: report.requirements.slice(1) }));
    const { code, out } = await ran(merge, '--compare', one, other, '--html', html);
    expect(code).toBe(exitCodes.passed);
    expect(out).toContain('1 requirement differs:');
    expect(await readFile(html, 'utf8')).toContain('<h1>2 reports compared</h1>');
    expect(JSON.parse((await ran(merge, '--compare', one, other, '--json')).out).reports[1].subject).toBe('another');
    await expect(ran(merge, '--compare', one)).rejects.toThrow('--compare takes two reports or more.');
    await expect(ran(merge, '--compare', one, other, '--junit', html)).rejects.toThrow(
      '--junit does not go with --compare: allowed are --html FILE and --json.',
    );
  });
});
