import { test as base } from 'vitest';
import type { StorageArray } from './array/storage-array.js';
import type { FaultRule } from './faults/rule.js';
import type { SimulatorOptions } from './options.js';
import { type Simulator, startSimulator } from './start-simulator.js';

/** An array that only one test uses. */
export interface TestArray {
  /** Where the web services are, e.g. http://127.0.0.1:40123. */
  readonly url: string;
  /** The storage system's id. */
  readonly id: string;
  readonly user: string;
  readonly password: string;
  /** The array itself, e.g. `state.pools.find('DDP_1')`. */
  readonly state: StorageArray;
  /** The simulator around it: its clock, its iSCSI portals, all of its faults. */
  readonly simulator: Simulator;
  /** A request below the storage system as its administrator, e.g. `request('GET', 'volumes')`; gives its JSON. Rejects for an error. */
  request<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Adds a fault rule. Throws FaultError for one that cannot be. */
  fault(rule: FaultRule): void;
}

/** What a test file can set by `test.scoped`, and what each of its tests is given. */
export interface ArrayFixtures {
  /** How the simulator of each test is started; by default in virtual time, with work that is done at once. */
  readonly arrayOptions: SimulatorOptions;
  readonly array: TestArray;
}

/**
 * Vitest's `test`, with an array of its own for each test that asks for one: `test('…', async ({ array }) => …)`. Arrays are in
 * the process of the tests, at free ports of 127.0.0.1. When a test fails, the last requests to its array and what is on it are
 * written to standard error.
 */
export const test = base.extend<ArrayFixtures>({
  arrayOptions: {},
  array: async ({ arrayOptions, task }, use) => {
    const simulator = await startSimulator({ port: 0, clock: 'manual', jobs: 'instant', seed: 1, ...arrayOptions });
    try {
      const array = testArray(simulator, arrayOptions);
      await use(array);
      if (task.result?.state === 'fail') process.stderr.write(await told(array, task.name));
    } finally {
      await simulator.close();
    }
  },
});

function testArray(simulator: Simulator, { user = 'admin', password = 'admin' }: SimulatorOptions): TestArray {
  const id = simulator.systems.list()[0]?.id ?? '1';
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return {
    url: simulator.url,
    id,
    user,
    password,
    state: simulator.array,
    simulator,
    async request(method, path, body) {
      const { statusCode, payload } = await simulator.app.inject({
        method: method as 'GET',
        url: `/devmgr/v2/storage-systems/${id}/${path}`,
        headers: { authorization },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      if (statusCode >= 400) throw new Error(`${method} ${path}: ${statusCode} ${payload}`);
      return payload === '' ? undefined : JSON.parse(payload);
    },
    fault: (rule) => void simulator.faults.add(rule),
  };
}

/** What happened to an array and what is on it, for the developer of a test. */
async function told({ simulator, state }: TestArray, test: string): Promise<string> {
  const { payload } = await simulator.app.inject({ url: '/sim/v1/journal?limit=20' });
  const requests = JSON.parse(payload) as { method: string; url: string; status: number }[];
  const lines = [
    `The array of '${test}': pools: ${state.tables.pools.size}, volumes: ${state.tables.volumes.size}, hosts: ${state.tables.hosts.size}`,
    ...requests.map(({ method, url, status }) => `  ${method} ${url} -> ${status}`),
    ...simulator.faults.list().map(({ id, hits }) => `  fault ${id}: ${hits} hits`),
    ...state.check().map((problem) => `  broken: ${problem}`),
  ];
  return `${lines.join('\n')}\n`;
}
