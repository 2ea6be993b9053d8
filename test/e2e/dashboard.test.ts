import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { runChildInPlace } from '../child-process.js';
import { type Lab, openLab } from './array-with-volume.js';

const { stdout, code } = runChildInPlace('which', ['chromium']);
const executablePath = code === 0 ? stdout.trim() : undefined;
if (executablePath === undefined)
  process.stderr.write(
    'SKIPPED: chromium is not installed (Debian: chromium): the dashboard is not tried in a browser\n',
  );

const screenshots = process.env.DASHBOARD_SCREENSHOTS;

let browser: Browser;
let lab: Lab;
let page: Page;
/** What the browser's console said is wrong, and what was asked of other hosts. */
let wrong: string[];

beforeAll(async () => {
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});

afterAll(() => browser?.close());

beforeEach(async () => {
  lab = await openLab({ clock: undefined });
});

afterEach(async () => {
  await page?.context().close();
  await lab.close();
});

async function open(hash = '', options: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }) {
  const context = await browser.newContext(options);
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${lab.simulator.url}/`) && !request.url().startsWith('data:'))
      wrong.push(`asked of another host: ${request.url()}`);
  });
  await page.goto(`${lab.simulator.url}/${hash}`);
}

const control = (method: string, path: string, body: object) =>
  fetch(`${lab.simulator.controlUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe.skipIf(executablePath === undefined)('the dashboard in a browser', () => {
  it('shows drives in their slots, pools, volumes and hosts, and nothing is asked of another host', async () => {
    await lab.volume('first', 3);
    await open();
    await page.getByRole('button', { name: /^Slot 1: optimal, pool DDP_1$/ }).waitFor();
    await page.getByRole('heading', { name: 'Controller A' }).waitFor();
    await page.getByRole('row', { name: /^first 3 GiB DDP_1/ }).waitFor();
    await page.getByText('Nothing: the array is optimal.').waitFor();
    await page.getByText('iqn.1993-08.org.debian:01:demo').waitFor();
    expect(await page.getByRole('link', { name: 'SANtricity REST API' }).getAttribute('href')).toBe('/docs');
    expect(wrong).toEqual([]);
  });

  it('follows a client that works, without being loaded again', async () => {
    await open();
    await page.getByText('Volumes (0)').waitFor();
    await lab.volume('live', 1);
    await page.getByRole('row', { name: /^live 1 GiB/ }).waitFor();
    await page.getByRole('link', { name: 'Requests' }).click();
    await lab.host('visitor', ['iqn.2026-01.com.example:visitor']);
    const request = page.getByRole('button', { name: /POST .*\/hosts 20/ });
    await request.click();
    await page.locator('pre.curl').getByText('"name":"visitor"').waitFor();
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No request yet that fits.').waitFor();
    expect(wrong).toEqual([]);
  });

  it('breaks a controller by the form, shows which rule did, and mends it by a click', async () => {
    await open('#/faults');
    await page.getByRole('button', { name: 'Controller B down for 10 minutes' }).click();
    expect(await page.getByLabel('What goes wrong').inputValue()).toBe('controller');
    await page.getByRole('button', { name: 'Break it' }).click();
    await page.getByText('1 hit', { exact: false }).first().waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('controller B, caused by fault rule').waitFor();
    await page.getByRole('link', { name: 'fault-1' }).click();
    await page.getByRole('button', { name: 'Remove fault-1' }).click();
    await page.getByText('Nothing is made to go wrong.').waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Nothing: the array is optimal.').waitFor();
    expect(wrong).toEqual([]);
  });

  it('says what is wrong with a rule that cannot be', async () => {
    await open('#/faults');
    await page.getByLabel('What goes wrong').selectOption('controller');
    await page.locator('input[name="what.controller"]').fill('Z');
    await page.getByRole('button', { name: 'Break it' }).click();
    await page.locator('.rule-form').getByText('what.controller').waitFor();
    expect(lab.simulator.faults.list()).toEqual([]);
  });

  it('pauses the clock, advances it, steps to the next change, and runs it 60 times as fast', async () => {
    await open();
    const clock = page.getByRole('region', { name: 'Clock of the array' });
    await clock.getByRole('button', { name: 'Pause' }).click();
    await clock.getByText('paused').waitFor();
    const startMs = lab.simulator.clock.now();
    await clock.getByLabel('Advance by').selectOption('10m');
    await clock.getByRole('button', { name: 'Advance' }).click();
    await expect.poll(() => lab.simulator.clock.now() - startMs).toBe(600_000);
    await control('POST', '/faults', { what: { do: 'drive', drive: '99/3' }, when: { notBefore: '90s' } });
    await clock.getByRole('button', { name: 'Step to next' }).click();
    await expect.poll(() => lab.simulator.clock.now() - startMs).toBe(690_000);
    await page.getByRole('button', { name: /^Slot 3: failed/ }).waitFor();
    await clock.getByRole('button', { name: '×60' }).click();
    await expect.poll(() => lab.simulator.clock.mode).toBe('scaled');
    expect(wrong).toEqual([]);
  });

  it('shows what users name as text, never as markup', async () => {
    const hostile = `<img src=x onerror=alert(1)>`;
    const { array } = lab.simulator;
    const label = hostile.slice(0, 30);
    array.transact(() => array.tables.system.patch(array.system.ref, { label: hostile }));
    const { id } = await lab.volume('plain', 1);
    array.transact(() => array.tables.volumes.patch(id, { label }));
    const host = await lab.host('plain', ['iqn.2026-01.com.example:visitor']);
    array.transact(() => array.tables.hosts.patch(host, { label: hostile }));
    await control('POST', '/faults', { id: hostile, why: hostile, what: 'offline', when: { object: hostile } });
    await fetch(`${lab.simulator.url}/devmgr/v2/storage-systems/1/volumes?${hostile}`);
    for (const hash of ['#/overview', '#/requests', '#/faults']) {
      await open(hash);
      await page.getByRole('heading', { name: hostile, level: 1 }).waitFor();
      if (hash === '#/overview') await page.getByRole('row', { name: label }).waitFor();
      if (hash === '#/faults') await page.getByRole('heading', { name: `${hostile}: offline` }).waitFor();
      expect(await page.locator('img').count()).toBe(0);
      expect(wrong).toEqual([]);
      await page.context().close();
    }
  });

  it('has nothing serious for axe-core, and no sideways scrolling, at both widths, light and dark', async () => {
    await lab.volume('first', 3);
    await control('POST', '/faults', { what: { do: 'controller', controller: 'B' } });
    await control('POST', '/faults', { what: { do: 'drive', drive: '99/3' } });
    for (const width of [1280, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await open('', { viewport: { width, height: 900 }, colorScheme });
        for (const name of ['overview', 'requests', 'faults']) {
          await page.goto(`${lab.simulator.url}/#/${name}`);
          await page.getByRole('heading', { level: 2 }).first().waitFor();
          await page.getByRole('contentinfo').waitFor();
          if (name === 'faults') await page.getByRole('button', { name: 'Break it' }).waitFor();
          if (screenshots !== undefined)
            await page.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
          await page.evaluate(axe.source);
          const violations = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] };
          const serious = violations.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
          expect([name, width, colorScheme, told]).toEqual([name, width, colorScheme, []]);
          const wide = await page.evaluate('document.documentElement.scrollWidth');
          expect(wide).toBeLessThanOrEqual(width);
        }
        await page.context().close();
      }
    // Twelve looks of axe-core: on a busy machine more than the usual time of a test.
  }, 300_000);
});

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: unknown }[];
}

describe('the dashboard as it is built', () => {
  it('is below 150 KB when it is compressed', () => {
    const folder = join(inject('compiledPackage') ?? '', 'dashboard');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    expect(files.some((name) => name.endsWith('.js'))).toBe(true);
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    expect(bytes).toBeLessThan(150_000);
  });

  it('is served with a strict content security policy, and only its own files', async () => {
    const answer = await fetch(`${lab.simulator.url}/`);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/i);
    const [, script = ''] = /src="(\/dashboard\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await fetch(lab.simulator.url + script)).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    for (const name of ['..%2Findex.html', '%2e%2e%2f%2e%2e%2fbuild.json', 'none.js', 'x.map'])
      expect((await fetch(`${lab.simulator.url}/dashboard/assets/${name}`)).status).toBe(404);
  });
});
