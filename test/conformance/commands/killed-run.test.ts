import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { ConformanceReport } from '../../../conformance/report/report.js';
import { startChild } from '../../child-process.js';
import { commands } from '../../commands.js';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const forgetful = `module:${fileURLToPath(new URL('forgetful-driver.ts', import.meta.url))}`;

/** Resolves when a report file of the folder says what is wanted of it. */
async function reportThat(isWanted: (report: ConformanceReport) => boolean): Promise<void> {
  for await (const { filename } of watch(folder))
    if (filename === 'report.json' && isWanted(reportIn(filename))) return;
}

const reportIn = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ConformanceReport;

it('a run that is killed leaves reports of what it had found', async () => {
  const found = reportThat(({ causes = [] }) => causes.length > 0);
  const files = ['--save-report', join(folder, 'report.json'), '--html', join(folder, 'report.html')];
  const run = startChild(process.execPath, [
    '--import',
    'tsx',
    commands.conformance,
    'run',
    '--subject',
    forgetful,
    ...files,
  ]);
  await run.during('the first finding in the report', found);
  run.kill('SIGKILL');
  expect(await run.end('the end after SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  const { unfinished, causes, checks, notRun } = reportIn('report.json');
  expect(unfinished).toBe(true);
  expect(causes?.length).toBeGreaterThan(0);
  expect(checks.some(({ outcome }) => outcome === 'fail')).toBe(true);
  expect(notRun.length).toBeGreaterThan(0);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/<\/html>\s*$/);
});
