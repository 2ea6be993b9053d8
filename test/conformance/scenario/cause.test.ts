import { describe, expect, it } from 'vitest';
import { causeKey, causeOf } from '../../../conformance/scenario/cause.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import { ourDriver } from '../checks/broken-drivers.js';

describe('the cause of a failure', () => {
  it('is its requirement, method, exception, retcode and kind of object', () => {
    const failure = { requirement: 'Q1', method: 'create_volume', exception: 'NotFound', retcode: 'x', object: 'host' };
    expect(causeOf({ ...failure, message: 'volume 17 is not there', expected: 1, found: 2 })).toEqual(failure);
  });

  it('is one where only ids, numbers and names of the story differ', () => {
    const one = causeKey({ message: "round 1: the fault rule 'a' fired 3 times" });
    expect(causeKey({ message: "round 12: the fault rule 'b' fired 40 times" })).toBe(one);
    expect(causeKey({ message: "round 12: the fault rule 'b' never fired" })).not.toBe(one);
  });

  it('differs with each of its parts', () => {
    const failure = { requirement: 'Q1', method: 'm', exception: 'E', retcode: 'r', object: 'o', message: '' };
    const changed = Object.keys(failure)
      .filter((part) => part !== 'message')
      .map((part) => ({ ...failure, [part]: 'z' }));
    expect(new Set([failure, ...changed].map(causeKey)).size).toBe(6);
  });
});

describe('a failed call', () => {
  it('tells its method, the class of the exception and what the array refused', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {fault: {when: {request: POST **/volumes}, what: {do: fail, status: 422, retcode: "4711", errorMessage: no}, times: always}}
  - {call: create_volume, as: vol}
`;
    const { steps } = await runScenario(readScenario(story, 'f'), { subject: ourDriver });
    expect(steps.flatMap(({ failures }) => failures)).toEqual([
      expect.objectContaining({ method: 'create_volume', exception: 'WebServiceException', retcode: '4711' }),
    ]);
  });
});
