import { describe, expect, it } from 'vitest';
import { subjectFor } from '../../../conformance/library/over-sockets.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import { programThat } from './programs.js';

/**
 * A driver that knows nothing of virtual time: it makes one request, and looks again after a pause of real time where the
 * answer says so. `about` is what it says of itself.
 */
function plainDriver(about: string, request: string): string {
  const source = programThat(
    `(request, write) => {
      if (request.method === undefined) return undefined;
      if (request.method === 'initialize') {
        globalThis.port = request.params.configuration.netapp_server_port;
        return ok(request.id, { name: 'plain', methods: ['do_setup', 'check_for_setup_error', 'create_volume', 'get_pool'], ...${about} });
      }
      if (request.method !== 'call' || request.params.method !== 'get_pool') return ok(request.id, null);
      (${request})().then(
        (result) => write(JSON.stringify(ok(request.id, result))),
        (error) => write(JSON.stringify(ok(request.id, error.cause?.code ?? error.message))),
      );
      return undefined;
    }`,
    `const get = async (path) => {
      const headers = { authorization: 'Basic ' + Buffer.from('admin:admin').toString('base64') };
      return fetch('http://127.0.0.1:' + globalThis.port + '/devmgr/v2/storage-systems/1/' + path, { headers });
    };`,
  );
  return source.map((word) => `'${word.replaceAll("'", '"')}'`).join(' ');
}

async function played(subject: string, steps: string) {
  const story = readScenario(
    `name: story\nwhy: it shows how time passes\nverifies: []\nstarted: false\nsteps:\n${steps}`,
    'story.yaml',
  );
  return runScenario(story, { subject: subjectFor(subject, {}) });
}

const call = (expected: string) =>
  `  - {call: get_pool, args: {}, expect: {returns: ${expected}, took: {min: 2m, max: 3m}}}\n`;

describe('a program that says nothing of its waits', () => {
  it('gets the time that work of the array takes while it is idle, and the report says so', async () => {
    const waits = `async () => {
      for (;;) {
        const jobs = await (await get('volumes')).json();
        if (jobs.every(({ action }) => action === 'none')) return 'done';
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }`;
    const report = await played(
      plainDriver('{}', waits),
      `  - {rest: GET storage-pools/HDD_R1, as: pool}
  - {rest: POST volumes, body: {poolId: "{pool}", name: v, sizeUnit: gb, size: "1", segSize: 0}, as: v, leftover: true}
  - {jobs: "timed:33554432"}
  - {rest: "POST volumes/{v}/expand", body: {expansionSize: "5", sizeUnit: gb}}
${call('done')}`,
    );
    expect(report.steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(report.given.times).toBeGreaterThan(0);
    expect(report.given.milliseconds).toBeGreaterThanOrEqual(120_000);
  });

  it('gets an answer that is late when its time has come', async () => {
    const report = await played(
      plainDriver('{ http_timeout: 0 }', `async () => (await get('volumes')).status`),
      `  - {fault: {when: {request: GET volumes}, what: {do: delay, for: 2m}}}\n${call('200')}`,
    );
    expect(report.steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(report.given).toEqual({ times: 1, milliseconds: 120_000 });
  });

  it.each([
    ['passes by itself', ''],
    ['is advanced by the fault', ', advance: true'],
  ])('loses the connection when an answer takes longer than it waits, where the time %s', async (_words, how) => {
    const report = await played(
      plainDriver('{ http_timeout: 120 }', `async () => (await get('volumes')).status`),
      `  - {fault: {when: {request: GET volumes}, what: {do: delay, for: 150s${how}}}}\n${call('UND_ERR_SOCKET')}`,
    );
    expect(report.steps.flatMap(({ failures }) => failures)).toEqual([]);
  });
});

describe('a program that says that it asks for its waits', () => {
  it('sleeps in the background until the time has come, and no time is made up for it', async () => {
    const both = `async () => {
      write(JSON.stringify({ jsonrpc: '2.0', id: 'background', method: 'sleep', params: { seconds: 3600 } }));
      await get('volumes');
      write(JSON.stringify({ jsonrpc: '2.0', id: 'call', method: 'sleep', params: { seconds: 150, call: request.id } }));
      await new Promise((resolve) => { globalThis.wake = resolve; });
      return 'awake';
    }`;
    const driver = plainDriver("{ uses: ['sleep'] }", both).replace(
      'if (request.method === undefined) return undefined;',
      'if (request.id === "call") globalThis.wake(); if (request.method === undefined) return undefined;',
    );
    const report = await played(driver, call('awake'));
    expect(report.steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(report.given).toEqual({ times: 0, milliseconds: 0 });
  });
});
