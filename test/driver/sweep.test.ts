import { afterEach, describe, expect, it } from 'vitest';
import { CinderException } from '../../driver/index.js';
import { isLong } from '../repetitions.js';
import { type Backend, newBackend } from './backends.js';
import { type Inventory, inventory, type Operation, operations, type Prepared } from './operations.js';
import type { ProxyFault } from './proxy.js';

/**
 * Something goes wrong with each request of each operation in turn. Whatever it is: the answer is right or one of Cinder's
 * exceptions, nothing is left on the array that was not there or is not wanted, no snapshot is lost, repeating it works.
 */

const refusal = { retcode: '2', errorMessage: 'no' };
const faults: Readonly<Record<string, ProxyFault>> = {
  'is refused with 500': { status: 500 },
  'is refused with 422': { status: 422, body: refusal },
  'is refused with 503': { status: 503 },
  'is reset': 'reset',
  'is done and the reply lost': 'lost',
  'is done and answered with 500': { statusAfter: 500 },
  'is done and answered with 422': { statusAfter: 422, body: refusal },
};

/** Each request meets a third of the faults, and each fault a third of the requests; the long form tries all. */
const isTried = (request: number, fault: number) => isLong || (request + fault) % 3 === 0;

/** Images have no name to find them by: one that was refused after it had been made has no owner. */
const nameless = /^POST (snapshot-images|consistency-groups\/\w+\/snapshots)$/;

let backend: Backend;

afterEach(async () => {
  await backend.close();
});

interface Sweep extends Prepared {
  /** The requests of a run without a fault. */
  readonly requests: readonly string[];
  readonly before: Inventory;
  readonly after: Inventory;
  /** Puts the array back and forgets the faults. */
  again(): void;
  /** What is wrong with the array in any case. */
  problems(): string[];
}

async function sweep(operation: Operation): Promise<Sweep> {
  backend = await newBackend({ configuration: operation.configuration });
  const { simulator, proxy } = backend;
  const { array } = simulator;
  const prepared = await operation.prepare(backend);
  const kept = array.keep();
  const before = inventory(array);
  const images = [...array.tables.snapshotImages.values()].map((image) => image.ref);
  backend.requests();
  await prepared.run(backend.driver);
  const wanted = images.filter((ref) => array.tables.snapshotImages.has(ref));
  return {
    ...prepared,
    requests: backend.requests(),
    before,
    after: inventory(array),
    again() {
      array.returnTo(kept);
      proxy.clear();
    },
    problems: () => [
      ...array.check(),
      ...wanted.filter((ref) => !array.tables.snapshotImages.has(ref)).map((ref) => `lost the snapshot image ${ref}`),
    ],
  };
}

function differences(what: string, wanted: Inventory): string[] {
  const found = inventory(backend.simulator.array);
  return Object.keys(wanted)
    .filter((kind) => JSON.stringify(found[kind]) !== JSON.stringify(wanted[kind]))
    .map((kind) => `${what}: ${kind} are ${JSON.stringify(found[kind])}, not ${JSON.stringify(wanted[kind])}`);
}

/** What the failure of a call is; undefined when it did not fail. */
async function failure(action: Promise<unknown>): Promise<string | undefined> {
  try {
    await action;
    return undefined;
  } catch (error) {
    if (!(error instanceof CinderException)) return `is no CinderException: ${error}`;
    return error.message.startsWith('The driver failed') ? error.message : error.name;
  }
}

function isWrong(failed: string): boolean {
  return !/^\w+$/.test(failed);
}

describe.each(operations)('$name', (operation) => {
  it('survives whatever happens to one of its requests', async () => {
    const { requests, before, after, run, partial, again, problems } = await sweep(operation);
    const wrong: string[] = [];
    for (const [number, [happens, fault]] of Object.entries(faults).entries()) {
      for (const [index, request] of requests.entries()) {
        if (!isTried(index, number)) continue;
        if (nameless.test(request) && happens.endsWith('answered with 422')) continue;
        again();
        backend.proxy.fail({ path: /./, fault, skip: index });
        const failed = await failure(run(backend.driver));
        backend.proxy.clear();
        const found = problems();
        if (failed === undefined && !operation.tellsInTheResult) found.push(...differences('afterwards', after));
        else {
          if (failed !== undefined && isWrong(failed)) found.push(failed);
          if (!partial) found.push(...differences('after the failure', before));
          const repeated = await failure(run(backend.driver));
          if (repeated !== undefined) found.push(`repeating it fails: ${repeated}`);
          found.push(...differences('after repeating it', after), ...problems());
        }
        wrong.push(...found.map((each) => `when ${request} ${happens}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('leaves nothing when the driver ends in the middle', async () => {
    const { requests, before, after, run, abandon, again, problems } = await sweep(operation);
    const wrong: string[] = [];
    for (const [index, request] of requests.entries()) {
      for (const [number, last] of (['reset', 'lost'] as const).entries()) {
        if (!isLong && (index + number) % 2 === 0) continue;
        if (operation.unnoticed?.test(`${request}, ${last}`)) continue;
        again();
        backend.proxy.fail({ path: /./, fault: last, skip: index });
        backend.proxy.fail({ path: /./, fault: 'reset', skip: index, times: Number.POSITIVE_INFINITY });
        const failed = await failure(run(backend.driver));
        backend.proxy.clear();
        const next = await backend.another();
        const found = problems();
        if (failed !== undefined && abandon !== undefined) {
          const undone = await failure(abandon(next));
          if (undone !== undefined) found.push(`deleting it fails: ${undone}`);
          found.push(...differences('after deleting it', before));
        }
        if (failed !== undefined || operation.tellsInTheResult) {
          const repeated = await failure(run(next));
          if (repeated !== undefined) found.push(`repeating it fails: ${repeated}`);
        }
        found.push(...differences('in the end', after), ...problems());
        await next.close();
        wrong.push(...found.map((each) => `when the last is ${request}, ${last}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
  });
});
