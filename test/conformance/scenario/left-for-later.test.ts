import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { Subject, SubjectEnvironment, SubjectFactory } from '../../../conformance/subjects/subject.js';
import { ourDriver } from '../checks/broken-drivers.js';

const story = (when: string, more = '') => `
name: n
why: w
verifies: []
steps:
  - {call: create_volume, as: vol}
  - {call: create_snapshot, of: vol, as: snap}
  - {fault: {when: {request: '${when}'}, what: {do: fail, status: 500}}, unfired: true}
  - {call: create_volume_from_snapshot, from: snap, as: copy, expect: {mayRaise: true}}
${more}  - {check: all}
`;
const fired = 'GET snapshot-images/*';
const never = 'GET nothing-of-this-name';

/** Our driver, beside which each copy leaves a view; it is deleted with the statistics, or never. */
function leavingViews({ tidies }: { readonly tidies: boolean }): SubjectFactory {
  return async (environment) => {
    const subject: Subject = await ourDriver(environment);
    const views: string[] = [];
    return {
      ...subject,
      close: () => subject.close(),
      async call(method, args) {
        const answer = await subject.call(method, args);
        if (method === 'create_volume_from_snapshot') {
          const { snapshot } = args as { readonly snapshot: { readonly provider_id: string } };
          const body = { snapshotImageId: snapshot.provider_id, name: `left-${views.length}`, viewMode: 'readOnly' };
          const made = (await sent(environment, 'POST', 'snapshot-volumes', body)) as { readonly viewRef: string };
          views.push(made.viewRef);
        }
        if (method === 'get_volume_stats' && tidies)
          for (const view of views.splice(0)) await sent(environment, 'DELETE', `snapshot-volumes/${view}`);
        return answer;
      },
    };
  };
}

async function sent(
  { configuration, runtime }: SubjectEnvironment,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const origin = `http://${String(configuration.netapp_server_hostname)}:${String(configuration.netapp_server_port)}`;
  const login = `${String(configuration.netapp_login)}:${String(configuration.netapp_password)}`;
  const headers = { authorization: `Basic ${btoa(login)}`, 'content-type': 'application/json' };
  const dispatcher = runtime?.dispatcher;
  const options = { headers, ...(dispatcher === undefined ? {} : { dispatcher }) };
  const systems = await request(`${origin}/devmgr/v2/storage-systems`, options);
  const [system] = (await systems.body.json()) as { readonly id: string }[];
  const answer = await request(`${origin}/devmgr/v2/storage-systems/${system?.id}/${path}`, {
    ...options,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  expect(answer.statusCode, text).toBeLessThan(300);
  return text === '' ? undefined : JSON.parse(text);
}

async function found(text: string, tidies: boolean) {
  const report = await runScenario(readScenario(text, 'f'), { subject: leavingViews({ tidies }) });
  return [...report.steps.flatMap(({ failures }) => failures), ...report.end].map(({ requirement }) => requirement);
}

describe('what a fault kept a driver from removing', () => {
  it('may be removed with the next statistics', async () => {
    expect(await found(story(fired), true)).toEqual([]);
  });

  it('is a leak when it is still there after them', async () => {
    expect(await found(story(fired), false)).toEqual(['Q31']);
  });

  it('is a leak at once where nothing has gone wrong', async () => {
    expect(await found(story(never), true)).toEqual(['Q31']);
    expect(await found(story(never).replace(/ {2}- \{fault.*\n/, ''), true)).toEqual(['Q31']);
  });

  it('is a leak at once while a fault may still come: the statistics would meet it', async () => {
    const waiting = "  - {fault: {when: {request: 'DELETE hosts/*'}, what: reset}, unfired: true}\n";
    expect(await found(story(fired, waiting), true)).toEqual(['Q31']);
  });
});
