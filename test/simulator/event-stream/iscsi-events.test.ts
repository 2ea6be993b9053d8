import { afterEach, beforeEach, expect, it } from 'vitest';
import { read10, write10 } from '../../../conformance/probe/index.js';
import { type Bench, drained, initiatorName, openBench } from '../../conformance/probe/simulator-target/bench.js';
import { readStream, type StreamClient } from './stream-client.js';

let bench: Bench;
let client: StreamClient;

beforeEach(async () => {
  bench = await openBench();
  client = await readStream(bench.simulator.url);
  await client.until(({ kind }) => kind === 'start');
});

afterEach(async () => {
  client.close();
  await bench.close();
});

it('a login, a refused login and the end of a session are events', async () => {
  const session = await bench.begin();
  const portal = bench.simulator.iscsi[0]?.portal;
  expect((await client.until(({ kind }) => kind === 'login')).data).toMatchObject({
    array: '1',
    initiator: initiatorName,
    portal,
    isDiscovery: false,
    status: 0,
  });
  await session.close();
  expect((await client.until(({ kind }) => kind === 'logout')).data).toMatchObject({
    initiator: initiatorName,
    portal,
  });
  bench.simulator.faults.add({ what: 'refuse-login' });
  await expect(bench.begin()).rejects.toThrow();
  expect((await client.until(({ kind }) => kind === 'login')).data.status).toBe(0x0301);
});

it('commands are summed up by initiator and unit: how many, their bytes, how many failed', async () => {
  const { lun } = await bench.mapped('v');
  const session = await bench.begin();
  await drained(session, lun);
  for (let turn = 0; turn < 3; turn++)
    await session.execute(write10(lun, { lba: 0n, blocks: 8 }, Buffer.alloc(4096, 1)));
  await session.execute(read10(lun, { lba: 0n, blocks: 2 }, 512));
  const total = { reads: 0, writes: 0, readBytes: 0, writtenBytes: 0 };
  while (total.reads < 1 || total.writes < 3) {
    const { data } = await client.until(({ kind, data }) => kind === 'commands' && data.label === 'v');
    expect(data).toMatchObject({ array: '1', initiator: initiatorName });
    total.reads += data.reads;
    total.writes += data.writes;
    total.readBytes += data.readBytes;
    total.writtenBytes += data.writtenBytes;
  }
  expect(total).toEqual({ reads: 1, writes: 3, readBytes: 1024, writtenBytes: 12_288 });
});

it('the sessions that are open are listed, those of discovery are not', async () => {
  const sessions = async () => (await fetch(`${bench.simulator.controlUrl}/arrays/1/sessions`)).json();
  expect(await sessions()).toEqual([]);
  const session = await bench.begin();
  expect(await sessions()).toMatchObject([
    {
      initiator: initiatorName,
      portal: bench.simulator.iscsi[0]?.portal,
      isid: expect.stringMatching(/^[0-9a-f]{12}$/),
      controllerRef: bench.simulator.array.iscsiTarget.ports()[0]?.controllerRef,
    },
  ]);
  await session.close();
  await client.until(({ kind }) => kind === 'logout');
  await expect.poll(sessions).toEqual([]);
});

it('a recorded array has logins, commands and ends of sessions among its moments', async () => {
  const { lun } = await bench.mapped('v');
  const timeline = `${bench.simulator.controlUrl}/arrays/1/timeline`;
  await fetch(timeline, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' });
  const session = await bench.begin();
  await drained(session, lun);
  await session.execute(write10(lun, { lba: 0n, blocks: 8 }, Buffer.alloc(4096, 1)));
  await client.until(({ kind, data }) => kind === 'commands' && data.writes > 0);
  await session.close();
  await client.until(({ kind }) => kind === 'logout');
  const { moments } = (await (await fetch(timeline)).json()) as { moments: { content: Record<string, unknown> }[] };
  const wire = moments.map(({ content }) => content).filter(({ initiator }) => initiator === initiatorName);
  expect(wire[0]).toMatchObject({ kind: 'login', status: 0 });
  expect(wire).toContainEqual(expect.objectContaining({ kind: 'commands', label: 'v', writes: 1, writtenBytes: 4096 }));
  expect(wire.at(-1)).toMatchObject({ kind: 'logout' });
});
