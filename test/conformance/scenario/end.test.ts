import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';

describe('The end of a story', () => {
  it('tells of a fault rule that could break nothing, and why', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {fault: {when: {notBefore: 1s}, what: {do: controller, controller: Z}}}
  - {advance: 1m}
`;
    const { verdict, end } = await runScenario(readScenario(story, 'f'), { subject: subjectOf(undefined) });
    expect([verdict, end.map(({ message }) => message)]).toEqual([
      'fail',
      ["the fault rule fault-1 never fired: There is no controller 'Z' on this storage system."],
    ]);
  });

  it('looks at the array past a fault rule that still waits, and leaves it to the driver', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {call: create_volume, as: vol}
  - {fault: {when: {request: 'GET **'}, what: reset, times: always}, unfired: true}
expect: {array: {volumes: 1}}
`;
    const { verdict, steps, end } = await runScenario(readScenario(story, 'f'), { subject: subjectOf(undefined) });
    expect([verdict, steps.flatMap(({ failures }) => failures), end]).toEqual(['pass', [], []]);
  });

  it('knows a rule that was removed unfired from a later one with its id', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {fault: {when: {request: DELETE pools/nobody}, what: reset}}
  - {clear: all}
  - {fault: {when: {request: GET volumes}, what: {do: delay, for: 1ms, advance: true}}}
  - {rest: GET volumes}
`;
    const { verdict, end, unreached } = await runScenario(readScenario(story, 'f'), { subject: subjectOf(undefined) });
    expect([verdict, end.map(({ message }) => message)]).toEqual(['fail', ['the fault rule fault-1 never fired']]);
    expect(unreached).toEqual(['fault-1']);
  });
});
