import { setImmediate } from 'node:timers/promises';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { connect, write10 } from '../../conformance/probe/index.js';
import { patience } from '../conformance/probe/patterns.js';
import { drained } from '../conformance/probe/simulator-target/bench.js';
import { type AxeViolation, seriousOf } from './chromium.js';
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

  it('says why there is no line, and draws what a host does over iSCSI as soon as it does', async () => {
    const initiatorName = 'iqn.2026-01.com.example:probe';
    const { id } = await bench.lab.volume('mapped', 1);
    const { lun } = await bench.lab.map(id, await bench.lab.host('visitor', [initiatorName]));
    await bench.open('#/charts');
    await bench.page.getByLabel('Of each').selectOption('host');
    await bench.page.getByText('No host has read or written over iSCSI since this page was opened.').waitFor();
    await bench.page.evaluate(axe.source);
    const found = await bench.page.evaluate("axe.run({ resultTypes: ['violations'] })");
    expect(seriousOf(found as { readonly violations: readonly AxeViolation[] })).toEqual([]);
    const portal = bench.lab.simulator.iscsi[0]?.portal ?? '';
    const session = await connect({ portal, targetName: bench.lab.iqn, initiatorName, patience });
    await drained(session, lun);
    let isSeen = false;
    const seen = bench.page
      .getByRole('row', { name: /^visitor [1-9]/ })
      .waitFor()
      .then(() => {
        isSeen = true;
      });
    while (!isSeen) {
      await session.execute(write10(lun, { lba: 0n, blocks: 8 }, Buffer.alloc(4096, 1)));
      await setImmediate();
    }
    await seen;
    await bench.page.getByRole('img', { name: /^Operations per second over time/ }).waitFor();
    await session.close();
    expect(bench.wrong).toEqual([]);
  });
});
