import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere } from './dashboard-bench.js';

const bench = dashboardBench();

describe.skipIf(!isBrowserThere)('thousands of volumes in a browser', () => {
  it('shows 2,000 volumes: only the rows that are seen are there, and they follow the scrolling', async () => {
    const { array } = bench.lab.simulator;
    const poolRef = array.pools.find('DDP_1')?.ref ?? '';
    for (let number = 0; number < 2000; number++)
      array.volumes.create({ label: `many-${String(number).padStart(4, '0')}`, poolRef, capacityBytes: 2 ** 30 });
    await bench.open();
    await bench.page.getByText('Volumes (2000)').waitFor();
    const list = bench.page.getByRole('region', { name: 'List of volumes' });
    await list.getByRole('row', { name: /^many-0000/ }).waitFor();
    expect(await list.locator('tbody tr').count()).toBeLessThan(60);
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await list.getByRole('row', { name: /^many-1999/ }).waitFor();
    expect(await list.locator('tbody tr').count()).toBeLessThan(60);
    await bench.page.getByLabel('Filter by name').fill('many-1234');
    await list.getByRole('row', { name: /^many-1234/ }).waitFor();
    expect(bench.wrong).toEqual([]);
  });
});
