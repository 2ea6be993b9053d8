import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { SimulatorOptions } from '../../simulator/index.js';
import { type Lab, openLab } from './array-with-volume.js';
import { chromiumFor } from './chromium.js';

const executablePath = chromiumFor('the dashboard');

export const isBrowserThere = executablePath !== undefined;

/** A simulator and a browser at its dashboard, new ones for each test. */
interface Bench {
  lab: Lab;
  page: Page;
  /** What the browser's consoles said is wrong, and what was asked of other hosts, on all pages of the test. */
  wrong: string[];
  open(hash?: string, options?: BrowserContextOptions): Promise<void>;
  /** Sends a request to /sim/v1. */
  control(method: string, path: string, body: object): Promise<Response>;
}

let browser: Browser;

/** Opens and closes what the tests of a file need. */
export function dashboardBench(simulator: SimulatorOptions = { clock: undefined }): Bench {
  let contexts: BrowserContext[] = [];
  const bench = {
    wrong: [],
    async open(hash = '', options: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }) {
      const { url } = bench.lab.simulator;
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      bench.page = page;
      page.setDefaultTimeout(20_000);
      const { wrong } = bench;
      page.on('console', (message) => {
        if (message.type() === 'error') wrong.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => wrong.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
          wrong.push(`asked of another host: ${request.url()}`);
      });
      await page.goto(`${url}/${hash}`);
    },
    control: (method: string, path: string, body: object) =>
      fetch(`${bench.lab.simulator.controlUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  } as unknown as Bench;
  beforeAll(async () => {
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    bench.lab = await openLab(simulator);
    bench.wrong = [];
  });
  afterEach(async () => {
    // A page that stays open would go on asking a simulator that is no longer there.
    for (const context of contexts) await context.close();
    contexts = [];
    await bench.lab.close();
  });
  return bench;
}

/** A volume with a host group, a snapshot, a view of it, and a copy. */
export async function withSnapshots(lab: Lab) {
  const { id: volume } = await lab.volume('kept', 2);
  const { id: target } = await lab.volume('clone', 2);
  const host = await lab.host('visitor', ['iqn.2026-01.com.example:visitor']);
  const group = await lab.post<{ readonly id: string }>('host-groups', { name: 'visitors', hosts: [host] });
  await lab.map(volume, group.id);
  const snapshots = await lab.post<{ readonly id: string }>('snapshot-groups', {
    ...{ baseMappableObjectId: volume, name: 'kept_group', repositoryPercentage: 20, warningThreshold: 80 },
    ...{ autoDeleteLimit: 0, fullPolicy: 'purgepit' },
  });
  const image = await lab.post<{ readonly id: string }>('snapshot-images', { groupId: snapshots.id });
  const { id: view } = await lab.post<{ readonly id: string }>('snapshot-volumes', {
    ...{ snapshotImageId: image.id, name: 'kept_view', viewMode: 'readWrite', repositoryPercentage: 20 },
    fullThreshold: 85,
  });
  await lab.post('volume-copy-jobs', {
    ...{ sourceId: volume, targetId: target, copyPriority: 'priority2', targetWriteProtected: false },
    onlineCopy: false,
  });
  return { volume, view, host };
}
