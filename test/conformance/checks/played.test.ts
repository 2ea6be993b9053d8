import { describe, expect, it } from 'vitest';
import { checkRunOf } from '../../../conformance/checks/played.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { Answer, Subject, SubjectFactory } from '../../../conformance/subjects/subject.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';

const own = subjectOf(undefined);
const notThere: Answer = { raised: { class: 'NotImplementedError', parents: ['RuntimeError'], message: '' } };

/** Our driver, with other answers of some methods. */
function driverWith(answers: Readonly<Record<string, (subject: Subject) => Promise<Answer>>>): SubjectFactory {
  return async (environment) => {
    const subject = await own(environment);
    const call: Subject['call'] = (method, args) => answers[method]?.(subject) ?? subject.call(method, args);
    return { ...subject, call };
  };
}

async function played(steps: string, subject: SubjectFactory = own) {
  const story = `name: n\nwhy: w\nverifies: []\nsteps:\n${steps}`;
  const { outcome, reason } = checkRunOf(await runScenario(readScenario(story, 'f'), { subject }), story);
  return { outcome, reason };
}

const story = `
  - {call: create_group, as: grp}
  - {call: create_volume, as: vol}
  - {call: update_group, of: grp, add: [vol], remove: []}
`;

describe('a story says nothing of a driver', () => {
  it('that leaves to Cinder what the story shows', async () => {
    const leaving = driverWith({
      update_group: async () => notThere,
      create_group_snapshot: async () => notThere,
    });
    expect(await played(story, leaving)).toMatchObject({ outcome: 'pass' });
    const looks = `${story}  - {rest: 'GET consistency-groups/{grp}/member-volumes', expect: {body: [{volumeId: '{vol}'}]}}\n`;
    expect(await played(looks)).toMatchObject({ outcome: 'pass' });
    const returns = `${story}  - {call: create_group_snapshot, as: gs, of: grp, expect: {returns: [{status: available}, [{}]]}}\n`;
    expect(await played(returns, leaving)).toEqual({
      outcome: 'skipped',
      reason: 'The driver leaves update_group, create_group_snapshot to Cinder.',
    });
  });

  it('that does not send the request that a fault waits for', async () => {
    const fault = '{fault: {when: {request: POST snapshot-images}, what: {do: fail, status: 422}}, as: broken}';
    const steps = `  - ${fault}\n  - {call: create_volume, as: vol, expect: {raises: CinderException}}\n`;
    expect(await played(steps)).toEqual({
      outcome: 'skipped',
      reason: 'What it is about was not reached: the driver sends nothing that the fault broken waits for.',
    });
  });
});

describe('a story speaks against a driver', () => {
  it('that does not have a method which Cinder has nothing for', async () => {
    const lacking = driverWith({ create_volume: async () => notThere });
    expect(await played('  - {call: create_volume, as: vol}\n', lacking)).toMatchObject({ outcome: 'fail' });
  });

  it('that leaves something on the array, whatever was not reached', async () => {
    const fault = '{fault: {when: {request: POST snapshot-images}, what: {do: fail, status: 422}}, as: broken}';
    const deletingNothing = driverWith({ delete_volume: async () => ({ returned: null }) });
    const steps = `  - ${fault}\n  - {call: create_volume, as: vol}\n  - {call: delete_volume, of: vol}\n`;
    expect(await played(steps, deletingNothing)).toMatchObject({ outcome: 'fail' });
  });

  it('that says now and then that it does not have a method', async () => {
    let calls = 0;
    const moody = driverWith({
      update_group: async () => (++calls === 1 ? notThere : { returned: [null, null, null] }),
    });
    const again = `${story}  - {call: update_group, of: grp, add: [], remove: []}\n`;
    expect(await played(again, moody)).toMatchObject({ outcome: 'fail' });
  });

  it('that does not send what the story is about', async () => {
    const fault = '{fault: {when: {request: POST snapshot-images}, what: {do: fail, status: 422}}, fires: must}';
    expect(await played(`  - ${fault}\n  - {call: create_volume, as: vol}\n`)).toMatchObject({ outcome: 'fail' });
  });
});
