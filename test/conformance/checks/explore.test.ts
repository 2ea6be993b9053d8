import { describe, expect, it, vi } from 'vitest';
import { singlesChecks } from '../../../conformance/checks/explore/index.js';
import { singleFaults } from '../../../conformance/checks/explore/single-faults.js';
import { situations } from '../../../conformance/checks/explore/situations.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';
import { broken, ourDriver } from './broken-drivers.js';
import { checkOf, replayed, tried } from './tried.js';

vi.setConfig({ testTimeout: 180_000 });

const single = (id: string) => checkOf(singlesChecks(), `explore/${id}`);

/** All faults of one situation, one check after the other: what they have in common is played once. */
async function situationOf(id: string, subject: SubjectFactory) {
  const checks = singlesChecks().filter((check) => check.id.startsWith(`explore/${id}/`));
  return runChecks(checks, { subject, methods: new Set(Object.keys(cinderMethods)), constants: {}, seed: 1 });
}

describe('the situations', () => {
  it('are of every method that the volume manager calls with a request of its own', () => {
    const within = [
      // Part of the start.
      'check_for_setup_error',
      'update_provider_info',
      'ensure_export',
      // Part of attaching and detaching.
      'create_export',
      'remove_export',
      'validate_connector',
      'attach_volume',
      'detach_volume',
      // Part of managing.
      'manage_existing_get_size',
      'manage_existing_snapshot_get_size',
      // Asks the array for nothing in a driver of this family, or is left to Cinder.
      'get_pool',
      'migrate_volume',
    ];
    const tried = new Set(situations.map(({ method }) => method));
    expect(Object.keys(cinderMethods).filter((name) => !tried.has(name))).toEqual(expect.arrayContaining(within));
    expect(Object.keys(cinderMethods).filter((name) => !tried.has(name))).toHaveLength(within.length);
  });

  it('make a check for each fault, of requirements that there are', () => {
    const checks = singlesChecks();
    expect(checks).toHaveLength(situations.length * singleFaults.length);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    const known = new Set(requirements.map(({ id }) => id));
    expect(checks.flatMap(({ verifies }) => verifies).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('exploring single faults', () => {
  it('goes through each fault at each request of our driver, and merges what leaves one trace', async () => {
    const results = await situationOf('terminate_connection/1', ourDriver);
    expect(results.flatMap(({ failure }) => failure?.failures ?? [])).toEqual([]);
    expect(results.map(({ outcome }) => outcome)).toEqual(singleFaults.map(() => 'pass'));
    const [first] = results;
    const places = first?.explored?.places ?? [];
    expect(places).toContain('DELETE volume-mappings/{id}');
    for (const { explored } of results) {
      expect(explored).toMatchObject({
        method: 'terminate_connection',
        situation: expect.stringContaining('1: after '),
      });
      expect(explored?.places).toEqual(places);
      expect(explored?.outcomes).toHaveLength(places.length);
      expect(explored?.outcomes).not.toContain('unexplored');
    }
    expect(results.flatMap(({ explored }) => explored?.outcomes ?? [])).toContain('merged');
  });

  it('reads that cannot be stale are no places of a stale read', async () => {
    const result = await tried(single('create_volume/1/stale'), ourDriver);
    const { places = [], outcomes = [] } = result.explored ?? {};
    for (const [index, place] of places.entries()) if (!place.startsWith('GET ')) expect(outcomes[index]).toBe('none');
    expect(result.outcome).toBe('pass');
  });

  it('tells at which request a driver fails that says done whatever was answered, and goes on to the last', async () => {
    const subject = broken(async (call, method, args) => {
      const answer = await call(method, args);
      return method === 'delete_volume' && 'raised' in answer ? { returned: null } : answer;
    });
    const result = await tried(single('delete_volume/1/refused'), subject);
    expect(result).toMatchObject({ outcome: 'fail', failure: { failures: [{ requirement: 'B16' }] } });
    const { places = [], outcomes = [] } = result.explored ?? {};
    const failed = places.filter((_, index) => outcomes[index] === 'fail');
    expect(failed).toEqual([expect.stringMatching(/^GET .*\/\{id\}$/), expect.stringMatching(/^DELETE .*\/\{id\}$/)]);
    expect(outcomes).not.toContain('unexplored');
    expect(places[Number(result.failure?.path)]).toBe(failed[0]);
    expect(await replayed(result, subject)).toMatchObject({ verdict: 'fail' });
  });

  it('is an error while faults are left when the time is over', async () => {
    let plays = 0;
    const check = single('delete_volume/1/refused');
    const options = { subject: ourDriver, methods: new Set(Object.keys(cinderMethods)), constants: {}, seed: 1 };
    const [result] = await runChecks([check], { ...options, onPlayed: () => plays++, isOver: () => plays >= 2 });
    expect(result).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/^\d+ of \d+ faults were not explored$/),
    });
    expect(result?.explored?.outcomes.slice(0, 2)).toEqual(['pass', 'unexplored']);
  });

  it('plays only the request that a path names', async () => {
    const result = await tried(single('delete_volume/1/refused'), ourDriver, { path: '1' });
    expect(result.explored?.outcomes).toEqual(['unexplored', 'pass']);
    expect(result).toMatchObject({ outcome: 'pass', stories: 1 });
  });

  it('is skipped where the driver does not have the optional method', async () => {
    const check = single('unmanage_snapshot/1/refused');
    const [result] = await runChecks([check], { subject: ourDriver, methods: new Set(), constants: {}, seed: 1 });
    expect(result).toMatchObject({ outcome: 'skipped', stories: 0 });
  });
});
