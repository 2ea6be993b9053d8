import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere, withSnapshots } from './dashboard-bench.js';
import { picture } from './screenshots.js';

const bench = dashboardBench({ clock: 'manual', jobs: 'timed' });

const wide = { viewport: { width: 1280, height: 720 }, colorScheme: 'light' } as const;
const narrow = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;

/** A recorded array with snapshots, a copy on its way, a drive that failed, a controller that is down, and work for its volumes. */
async function scene() {
  await bench.control('PUT', '/arrays/1/timeline', {});
  const made = await withSnapshots(bench.lab);
  for (const name of ['database', 'mail', 'scratch']) await bench.lab.volume(name, 4);
  await bench.control('POST', '/faults', { why: 'A disk that died', what: { do: 'drive', drive: '99/3' } });
  await bench.control('POST', '/faults', { what: { do: 'controller', controller: 'B', for: '10m' } });
  await bench.control('POST', '/clock', { advance: '8s' });
  return made;
}

async function go(hash: string) {
  await bench.page.goto(`${bench.lab.simulator.url}/${hash}`);
  await bench.page.getByRole('heading', { level: 2 }).first().waitFor();
}

/** Lets the array and the page measure, again and again, without waiting for it. */
async function measured(times: number) {
  for (let turn = 0; turn < times; turn++) {
    await bench.control('POST', '/clock', { advance: '10s' });
    const read = bench.page.waitForResponse(/\/sim\/v1\/arrays\/1\/looks$/);
    await bench.page.clock.runFor(2000);
    await read;
  }
}

describe.skipIf(!isBrowserThere)('pictures of the dashboard for the documentation', () => {
  it('are made at 1280 pixels, light', async () => {
    const { volume } = await scene();
    await bench.open('', wide);
    await bench.page.getByText('caused by fault rule').first().waitFor();
    await picture(bench.page, 'overview');
    await go(`#/map/volume/${volume}`);
    await bench.page.getByRole('heading', { name: 'volume kept' }).waitFor();
    await bench.page.getByText('"label": "kept"').waitFor();
    await picture(bench.page, 'map');
    await go('#/faults');
    await bench.page.getByRole('button', { name: 'Break it' }).waitFor();
    await picture(bench.page, 'faults');
    await go('#/requests');
    await bench.page.getByRole('button', { name: /POST .*\/snapshot-groups/ }).click();
    await bench.page.getByText('What changed since the request before it').waitFor();
    await bench.page.locator('.differences summary').first().waitFor();
    await picture(bench.page, 'requests');
    await go('#/time');
    await bench.page
      .getByText(/volume scratch created/)
      .first()
      .waitFor();
    const answer = await fetch(`${bench.lab.simulator.controlUrl}/arrays/1/timeline`);
    const { moments } = (await answer.json()) as {
      moments: { number: number; content: { objects?: { label: string }[] } }[];
    };
    const moment = moments.find(({ content }) => content.objects?.some(({ label }) => label === 'kept_group'));
    await go(`#/time/${moment?.number}`);
    await bench.page.locator('.differences summary').first().waitFor();
    await picture(bench.page, 'time');
    expect(bench.wrong).toEqual([]);
  });

  it('of the charts are made of work that is going on', async () => {
    await scene();
    await bench.control('PUT', '/arrays/1/statistics', { intervalSeconds: 10 });
    for (const [index, volume] of ['database', 'mail', 'scratch'].entries())
      await bench.control('POST', '/arrays/1/workloads', {
        volume,
        iops: 900 / (index + 1),
        readPercent: 70,
        variationPercent: 30,
      });
    await bench.open('', wide);
    await bench.page.clock.install();
    await go('#/charts');
    await measured(20);
    await bench.page.getByRole('img', { name: /^Operations per second over time/ }).waitFor();
    await bench.page.getByRole('row', { name: /^database/ }).waitFor();
    await picture(bench.page, 'charts');
    expect(bench.wrong).toEqual([]);
  });

  it('are made at 390 pixels, dark', async () => {
    await scene();
    await bench.open('', narrow);
    await bench.page.getByText('caused by fault rule').first().waitFor();
    await picture(bench.page, 'overview-narrow');
    await go('#/time');
    await bench.page
      .getByText(/volume scratch created/)
      .first()
      .waitFor();
    await picture(bench.page, 'time-narrow');
    expect(bench.wrong).toEqual([]);
  });
});
