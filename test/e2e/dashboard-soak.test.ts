import type { CDPSession } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere } from './dashboard-bench.js';

const bench = dashboardBench();

/** How long the traffic lasts; without it about 800 requests for each page. */
const soakMs = 1000 * Number(process.env.SOAK_SECONDS ?? '0');

/** Volumes that are made and deleted before the first look: the lists of the page are full then. */
const warmUp = 180;
const perRound = 30;
const fewestRounds = 3;

/** What the page may grow by between the first look and the last. */
const mostBytes = 4 * 2 ** 20;
const mostNodes = 400;

interface Look {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function look(devtools: CDPSession): Promise<Look> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize: heapBytes } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners } = await devtools.send('Memory.getDOMCounters');
  return { heapBytes, nodes, listeners };
}

async function traffic(volumes: number): Promise<void> {
  for (let turn = 0; turn < volumes; turn++) {
    const { id } = await bench.lab.volume('soaked', 1);
    await bench.lab.remove(`volumes/${id}`);
  }
}

describe.skipIf(!isBrowserThere)('a page that stays open while clients work', () => {
  it.each(['overview', 'requests', 'charts'])(
    'does not grow: %s',
    async (page) => {
      await bench.open(`#/${page}`);
      await bench.page.getByRole('heading', { level: 2 }).first().waitFor();
      const devtools = await bench.page.context().newCDPSession(bench.page);
      await traffic(warmUp);
      const looks = [await look(devtools)];
      for (const startMs = performance.now(); looks.length <= fewestRounds || performance.now() - startMs < soakMs; ) {
        await traffic(perRound);
        looks.push(await look(devtools));
      }
      const [first, last] = [looks[0], looks.at(-1)];
      if (soakMs > 0)
        process.stdout.write(`${page}: ${looks.length * perRound * 3} requests, ${JSON.stringify([first, last])}\n`);
      expect((last?.heapBytes ?? 0) - (first?.heapBytes ?? 0)).toBeLessThan(mostBytes);
      expect((last?.nodes ?? 0) - (first?.nodes ?? 0)).toBeLessThan(mostNodes);
      expect(bench.wrong).toEqual([]);
    },
    240_000 + 2 * soakMs,
  );
});
