import { afterEach, describe, expect, it } from 'vitest';
import { replay } from '../../../conformance/index.js';
import { type RecordedRequest, storyOf } from '../../../simulator/dashboard/story.js';
import { type Simulator, startSimulator } from '../../../simulator/index.js';

let simulator: Simulator;

afterEach(() => simulator.close());

async function send(method: string, path: string, body?: object) {
  const answer = await fetch(`${simulator.url}/devmgr/v2/storage-systems/1/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status === 204 ? undefined : ((await answer.json()) as { readonly id: string });
}

/** The story of what was sent to a new array. */
async function storyAfter(work: (poolId: string) => Promise<unknown>): Promise<string> {
  simulator = await startSimulator({ port: 0, clock: 'manual', jobs: 'instant' });
  const all = simulator.array.tables.pools.toJSON();
  await work(all[0]?.ref ?? '');
  const requests = (await (await fetch(`${simulator.controlUrl}/journal`)).json()) as RecordedRequest[];
  const pools = all.map(({ ref, label }) => ({ ref, label }));
  return storyOf(requests, { name: 'As it was', array: { preset: 'demo', seed: 0 }, pools });
}

describe('the story of requests', () => {
  it('is played again by the suite, with names in place of references and refusals expected', async () => {
    const story = await storyAfter(async (poolId) => {
      const volume = await send('POST', 'volumes', { poolId, name: 'kept', sizeUnit: 'gb', size: '1', segSize: 128 });
      await send('POST', `volumes/${volume?.id}`, { name: 'it\'s #1: "new"' });
      await send('POST', 'volumes', { poolId, name: 'too_large', sizeUnit: 'tb', size: '9000', segSize: 128 });
      await send('DELETE', `volumes/${volume?.id}`);
    });
    expect(story).toContain('{"rest":"POST volumes","as":"volume-1","body":{"poolId":"{pool-1}","name":"kept"');
    expect(story).toContain('{"rest":"DELETE volumes/{volume-1}"}');
    expect(story).toMatch(/"too_large".*"expect":\{"status":422\}/);
    expect(story).not.toMatch(/[0-9A-F]{32}/);
    const { verdict, steps, end } = await replay({ text: story });
    expect([verdict, end, steps.flatMap(({ failures }) => failures)]).toEqual(['pass', [], []]);
    expect(steps.filter(({ what }) => what.includes('volumes'))).toHaveLength(4);
  });

  it('fails where the array answers something else than then', async () => {
    const story = await storyAfter((poolId) =>
      send('POST', 'volumes', { poolId, name: 'too_large', sizeUnit: 'tb', size: '9000', segSize: 128 }),
    );
    const { verdict } = await replay({ text: story.replace('"tb","size":"9000"', '"gb","size":"1"') });
    expect(verdict).toBe('fail');
  });

  it('leaves out what was cut off, and lets notable time pass', async () => {
    simulator = await startSimulator({ listen: false });
    const request = (timeMs: number, status: number) => ({
      ...{ timeMs, status, method: 'GET', body: null, answer: null },
      url: '/devmgr/v2/storage-systems/1/volumes',
    });
    const story = storyOf([request(0, 200), request(500, 0), request(90_000, 200)], {
      name: 'n',
      array: {},
      pools: [],
    });
    expect(story.split('steps:\n')[1]).toBe(
      '  - {"rest":"GET volumes"}\n  - {"advance":"90s"}\n  - {"rest":"GET volumes"}\n',
    );
  });
});
