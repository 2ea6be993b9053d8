import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';
import { broken, neverStarting, ourDriver, raising, thinAsText } from '../checks/broken-drivers.js';

async function played(subject: SubjectFactory, verifies: string, steps: string, more = '') {
  const text = `name: n\nwhy: w\nverifies: [${verifies}]\n${more}\nsteps:\n${steps}`;
  const report = await runScenario(readScenario(text, 'f'), { subject });
  const failures = [...report.steps.flatMap((step) => step.failures), ...report.end];
  return {
    ...report,
    blamed: [...new Set(failures.map(({ requirement }) => requirement))],
    verdicts: report.steps.filter(({ path }) => path[0] === 'steps').map(({ verdict }) => verdict),
  };
}

/** Creates of volumes with a name of that size fail. */
const withoutTwos = broken(async (call, method, args) =>
  method === 'create_volume' && (args.volume as { size: number }).size === 2
    ? { raised: { class: 'CinderException', parents: [], message: 'no twos' } }
    : call(method, args),
);

describe('a broken "should" at the start', () => {
  it('is noted, and the story goes on and shows the rest', async () => {
    const report = await played(
      thinAsText,
      'B8, R63',
      '  - {call: create_volume, as: a}\n  - {call: create_snapshot, as: s, of: a}\n  - {call: delete_snapshot, of: s}\n',
    );
    expect(report).toMatchObject({
      verdict: 'fail',
      blamed: ['R63'],
      held: ['B8'],
      verdicts: ['pass', 'pass', 'pass'],
    });
  });
});

describe('a failed call', () => {
  const steps = `
  - {call: create_volume, as: a, size: 2}
  - {call: create_volume, as: b}
  - {call: create_snapshot, as: s, of: a}
  - {call: delete_snapshot, of: s}
  - {call: create_snapshot, as: t, of: b}
  - {rest: GET volumes, expect: {status: 200}}
  - {rest: 'GET volumes/{b}', expect: {status: 200}}
`;

  it('ends what is about its record, and nothing else', async () => {
    const { verdicts, held, blamed } = await played(withoutTwos, 'R7, B8', steps, 'expect: {array: {volumes: 2}}');
    expect(verdicts).toEqual(['fail', 'pass', 'skipped', 'skipped', 'pass', 'skipped', 'pass']);
    expect({ held, blamed }).toEqual({ held: [], blamed: ['R7'] });
  });

  it('ends the story where a fault that was meant for a step that is not reached could meet another', async () => {
    const { verdicts } = await played(
      withoutTwos,
      'R7, B8',
      `
  - {call: create_volume, as: a, size: 2}
  - {fault: {when: {request: POST snapshot-images}, what: {do: fail, status: 500}}}
  - {call: create_snapshot, as: s, of: a, expect: {raises: CinderException}}
  - {call: create_volume, as: b}
`,
    );
    expect(verdicts).toEqual(['fail', 'pass', 'skipped', 'skipped']);
  });

  it('takes the family of its record along: group, members, snapshots', async () => {
    const { verdicts } = await played(
      raising('create_snapshot'),
      'R17, B1',
      `
  - {call: create_group, as: g}
  - {call: create_volume, as: a, group: g}
  - {call: create_volume, as: b, group: g}
  - {call: create_snapshot, as: s, of: a}
  - {call: delete_volume, of: b}
  - {call: create_volume, as: c}
`,
    );
    expect(verdicts).toEqual(['pass', 'pass', 'pass', 'fail', 'skipped', 'pass']);
  });
});

describe('a driver that does not start', () => {
  it('is called no more, until it is restarted', async () => {
    const { verdicts, blamed } = await played(neverStarting, 'R7, B8', '  - {call: create_volume, as: a}\n');
    expect({ verdicts, blamed }).toEqual({ verdicts: ['skipped'], blamed: ['R1'] });
  });
});

describe('a failure counts against', () => {
  const create = '  - {call: create_volume, as: a}\n';
  const subject = raising('create_volume');

  it('the only requirement that the story verifies, once it has come to that', async () => {
    const steps = '  - {call: create_volume, as: a}\n  - {call: create_snapshot, as: s, of: a}\n';
    expect((await played(subject, 'R17', steps)).blamed).toEqual(['C-create-volume-1']);
    expect((await played(raising('create_snapshot'), 'R17', steps)).blamed).toEqual(['R17']);
    const after = `${steps}  - {call: delete_snapshot, of: s}\n`;
    expect((await played(raising('delete_snapshot'), 'R17', after)).blamed).toEqual(['R17']);
  });

  it('the one that the step names', async () => {
    const named = '  - {call: create_volume, as: a, requirement: Q42}\n';
    expect((await played(subject, 'R7, Q42', named)).blamed).toEqual(['Q42']);
  });

  it('of several the one that speaks of the method', async () => {
    expect((await played(subject, 'R17, Q10, R7', create)).blamed).toEqual(['R7']);
  });

  it('the method’s contract, where none of several speaks of it', async () => {
    expect((await played(subject, 'R17, Q10', create)).blamed).toEqual(['C-create-volume-1']);
  });

  it('what the call before was to show, where a look at the array does not hold', async () => {
    const look = `${create}  - {rest: 'GET volumes/{a}', expect: {body: {capacity: '1'}}}\n`;
    expect((await played(ourDriver, 'R17, R7', look)).blamed).toEqual(['R7']);
  });

  it('what the end is said to show', async () => {
    const end = 'expect: {requirement: Q10, array: {volumes: 7}}';
    expect((await played(ourDriver, 'R7, Q10', create, end)).blamed).toEqual(['Q10']);
  });
});
