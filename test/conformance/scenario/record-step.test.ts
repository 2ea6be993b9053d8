import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';

describe('A step that changes a record', () => {
  it('changes what drivers are handed, fields of Cinder’s that the suite does not use included', async () => {
    const story = `
name: n
why: w
verifies: []
steps:
  - {call: create_volume, as: vol}
  - {record: vol, set: {provider_auth: CHAP name a-secret, metadata: {owner: me}}}
  - {call: initialize_connection, of: vol, expect: {returns: {data: {auth_username: name}}}}
`;
    const calls: unknown[] = [];
    const subject = await subjectOf(undefined);
    const { verdict } = await runScenario(readScenario(story, 'f'), {
      async subject(environment) {
        const driver = await subject(environment);
        return {
          ...driver,
          call(method, args) {
            if (method === 'initialize_connection') calls.push(args.volume);
            return driver.call(method, args);
          },
        };
      },
    });
    expect(verdict).toBe('pass');
    expect(calls).toMatchObject([{ provider_auth: 'CHAP name a-secret', metadata: { owner: 'me' } }]);
  });
});
