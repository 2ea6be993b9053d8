import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere, withSnapshots } from './dashboard-bench.js';

const bench = dashboardBench();

describe.skipIf(!isBrowserThere)('the map of an array in a browser', () => {
  it('follows a volume from its host group to its pool and its snapshots, and shows JSON, bytes, events and requests', async () => {
    const { volume, view, host } = await withSnapshots(bench.lab);
    await bench.control('PUT', `/arrays/1/volumes/${volume}/blocks?offset=4096`, {
      base64: Buffer.alloc(512, 'wire').toString('base64'),
    });
    await bench.open(`#/map/volume/${volume}`);
    await bench.page.getByRole('heading', { name: 'volume kept' }).waitFor();
    const leads = bench.page.getByRole('article').filter({ hasText: 'What it leads to' });
    for (const name of ['DDP_1', 'kept_group', /^image /, 'kept_view', /^copy, /, 'clone'])
      await leads.getByRole('link', { name }).first().waitFor();
    const led = bench.page.getByRole('article').filter({ hasText: 'What leads to it' });
    for (const name of ['LUN 1', 'visitor', 'visitors']) await led.getByRole('link', { name, exact: true }).waitFor();
    await bench.page.getByText('"label": "kept"').waitFor();
    await bench.page.getByRole('link', { name: /^POST .*ssc\/volumes$/ }).waitFor();
    await bench.page.getByLabel('From byte').fill('4096');
    await bench.page.getByRole('button', { name: 'Read' }).click();
    await bench.page.getByText('Bytes 4096 to 4607: a pattern of 4 bytes, again and again').waitFor();
    await bench.page.getByText('0000001000  77 69 72 65').waitFor();
    await bench.page.getByRole('region', { name: 'Picture' }).getByRole('link', { name: 'view kept_view' }).focus();
    await bench.page.keyboard.press('Enter');
    await bench.page.getByRole('heading', { name: 'view kept_view' }).waitFor();
    expect(bench.page.url()).toContain(`#/map/view/${view}`);
    await bench.page.getByText(/^0 B of .* used/).waitFor();
    await bench.open(`#/map/host/${host}`);
    await bench.page.getByRole('heading', { name: 'host visitor' }).waitFor();
    await bench.page.getByRole('link', { name: /^POST .*\/hosts$/ }).click();
    await bench.page.locator('pre.curl').getByText('"name":"visitor"').waitFor();
    await bench.open('#/map/volume/gone');
    await bench.page.getByText('The array has no such object (any more): volume/gone').waitFor();
    expect(bench.wrong).toEqual([]);
  });
});
