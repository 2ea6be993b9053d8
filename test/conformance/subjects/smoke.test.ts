import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import { describeSmoke, smoke } from '../../../conformance/subjects/smoke.js';
import type { SubjectEnvironment } from '../../../conformance/subjects/subject.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';
import { commands } from '../../commands.js';
import { programSubject } from './program-subject.js';
import { programThat } from './programs.js';

let array: OwnSimulator;
let environment: SubjectEnvironment;

beforeAll(async () => {
  array = await startOwnSimulator({ listen: true, seed: 1 });
  environment = {
    configuration: {
      netapp_server_hostname: '127.0.0.1',
      netapp_server_port: Number(new URL(array.url).port),
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_controller_ips: '127.0.0.1',
    },
  };
});

afterAll(() => array.close());

const all = JSON.stringify(Object.keys(cinderMethods));
const exception = (cls: string, parents: string[]) =>
  `{ jsonrpc: '2.0', id, error: { code: -32000, message: '', data: ${JSON.stringify({ class: cls, parents, message: '' })} } }`;

/** A driver that does as it should, apart from the methods given. */
function driverThat(cases: Readonly<Record<string, string>>, methods = all) {
  const usual = {
    initialize: `ok(id, { name: 'fake', methods: ${methods} })`,
    get_volume_stats: 'ok(id, {})',
    create_volume: exception('InvalidHost', ['Invalid', 'CinderException']),
    no_such_method: `{ jsonrpc: '2.0', id, error: { code: -32601, message: 'no such method' } }`,
    ...cases,
  };
  const table = Object.entries(usual).map(([name, answer]) => `${name}: (id) => (${answer})`);
  return programSubject(
    programThat(`({ id, method, params }) => {
      const named = { ${table.join(', ')} }[method === 'call' ? params.method : method];
      return named === undefined ? ok(id, null) : named(id);
    }`),
  );
}

describe('smoke on subjects that work', () => {
  it.each([
    ['our driver', () => subjectOf(undefined)],
    [
      'our driver over stdio',
      () => {
        return subjectOf(`'${process.execPath}' '${commands.driver}' --stdio`);
      },
    ],
    ['a fake one', () => driverThat({})],
  ])('finds nothing wrong with %s', async (_name, factory) => {
    const report = await smoke(factory(), environment);
    expect(report.findings).toEqual([]);
    expect(report.steps).toEqual([
      'start',
      'set up',
      'a harmless call',
      'calls beside each other',
      'a method that does not exist',
      'an exception',
      'close',
    ]);
    expect(describeSmoke(report)).toMatch(/^\S+.* speaks the protocol \(tried: start, /);
  });
});

describe('smoke on subjects that do not work', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['start', 'initialize was answered with', { initialize: 'ok(id, {})' }],
    ['set up', 'do_setup raised NoValidBackend', { do_setup: exception('NoValidBackend', []) }],
    ['a harmless call', 'get_volume_stats did not return an object', { get_volume_stats: 'ok(id, [])' }],
    ['a harmless call', 'The program wrote a line that is no JSON', { get_volume_stats: '"hello"' }],
    ['a harmless call', 'The program ended with code 4', { get_volume_stats: 'process.exit(4)' }],
    [
      'calls beside each other',
      'got each other’s answers',
      {
        ensure_export: '(globalThis.other = id, undefined)',
        get_volume_stats:
          '(globalThis.other && write(JSON.stringify(ok(globalThis.other, {}))), ok(id, globalThis.other ? null : {}))',
      },
    ],
    ['a method that does not exist', 'was answered as if it did', { no_such_method: 'ok(id, null)' }],
    ['a method that does not exist', 'The program ended with code 5', { no_such_method: 'process.exit(5)' }],
    [
      'an exception',
      'wrote what is no answer of the protocol',
      { create_volume: "({ jsonrpc: '2.0', id, error: { code: -32000, message: '' } })" },
    ],
    ['close', 'close was refused', { close: "({ jsonrpc: '2.0', id, error: { code: -32603, message: '' } })" }],
  ])('finds at the step "%s" that %s', async (step, problem, cases) => {
    const report = await smoke(driverThat(cases), environment);
    expect(report.usable).toBe(false);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ step, level: 'error', problem: expect.stringContaining(problem) }),
    );
    for (const { sent, received, expected, remedy } of report.findings)
      for (const text of [sent, received, expected, remedy]) expect(text).not.toBe('');
    expect(describeSmoke(report)).toMatch(
      /\n {2}sent: .*\n {2}received: .*\n {2}expected: .*\n {2}remedy: [\s\S]*cannot be judged/,
    );
  });

  it.each<[string, Readonly<Record<string, string>>, string?]>([
    ['The driver lacks mandatory methods: create_group', {}, all.replace('"create_group",', '')],
    ["no methods of Cinder's driver interface: createVolume", {}, all.replace('[', '["createVolume",')],
    ['which is not derived from CinderException', { create_volume: exception('KeyError', ['Exception']) }],
    ['succeeded, so that no exception could be seen', { create_volume: 'ok(id, null)' }],
    ['get_volume_stats raised KeyError', { get_volume_stats: exception('KeyError', []) }],
  ])('warns: %s', async (problem, cases, methods) => {
    const report = await smoke(driverThat(cases, methods), environment);
    expect(report.findings).toMatchObject([{ level: 'warning', problem: expect.stringContaining(problem) }]);
    expect(report.usable).toBe(true);
  });

  it('says once what ended the session', async () => {
    const report = await smoke(driverThat({ do_setup: '"hello"' }), environment);
    expect(report.findings).toHaveLength(1);
  });
});
