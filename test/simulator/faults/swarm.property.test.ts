import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolRecord } from '../../../simulator/array/records.js';
import type { FaultStatus } from '../../../simulator/index.js';
import { repetitions } from '../../repetitions.js';
import { type FaultyServer, newFaultyServer } from './faulty-server.js';

/** What a client does, with what it has learnt: nothing, when its requests failed. */
const steps = {
  newVolume: (server: FaultyServer, n: number) => server.newVolume(`v${n % 5}`),
  async newThin(server: FaultyServer, n: number) {
    const poolId = server.array.pools.find('DDP_1')?.ref;
    return server.ask('POST', 'ssc/volumes', {
      poolId,
      name: `t${n % 3}`,
      sizeUnit: 'gb',
      size: '8',
      thinProvision: true,
    });
  },
  expand: (server: FaultyServer, n: number) =>
    server.ask('POST', `volumes/${someVolume(server, n)}/expand`, { expansionSize: 5, sizeUnit: 'gb' }),
  deleteVolume: (server: FaultyServer, n: number) => server.ask('DELETE', `volumes/${someVolume(server, n)}`),
  newHost: (server: FaultyServer, n: number) =>
    server.ask('POST', 'hosts', {
      name: `h${n % 3}`,
      hostType: { index: 28 },
      ports: [{ type: 'iscsi', port: `iqn.2026-01.com.example:h${n % 3}`, label: `p${n % 3}` }],
    }),
  map: (server: FaultyServer, n: number) =>
    server.ask('POST', 'volume-mappings', {
      mappableObjectId: someVolume(server, n),
      targetId: server.array.tables.hosts.toJSON()[0]?.ref,
    }),
  snapshot: async (server: FaultyServer, n: number) => {
    const { body } = await server.ask('POST', 'snapshot-groups', {
      baseMappableObjectId: someVolume(server, n),
      name: `g${n % 4}`,
      repositoryPercentage: 20,
    });
    return server.ask('POST', 'snapshot-images', { groupId: body?.id ?? '' });
  },
  copy: (server: FaultyServer, n: number) =>
    server.ask('POST', 'volume-copy-jobs', { sourceId: someVolume(server, n), targetId: someVolume(server, n + 1) }),
  async look(server: FaultyServer, n: number) {
    const paths = ['volumes', 'storage-pools', 'drives', 'hardware-inventory', 'failures', 'ssc/volumes', 'graph'];
    return server.ask('GET', paths[n % paths.length] ?? 'volumes');
  },
  async wait(server: FaultyServer, n: number) {
    await server.control('POST', '/clock', { advance: `${1 + n * 40}s` });
    return { status: 200 };
  },
} as const;

function someVolume({ array }: FaultyServer, n: number): string {
  const volumes = array.tables.volumes.toJSON().filter(({ label }) => /^[vt]\d$/.test(label));
  return volumes[n % Math.max(1, volumes.length)]?.ref ?? 'none';
}

/** Statuses that rules which have hit say. */
function saidStatuses(rules: readonly FaultStatus[]): number[] {
  return rules.flatMap(({ what, hits }) =>
    hits > 0 && 'status' in what && typeof what.status === 'number' ? [what.status] : [],
  );
}

/** A pool that lost too many drives at once, with a new, blank drive in each slot: no array gets its data back. */
function isLost({ array }: FaultyServer, pool: PoolRecord): boolean {
  const isBlank = (ref: string) => array.drives.require(ref).status === 'optimal';
  return array.poolRedundancy.raidStatus(pool) === 'failed' && pool.missingDriveRefs.every(isBlank);
}

/** What is not well, and could be. */
function ailing(server: FaultyServer): object[] {
  const { array } = server;
  const pools = array.tables.pools.toJSON().filter((pool) => !isLost(server, pool));
  return [
    ...array.drives.ailing(),
    ...array.components.ailing(),
    ...array.controllers.list().filter(({ status }) => status !== 'optimal'),
    ...array.iscsiTarget.ports().filter(({ linkStatus }) => linkStatus !== 'up'),
    ...pools.filter((pool) => array.poolRedundancy.raidStatus(pool) !== 'optimal'),
  ];
}

const names = Object.keys(steps) as (keyof typeof steps)[];

describe('whatever rules there are', () => {
  it('only what they say goes wrong, the array stays whole, and without them everything is mended', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 60 })), { minLength: 5, maxLength: 40 }),
        async (seed, count, walk) => {
          const server = await newFaultyServer();
          // What can be filled is there from the beginning.
          await server.newVolume('v0');
          await steps.newThin(server, 0);
          await steps.snapshot(server, 0);
          server.faults.swarm({ seed, count });
          for (const [name, n] of walk) {
            const answer = await steps[name](server, n).catch(() => undefined);
            if (answer !== undefined && answer.status >= 500 && answer.status !== 501)
              expect(saidStatuses(server.faults.list())).toContain(answer.status);
            expect(server.array.check()).toEqual([]);
          }
          server.faults.clear();
          expect(ailing(server)).toEqual([]);
          expect(server.array.check()).toEqual([]);
          expect((await server.ask('GET', 'volumes')).status).toBe(200);
          await server.close();
        },
      ),
      { numRuns: repetitions(8, 25) },
    );
  });
});
