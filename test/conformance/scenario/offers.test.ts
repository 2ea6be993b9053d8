import { describe, expect, it } from 'vitest';
import { checkRunOf } from '../../../conformance/checks/played.js';
import { withDropped } from '../../../conformance/checks/search.js';
import { offersIn, specNotOffered } from '../../../conformance/scenario/offers.js';
import { readScenario, scenarioOf } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { ScenarioReport } from '../../../conformance/scenario/scenario-report.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';

const stats = { volume_backend_name: 'b', pools: [{ pool_name: 'a', netapp_thin_provisioned: 'false' }] };
const told = (returned: unknown) => offersIn({ method: 'get_volume_stats', args: {}, answer: { returned } });
const thin = { netapp_thin_provisioned: 'true' };

describe('what a driver offers', () => {
  it('is told by get_volume_stats only, and not by an exception', () => {
    expect(offersIn({ method: 'get_pool', args: {}, answer: { returned: stats } })).toBeUndefined();
    expect(told(null)).toBeUndefined();
  });

  it.each([
    ['a capability that no pool reports', { netapp_disk_encryption: '<is> True' }, 'netapp_disk_encryption'],
    ['a capability that every pool denies', thin, 'netapp_thin_provisioned'],
    ['a capability in its scope', { 'capabilities:replication': '<is> True' }, 'capabilities:replication'],
    ['a spec of another scope', { 'netapp:read_cache': 'true' }, undefined],
    ['a spec that wants nothing', { netapp_thin_provisioned: '<is> False' }, undefined],
  ])('leaves the scheduler to refuse %s', (_what, type, spec) => {
    expect(specNotOffered({ call: 'create_volume', as: 'vol', type }, told(stats))).toBe(spec);
  });

  it('is enough where one pool has it, as a text or as a boolean', () => {
    const pools = [...stats.pools, { pool_name: 'b', netapp_thin_provisioned: true }];
    expect(specNotOffered({ call: 'create_volume', as: 'vol', type: thin }, told({ pools }))).toBeUndefined();
  });

  it('is not looked at where nothing was told yet, or the step is about a refusal', () => {
    expect(specNotOffered({ call: 'create_volume', as: 'vol', type: thin }, undefined)).toBeUndefined();
    const refused = { call: 'create_volume', as: 'vol', type: thin, expect: { raises: 'CinderException' } };
    expect(specNotOffered(refused, told(stats))).toBeUndefined();
    const either = { ...refused, expect: { raises: 'CinderException', mayRaise: true } };
    expect(specNotOffered(either, told(stats))).toBe('netapp_thin_provisioned');
  });

  it('leaves a step out that may come to nothing, and what is about what it would have made', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {call: create_volume, as: copy, type: {nobody_offers_this: '<is> True'}, expect: {mayRaise: true}}
  - {call: delete_volume, of: copy, ifThere: true}
  - {call: create_volume, as: vol}
`;
    const { verdict } = await runScenario(readScenario(story, 'f'), { subject: subjectOf(undefined) });
    expect(verdict).toBe('pass');
  });

  it.each([
    ['ifThere', '{call: delete_volume, of: copy, ifThere: true}'],
    ['whatever it is', '{call: extend_volume, of: copy, size: 2}'],
    [
      'with what that would have made',
      '{call: create_snapshot, of: copy, as: snap}\n  - {call: delete_snapshot, of: snap}',
    ],
    ['among others', '{call: update_group, of: grp, add: [copy]}'],
  ])('drops a step about what a generated story has dropped, %s', async (_how, about) => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {call: create_group, as: grp}
  - {call: create_volume, as: copy, type: {nobody_offers_this: '<is> True'}}
  - ${about}
  - {call: create_volume, as: copy, expect: {status: available}}
  - {call: delete_volume, of: copy, ifThere: true, expect: {status: gone}}
`;
    const file = readScenario(story, 'f');
    const report = await runScenario(file, { subject: subjectOf(undefined), isGenerated: true });
    expect(report).toMatchObject({ verdict: 'pass', end: [] });
    const before = about.includes('ifThere') ? 1 : 1 + about.split('\n').length;
    expect(report.dropped).toEqual(Array.from({ length: before }, (_, index) => ['steps', index + 1]));
    // Its file is played by any player.
    const replayed = withDropped({ scenario: file.scenario, report });
    const again = await runScenario(scenarioOf(replayed, 'f'), { subject: subjectOf(undefined) });
    expect(again).toMatchObject({ verdict: 'pass', dropped: [] });
  });

  it('skips the story of what is not offered, but not one in which something else is wrong', () => {
    const notOffered = { message: "The driver's statistics do not offer x.", isError: true, isNotOffered: true };
    const report = (failures: readonly object[]) =>
      ({
        ...{ steps: [], end: failures, verdict: 'error', driverCalls: 2, trace: '', seed: 1 },
        ...{ held: [], unsupported: [], unreached: [] },
      }) as unknown as ScenarioReport;
    expect(checkRunOf(report([notOffered]), '')).toMatchObject({ outcome: 'skipped', reason: notOffered.message });
    expect(checkRunOf(report([{ message: 'leaked' }, notOffered]), '').outcome).toBe('error');
  });
});
