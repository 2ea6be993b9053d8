import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere } from './dashboard-bench.js';

const bench = dashboardBench();

describe.skipIf(!isBrowserThere)('the charts of an array in a browser', () => {
  it('draws what volumes do over time, with the values as a table', async () => {
    await bench.lab.volume('busy', 1);
    await bench.control('PUT', '/arrays/1/statistics', { intervalSeconds: 1 });
    await bench.control('POST', '/arrays/1/workloads', { volume: 'busy', iops: 200, readPercent: 100 });
    await bench.open('#/charts');
    await bench.page.getByRole('img', { name: /^Operations per second over time/ }).waitFor();
    await bench.page.getByRole('row', { name: /^busy (1[89]\d|2[01]\d)/ }).waitFor();
    await bench.page.getByLabel('What').selectOption('capacity');
    await bench.page.getByRole('row', { name: /^DDP_1/ }).waitFor();
    expect(bench.wrong).toEqual([]);
  });
});
