import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compareReports } from '../../conformance/report/comparison.js';
import { htmlReport } from '../../conformance/report/html.js';
import { htmlComparison } from '../../conformance/report/html-comparison.js';
import { makeReport } from '../../conformance/report/make-report.js';
import { requirements } from '../../conformance/requirements/index.js';
import { resultOf } from '../conformance/checks/made-up.js';
import { checks as madeUp } from '../conformance/report/made-up.js';
import { type AxeViolation, chromiumFor, seriousOf } from './chromium.js';
import { picture } from './screenshots.js';

const executablePath = chromiumFor('the report page');
const screenshots = process.env.DASHBOARD_SCREENSHOTS;

const hostile = '<img src=x onerror=alert(1)>';
const [first, second] = requirements.map(({ id }) => id);

/** All requirements: one fails with a trace, one with a difference of two states, and a third area has those that hold. */
const checksThatSay = (text: string) => [
  {
    ...madeUp[0],
    verifies: [first],
    failure: { ...madeUp[0]?.failure, failures: [{ message: text, requirement: first }] },
  },
  {
    ...resultOf('attach/state', 'fail', [second ?? '']),
    failure: {
      failures: [
        { message: 'the array changed', expected: { hosts: [text] }, found: { hosts: [] }, requirement: second },
      ],
      scenario: 'name: made up\n',
      trace: '',
      seed: 0,
    },
  },
  ...requirements.slice(2).map(({ id }, index) => resultOf(`fine/${index}`, 'pass', [id])),
];

function reportOf(subject: string, text: string) {
  const checks = checksThatSay(text) as Parameters<typeof makeReport>[1]['results'];
  const selection = { only: [], level: 'should' } as const;
  return makeReport(
    { subject, seed: 7, effort: 1 },
    { requirements, checks, selection, results: checks, waivers: [], today: '2030-06-01' },
  );
}

const report = reportOf(`Driver ${hostile}`, hostile);

let browser: Browser;
let folder: string;
let page: Page;
let wrong: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-page-'));
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});

afterEach(() => page?.context().close());

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(content: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
  const file = join(folder, 'report.html');
  await writeFile(file, content);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  page = await context.newPage();
  wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) wrong.push(`asked of a host: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
}

const shown = () => page.locator('#requirements > li:visible').count();

describe.skipIf(executablePath === undefined)('the report of a run as a file in a browser', () => {
  it('filters by outcome, level, area and text, and shows what a link leads to though it was filtered out', async () => {
    await open(htmlReport(report));
    expect(await shown()).toBe(requirements.length);
    await page.getByLabel(/fail$/).check();
    expect(await shown()).toBe(2);
    await page.getByLabel('Area').selectOption('attach');
    expect(await shown()).toBe(1);
    await page.getByLabel('Area').selectOption('');
    await page.getByLabel(/fail$/).uncheck();
    await page.getByLabel('Level').selectOption('must');
    expect(await shown()).toBe(requirements.filter(({ level }) => level === 'must').length);
    await page.getByLabel('Text').fill(second ?? '');
    await page
      .locator('article')
      .filter({ hasText: 'volume/create' })
      .getByRole('link', { name: first, exact: true })
      .first()
      .click();
    await page.locator(`[id="${first}"]:visible`).waitFor();
    expect(await shown()).toBe(requirements.length);
    expect(wrong).toEqual([]);
  });

  it('leads from a requirement over its check to the step that failed, its exchanges, what differs, and the story', async () => {
    await open(htmlReport(report));
    const requirement = page.locator(`[id="${first}"]`);
    await requirement.getByText('1 check').click();
    await requirement.getByRole('link', { name: 'volume/create' }).click();
    const cause = page.locator('article').filter({ hasText: 'volume/create' });
    await cause.getByText('the last one: here it failed').waitFor();
    await cause.getByText('POST /devmgr/v2/storage-systems/1/volumes').click();
    await cause.getByText('"label": "a&b"').waitFor();
    await cause.getByText('The story').click();
    await cause.getByText('name: made up').waitFor();
    const state = page.locator('article').filter({ hasText: 'attach/state' });
    await state.locator('dt').getByText('hosts[0]').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['report', 1280, 'light'],
    ['report', 390, 'dark'],
    ['comparison', 1280, 'dark'],
    ['comparison', 390, 'light'],
  ] as const)(
    'has nothing serious for axe-core, and no sideways scrolling: %s, %i pixels wide, %s',
    async (name, width, scheme) => {
      const other = { ...report, subject: 'Another', requirements: report.requirements.slice(1) };
      const parts = [report, other, report, other].map((each, index) => ({ file: `${index}.json`, report: each }));
      await open(name === 'report' ? htmlReport(report) : htmlComparison(compareReports(parts)), width, scheme);
      if (screenshots !== undefined)
        await page.screenshot({ path: join(screenshots, `${name}-page-${width}-${scheme}.png`) });
      // The policy of the page allows no script but its own: axe-core runs past it.
      const found = await page.evaluate(`${axe.source}; axe.run({ resultTypes: ['violations'] })`);
      expect(seriousOf(found as { readonly violations: readonly AxeViolation[] })).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(wrong).toEqual([]);
    },
  );

  it('is pictured for the documentation, alone and beside another', async () => {
    const shownReport = reportOf('ExampleDriver 1.4', 'volume leaked: the array has a volume without a record');
    await open(htmlReport(shownReport));
    await picture(page, 'report');
    await open(htmlReport(shownReport), 390, 'dark');
    await picture(page, 'report-narrow');
    const before = { ...shownReport, subject: 'ExampleDriver 1.3', requirements: shownReport.requirements.slice(1) };
    const parts = [before, shownReport].map((each, index) => ({ file: `1.${index + 3}.json`, report: each }));
    await open(htmlComparison(compareReports(parts)));
    await picture(page, 'comparison');
    expect(wrong).toEqual([]);
  });

  it('of several reports: shows what differs, and everything on demand', async () => {
    const other = { ...report, subject: 'Another', requirements: report.requirements.slice(1) };
    const parts = [report, other].map((each, index) => ({ file: `${index}.json`, report: each }));
    await open(htmlComparison(compareReports(parts)));
    const rows = page.locator('.matrix tbody tr:visible');
    expect(await rows.count()).toBe(1);
    await page.getByLabel('only what differs').uncheck();
    expect(await rows.count()).toBe(requirements.length);
    expect(wrong).toEqual([]);
  });
});
