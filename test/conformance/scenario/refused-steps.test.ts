import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { type RunOptions, runScenario } from '../../../conformance/scenario/run-scenario.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';
import { raising } from '../checks/broken-drivers.js';

function played(steps: string, options: Partial<RunOptions> = {}) {
  const story = `name: n\nwhy: w\nverifies: []\nsteps:\n${steps}`;
  return runScenario(readScenario(story, 'f.yaml'), { subject: subjectOf(undefined), ...options });
}

const deletion = `
  - {call: create_volume, as: vol}
  - {call: create_snapshot, of: vol, as: snap}
  - {call: delete_volume, of: vol}
  - {check: all}
`;

describe('a step that the volume manager refuses', () => {
  it('is an error of a written story, not a failure of the driver', async () => {
    const report = await played(deletion);
    expect(report.verdict).toBe('error');
    expect(report.steps.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'error', 'skipped']);
    expect(report.steps[3]?.failures).toEqual([
      {
        message: expect.stringMatching(
          /^delete_volume is refused before the driver is called: InvalidVolume: Volume .* still has 1 dependent snapshots$/,
        ),
        isError: true,
      },
    ]);
  });

  it.each([
    ['delete_group while its volume is attached', '{call: delete_group, of: grp}', 'VolumeAttached'],
    ['retype within a group', '{call: retype, of: vol, type: {netapp:write_cache: "false"}}', 'InvalidVolume'],
    ['a name too many', '{call: create_group_from_src, from: grp, as: copy, names: [a, b]}', 'UsageError'],
    ['an extension to less', '{call: extend_volume, of: vol, size: 1}', 'InvalidInput'],
    ['a revert to what is not the latest', '{call: revert_to_snapshot, of: s1}', 'InvalidInput'],
  ])('is an error whatever the operation: %s', async (_, step, reason) => {
    const report = await played(`
  - {call: create_group, as: grp}
  - {call: create_volume, as: vol, group: grp, size: 2}
  - {call: create_snapshot, of: vol, as: s1}
  - {call: create_snapshot, of: vol, as: s2}
  - {call: initialize_connection, of: vol}
  - ${step}
`);
    expect(report.verdict).toBe('error');
    expect(report.steps.at(-1)?.what).toContain(`is refused before the driver is called: ${reason}:`);
  });

  it('is not reached where an earlier step failed: that may have made it impossible', async () => {
    const report = await played(
      deletion.replace('  - {call: delete_volume', '  - {call: get_volume_stats}\n  - {call: delete_volume'),
      {
        subject: raising('get_volume_stats'),
      },
    );
    expect(report.verdict).toBe('fail');
    expect(report.steps.map(({ what, verdict }) => `${what.split(' ')[0]} ${verdict}`)).toContain('call skipped');
    expect(report.steps.flatMap(({ failures }) => failures.filter(({ isError }) => isError))).toEqual([]);
  });

  it('may be what the step is to show, or be left open by it', async () => {
    for (const expected of ['manager: InvalidVolume', 'mayRaise: true']) {
      const { verdict } = await played(
        deletion.replace('of: vol}\n  - {ch', `of: vol, expect: {${expected}}}\n  - {ch`),
      );
      expect(verdict).toBe('pass');
    }
  });

  it('is dropped from a generated story, which goes on, wherever it stands', async () => {
    const steps = `${deletion}  - parallel:
      - {call: extend_volume, of: vol, size: 1}
      - {call: create_snapshot, of: vol, as: other}
  - {call: delete_volume, of: vol, cascade: true, expect: {status: gone}}
`;
    const report = await played(steps, { isGenerated: true });
    expect(report.verdict).toBe('pass');
    expect(report.dropped).toEqual([
      ['steps', 2],
      ['steps', 4, 'parallel', 0],
    ]);
    expect(report.steps).toHaveLength(7);
    expect(await played(steps, { isGenerated: true, isStrict: true })).toMatchObject({ verdict: 'error' });
  });

  it('takes along what is about the record that it would have made', async () => {
    const report = await played(
      `
  - {call: create_volume, as: vol, size: 2}
  - {call: create_snapshot, of: vol, as: s1}
  - {call: create_volume_from_snapshot, from: s1, as: small, size: 1}
  - {call: create_cloned_volume, from: small, as: smaller}
  - {call: delete_volume, of: smaller, ifThere: true, expect: {status: gone}}
`,
      { isGenerated: true },
    );
    expect(report.steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(report.dropped).toEqual([
      ['steps', 2],
      ['steps', 3],
    ]);
  });

  it('hides nothing of what the driver did before: a call that reached the driver is judged', async () => {
    const report = await played(`
  - {fault: {what: {do: fail, status: 422, retcode: error}}}
  - {call: create_volume, as: vol}
`);
    expect(report.verdict).toBe('fail');
    expect(report.steps.at(-1)?.failures[0]?.message).toBe('create_volume raised an exception');
  });
});
