import { afterEach, beforeEach, expect, it } from 'vitest';
import { ArrayAdminClient } from '../../../conformance/arrays/array-admin-client.js';
import { InProcessDispatcher } from '../../../conformance/arrays/in-process-dispatcher.js';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { Foreign } from '../../../conformance/oracle/foreign.js';
import { checkArray, type Finding, type Inventory, takeInventory } from '../../../conformance/oracle/index.js';
import { judgeRepositories } from '../../../conformance/oracle/leftover-rules.js';
import { Losses } from '../../../conformance/oracle/losses.js';
import { judgeLuns } from '../../../conformance/oracle/mapping-rules.js';
import { Memory } from '../../../conformance/oracle/memory.js';
import { newScene } from '../../../conformance/oracle/scene.js';
import { Sightings } from '../../../conformance/oracle/sightings.js';
import { HandMade } from './hand-made.js';

/** States that the simulator never lets an array be in, and that another array may well be in. */

let simulator: OwnSimulator;
let made: HandMade;

beforeEach(async () => {
  simulator = await startOwnSimulator();
  made = new HandMade(simulator.admin);
});

afterEach(() => simulator.close());

async function sceneWith(change: (inventory: Inventory) => Partial<Inventory>) {
  const inventory = await takeInventory(simulator.admin);
  const state = {
    foreign: new Foreign(),
    memory: new Memory(),
    sightings: new Sightings(simulator.admin),
    losses: new Losses(simulator.admin),
  };
  return newScene({ ...inventory, ...change(inventory) }, made.database, state);
}

const inShort = (findings: Iterable<Finding>) =>
  [...findings].map(({ requirement, kind, what }) => `${requirement} ${what} ${kind}`);

it('LUNs that drivers leave alone or hosts do not have', async () => {
  const { ref } = await made.volume();
  await made.map(ref, await made.host('one'), 3);
  for (const lun of [0, 256, '0']) {
    const scene = await sceneWith(({ mappings }) => ({ mappings: mappings.map((each) => ({ ...each, lun })) }));
    expect(inShort(judgeLuns(scene))).toContain('B24 mapping wrong');
  }
});

it('two volumes at one LUN of a host, directly or through its group', async () => {
  const [one, two] = [await made.volume(), await made.volume()];
  const host = await made.host('one');
  await made.map(one.ref, host, 3);
  await made.map(two.ref, host, 4);
  const direct = await sceneWith(({ mappings }) => ({
    mappings: mappings.map((each) => (each.lun === 4 ? { ...each, lun: 3 } : each)),
  }));
  expect(inShort(judgeLuns(direct))).toEqual(['B33 mapping wrong']);
  const clusterRef = `85${'1'.repeat(38)}`;
  const throughGroup = await sceneWith(({ mappings, hosts }) => ({
    hosts: hosts.map((each) => (each.hostRef === host ? { ...each, clusterRef } : each)),
    mappings: mappings.map((each) => (each.lun === 4 ? { ...each, lun: 3, mapRef: clusterRef } : each)),
  }));
  expect(inShort(judgeLuns(throughGroup))).toEqual(['Q18 mapping wrong']);
});

it('repositories whose object is gone', async () => {
  const { ref } = await made.volume();
  await made.snapshotGroup(ref);
  expect(inShort(judgeRepositories(await sceneWith(() => ({}))))).toEqual([]);
  expect(inShort(judgeRepositories(await sceneWith(() => ({ snapshotGroups: [] }))))).toEqual([
    'ARRAY repository leaked',
  ]);
  const other = { concatVolRef: '36', memberRefs: [] };
  expect(inShort(judgeRepositories(await sceneWith(() => ({ repositories: [other] }))))).toEqual([
    'ARRAY repository leaked',
  ]);
});

/** An array behind which another client is, who answers every request so. */
function adminOf(status: number, body: unknown): ArrayAdminClient {
  const answer = { statusCode: status, headers: {}, rawPayload: Buffer.from(JSON.stringify(body)) };
  const dispatcher = new InProcessDispatcher({ inject: () => Promise.resolve(answer) }, () => 0);
  return new ArrayAdminClient({ url: 'http://127.0.0.1:8080', dispatcher });
}

it('broken invariants, as the array tells them', async () => {
  const problems = ['Pool 04 uses more than it has.', { ref: '02' }];
  expect(await checkArray(adminOf(200, { ok: false, problems }))).toEqual([
    { requirement: 'ARRAY', kind: 'wrong', what: 'array', message: 'Pool 04 uses more than it has.' },
    { requirement: 'ARRAY', kind: 'wrong', what: 'array', message: '{"ref":"02"}' },
  ]);
});

it('nothing where there is no control API; a control API that does not know the array or the caller is an error', async () => {
  expect(await checkArray(adminOf(404, { errorMessage: 'There is nothing.' }))).toEqual([]);
  await expect(checkArray(adminOf(404, { error: { code: 'unknownArray' } }))).rejects.toThrow('404');
  await expect(checkArray(adminOf(401, {}))).rejects.toThrow('401');
});

it('lists that an array does not have are empty, and lists that it refuses are errors', async () => {
  await expect(takeInventory(adminOf(500, {}))).rejects.toThrow('500');
  await expect(takeInventory(adminOf(404, {}))).rejects.toThrow('404');
});
