import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { describe, expect, inject, it } from 'vitest';
import { type AxeViolation, seriousOf } from './chromium.js';
import { dashboardBench, isBrowserThere, withSnapshots } from './dashboard-bench.js';

/** Whole pages to look at, made when this names a folder. */
const screenshots = process.env.DASHBOARD_SCREENSHOTS;
const bench = dashboardBench();

describe.skipIf(!isBrowserThere)('the dashboard in a browser', () => {
  it('shows drives in their slots, pools, volumes and hosts, and nothing is asked of another host', async () => {
    await bench.lab.volume('first', 3);
    await bench.open();
    await bench.page.getByRole('button', { name: /^Slot 1: optimal, pool DDP_1$/ }).waitFor();
    await bench.page.getByRole('heading', { name: 'Controller A' }).waitFor();
    await bench.page.getByRole('row', { name: /^first 3 GiB DDP_1/ }).waitFor();
    await bench.page.getByText('Nothing: the array is optimal.').waitFor();
    await bench.page.getByText('iqn.1993-08.org.debian:01:demo').waitFor();
    expect(await bench.page.getByRole('link', { name: 'SANtricity REST API' }).getAttribute('href')).toBe('/docs');
    expect(bench.wrong).toEqual([]);
  });

  it('follows a client that works, without being loaded again', async () => {
    await bench.open();
    await bench.page.getByText('Volumes (0)').waitFor();
    await bench.lab.volume('live', 1);
    await bench.page.getByRole('row', { name: /^live 1 GiB/ }).waitFor();
    await bench.page.getByRole('link', { name: 'Requests' }).click();
    await bench.lab.host('visitor', ['iqn.2026-01.com.example:visitor']);
    const request = bench.page.getByRole('button', { name: /POST .*\/hosts 20/ });
    await request.click();
    await bench.page.locator('pre.curl').getByText('"name":"visitor"').waitFor();
    await bench.page.getByText('What requests change is shown while the array is recorded').waitFor();
    await bench.page.getByRole('button', { name: 'Add a fault for requests like this' }).click();
    await bench.page.getByRole('heading', { name: 'Break something' }).waitFor();
    expect(await bench.page.locator('input[name="when.request"]').inputValue()).toBe('POST hosts');
    await bench.page.goBack();
    await bench.page.getByRole('checkbox', { name: /^Select request \d+: POST .*\/hosts$/ }).check();
    await bench.page.getByRole('button', { name: 'Make a story of the selection (1)' }).click();
    await bench.page.getByText('- {"rest":"POST hosts","as":"host-1","body":{"name":"visitor"').waitFor();
    const download = bench.page.waitForEvent('download');
    await bench.page.getByRole('link', { name: 'Download story.yaml' }).click();
    expect((await download).suggestedFilename()).toBe('story.yaml');
    await bench.page.getByRole('searchbox').fill('nothing like it');
    await bench.page.getByText('No request yet that fits.').waitFor();
    await fetch(`${bench.lab.simulator.url}/devmgr/v2/storage-systems/1/volumez`);
    await bench.page.getByText('Requests that nothing answers').click();
    await bench.page.getByText(/volumez'\. The nearest known path is/).waitFor();
    expect(bench.wrong).toEqual([]);
  });

  it('breaks a controller by the form, shows which rule did, and mends it by a click', async () => {
    await bench.open('#/faults');
    await bench.page.getByRole('button', { name: 'Controller B down for 10 minutes' }).click();
    expect(await bench.page.getByLabel('What goes wrong').inputValue()).toBe('controller');
    await bench.page.getByRole('button', { name: 'Break it' }).click();
    await bench.page.getByText('1 hit', { exact: false }).first().waitFor();
    await bench.page.getByRole('link', { name: 'Overview' }).click();
    await bench.page.getByText('controller B, caused by fault rule').waitFor();
    const controllerB = bench.page.getByRole('article').filter({ hasText: 'Controller B' });
    await controllerB
      .getByText(/, link out of service/)
      .first()
      .waitFor();
    expect(await controllerB.getByText(/, link (up|down)/).count()).toBe(0);
    await bench.page.getByRole('link', { name: 'fault-1' }).click();
    await bench.page.getByRole('button', { name: 'Remove fault-1' }).click();
    await bench.page.getByText('Nothing is made to go wrong.').waitFor();
    await bench.page.getByRole('link', { name: 'Overview' }).click();
    await bench.page.getByText('Nothing: the array is optimal.').waitFor();
    await controllerB
      .getByText(/, link up/)
      .first()
      .waitFor();
    expect(bench.wrong).toEqual([]);
  });

  it('says what is wrong with a rule that cannot be', async () => {
    await bench.open('#/faults');
    await bench.page.getByLabel('What goes wrong').selectOption('controller');
    await bench.page.locator('input[name="what.controller"]').fill('Z');
    await bench.page.getByRole('button', { name: 'Break it' }).click();
    await bench.page.locator('.rule-form').getByText('what.controller').waitFor();
    expect(bench.lab.simulator.faults.list()).toEqual([]);
  });

  it('pauses the clock, advances it, steps to the next change, and runs it 60 times as fast', async () => {
    await bench.open();
    const clock = bench.page.getByRole('region', { name: 'Clock of the array' });
    await clock.getByRole('button', { name: 'Pause' }).click();
    await clock.getByText('paused').waitFor();
    const startMs = bench.lab.simulator.clock.now();
    await clock.getByLabel('Advance by').selectOption('10m');
    await clock.getByRole('button', { name: 'Advance' }).click();
    await expect.poll(() => bench.lab.simulator.clock.now() - startMs).toBe(600_000);
    await bench.control('POST', '/faults', { what: { do: 'drive', drive: '99/3' }, when: { notBefore: '90s' } });
    await clock.getByRole('button', { name: 'Step to next' }).click();
    await expect.poll(() => bench.lab.simulator.clock.now() - startMs).toBe(690_000);
    await bench.page.getByRole('button', { name: /^Slot 3: failed/ }).waitFor();
    await clock.getByRole('button', { name: '×60' }).click();
    await expect.poll(() => bench.lab.simulator.clock.mode).toBe('scaled');
    expect(bench.wrong).toEqual([]);
  });

  it('shows what users name as text, never as markup', async () => {
    const hostile = `<img src=x onerror=alert(1)>`;
    const { array } = bench.lab.simulator;
    const label = hostile.slice(0, 30);
    array.transact(() => array.tables.system.patch(array.system.ref, { label: hostile }));
    const { id } = await bench.lab.volume('plain', 1);
    array.transact(() => array.tables.volumes.patch(id, { label }));
    const host = await bench.lab.host('plain', ['iqn.2026-01.com.example:visitor']);
    array.transact(() => array.tables.hosts.patch(host, { label: hostile }));
    await bench.control('POST', '/faults', { id: hostile, why: hostile, what: 'offline', when: { object: hostile } });
    await fetch(`${bench.lab.simulator.url}/devmgr/v2/storage-systems/1/volumes?${hostile}`);
    for (const hash of ['#/overview', '#/map', `#/map/volume/${id}`, '#/requests', '#/faults']) {
      await bench.open(hash);
      await bench.page.getByRole('heading', { name: hostile, level: 1 }).waitFor();
      if (hash === '#/overview') await bench.page.getByRole('row', { name: label }).waitFor();
      if (hash === '#/map') await bench.page.getByRole('link', { name: hostile }).first().waitFor();
      if (hash.startsWith('#/map/')) await bench.page.getByRole('heading', { name: `volume ${label}` }).waitFor();
      if (hash === '#/faults') await bench.page.getByRole('heading', { name: `${hostile}: offline` }).waitFor();
      expect(await bench.page.locator('img').count()).toBe(0);
      expect(bench.wrong).toEqual([]);
    }
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)(
    'has nothing serious for axe-core, and no sideways scrolling, %i pixels wide, %s',
    async (width, colorScheme) => {
      const { volume } = await withSnapshots(bench.lab);
      await bench.control('PUT', '/arrays/1/timeline', {});
      await bench.control('POST', '/faults', { what: { do: 'controller', controller: 'B' } });
      await bench.control('POST', '/faults', { what: { do: 'drive', drive: '99/3' } });
      await bench.lab.volume('recorded', 1);
      await bench.open('', { viewport: { width, height: 900 }, colorScheme });
      await bench.page.evaluate(axe.source);
      for (const name of ['overview', 'map', `map/volume/${volume}`, 'charts', 'time', 'requests', 'faults']) {
        await bench.page.goto(`${bench.lab.simulator.url}/#/${name}`);
        await bench.page.getByRole('heading', { level: 2 }).first().waitFor();
        await bench.page.getByRole('contentinfo').waitFor();
        if (name === 'faults') await bench.page.getByRole('button', { name: 'Break it' }).waitFor();
        if (name === 'time') await bench.page.getByRole('article').getByRole('listitem').first().waitFor();
        if (screenshots !== undefined)
          await bench.page.screenshot({
            path: join(screenshots, `${name.replaceAll('/', '-').slice(0, 12)}-${width}-${colorScheme}.png`),
            fullPage: true,
          });
        const found = await bench.page.evaluate("axe.run({ resultTypes: ['violations'] })");
        expect([name, seriousOf(found as { readonly violations: readonly AxeViolation[] })]).toEqual([name, []]);
        expect(await bench.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    },
  );
});

describe('the dashboard as it is built', () => {
  it('is below 150 KB when it is compressed', () => {
    const folder = join(inject('compiledPackage') ?? '', 'dashboard');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    expect(files.some((name) => name.endsWith('.js'))).toBe(true);
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    expect(bytes).toBeLessThan(150_000);
  });

  it('is served with a strict content security policy, and only its own files', async () => {
    const answer = await fetch(`${bench.lab.simulator.url}/`);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/i);
    const [, script = ''] = /src="(\/dashboard\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await fetch(bench.lab.simulator.url + script)).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    for (const name of ['..%2Findex.html', '%2e%2e%2f%2e%2e%2fbuild.json', 'none.js', 'x.map'])
      expect((await fetch(`${bench.lab.simulator.url}/dashboard/assets/${name}`)).status).toBe(404);
  });
});
