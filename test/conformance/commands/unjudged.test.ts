import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { run } from '../../../conformance/commands/run.js';
import { describeSubject } from '../../../conformance/library/describe-subject.js';
import type { ConformanceReport } from '../../../conformance/report/report.js';
import { stdioSubject } from '../../../conformance/subjects/stdio-subject.js';
import { SubjectError } from '../../../conformance/subjects/subject.js';
import { broken, ourDriver, raising } from '../checks/broken-drivers.js';
import { programThat } from '../subjects/programs.js';
import { ran } from './run-command.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unjudged-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const moduleOf = (url: URL) => `module:${fileURLToPath(url)}`;
const neverStarts = moduleOf(new URL('drivers/never-starts.ts', import.meta.url));
const neverEnds = moduleOf(new URL('drivers/never-ends.ts', import.meta.url));

describe('a driver that never starts', () => {
  it('is one finding with its reason and what to do, in every report, and no failure of a requirement', async () => {
    const [json, junit, html] = ['r.json', 'r.xml', 'r.html'].map((name) => join(folder, name));
    const files = ['--save-report', `${json}`, '--junit', `${junit}`, '--html', `${html}`];
    const { code, out } = await ran(run, '--subject', neverStarts, ...files);
    expect(code).toBe(exitCodes.failed);
    expect(out).toContain(
      'CANNOT BE JUDGED The driver does not start: do_setup raised InvalidInput: The option san_ip',
    );
    expect(out).toContain('The driver misses an option, or refuses one.');
    const report = JSON.parse(await readFile(`${json}`, 'utf8')) as ConformanceReport;
    expect(report).toMatchObject({ verdict: 'fail', checks: [], unattributed: [] });
    expect(report.requirements.filter(({ outcome, counts }) => outcome === 'fail' || counts)).toEqual([]);
    expect(await readFile(`${junit}`, 'utf8')).toMatch(
      /<testsuite name="eseries-conformance" tests="\d+" failures="1"/,
    );
    expect(await readFile(`${html}`, 'utf8')).toContain('CANNOT BE JUDGED');
  });
});

describe('a driver that does not end', () => {
  it('ends the run with the exit code of what could not run, though no check plays a story with it', async () => {
    const { code, out } = await ran(run, '--subject', neverEnds, '--only', 'driver/version');
    expect(out).toContain('CANNOT BE JUDGED The driver does not end. close failed: no close');
    expect(code).toBe(exitCodes.couldNotRun);
  });
});

/** A program that asks the array something and starts, answers close so or not at all, and goes on after its input. */
function programThatClosesWith(answer: string | undefined): readonly string[] {
  const stats = { volume_backend_name: 'b', vendor_name: 'v', driver_version: '1', storage_protocol: 'iSCSI' };
  return programThat(
    `({ id, method, params }, write) => {
      if (method === 'initialize') {
        globalThis.port = params.configuration.netapp_server_port;
        return ok(id, { name: 'fake', methods: ['do_setup', 'check_for_setup_error', 'get_volume_stats'] });
      }
      if (method === 'close') return ${answer === undefined ? 'undefined' : `'{"jsonrpc":"2.0","id":' + id + ',${answer}}'`};
      if (params.method === 'get_volume_stats') return ok(id, ${JSON.stringify(stats)});
      const url = 'http://127.0.0.1:' + globalThis.port + '/devmgr/utils/about';
      require('node:http').get(url, (got) => got.resume().on('end', () => write(JSON.stringify(ok(id, null)))));
      return undefined;
    }`,
    'setInterval(() => undefined, 1_000_000);',
  );
}

describe('whether a driver can be judged', () => {
  it('is seen of a start on a sound array', async () => {
    expect((await describeSubject(ourDriver)).unjudged).toBeUndefined();
    expect((await describeSubject(raising('create_volume'))).unjudged).toBeUndefined();
  });

  it.each([
    ['check_for_setup_error', 'ConnectionError', 'HTTPSConnectionPool: Max retries exceeded', 'netapp_server_port'],
    ['get_volume_stats', 'KeyError', 'pools', 'See what raises KeyError'],
    [
      'check_for_setup_error',
      'ProcessExecutionError',
      'Unexpected error while running command.',
      'another kind of storage',
    ],
    ['do_setup', 'InvalidURL', "Invalid URL 'https://:443/': No host supplied", 'misses an option'],
    ['do_setup', 'VolumeBackendAPIException', 'volume group cinder-volumes does not exist', 'another kind of storage'],
  ])('is told by what %s raises: %s', async (method, name, message, remedy) => {
    const { unjudged } = await describeSubject(raising(method, name, message));
    expect(unjudged?.reason).toBe(`The driver does not start: ${method} raised ${name}: ${message}`);
    expect(unjudged?.remedy).toContain(remedy);
  });

  it('is told of a program that does not get as far as to say who it is', async () => {
    const message =
      "The program ended with code 1\nIts standard error ends with:\nModuleNotFoundError: No module named 'cinder'";
    const { unjudged } = await describeSubject(() => Promise.reject(new SubjectError(message)));
    expect(unjudged?.remedy).toContain('The module cinder cannot be imported');
  });

  it.each([
    ['refuses close', '"error":{"code":-32601,"message":"no close"}', 'close was refused: no close'],
    ['does not answer close', undefined, 'The program does not answer in the time that it has'],
    ['goes on after the end of its input', '"result":null', 'The program goes on after its standard input ended.'],
  ])('is told of a program that %s, in the time that it has', async (_, answer, problem) => {
    let isClosing = false;
    const patience = () => (isClosing ? AbortSignal.timeout(3000) : new AbortController().signal);
    const start = stdioSubject(programThatClosesWith(answer), { patience });
    const { name, unjudged } = await describeSubject(async (environment) => {
      const subject = await start(environment);
      const close = () => {
        isClosing = true;
        return subject.close();
      };
      return { ...subject, close };
    });
    expect(name).toBe('fake');
    expect(unjudged?.reason).toContain(`The driver does not end. ${problem}`);
    expect(unjudged?.isUnusable).toBe(true);
  });

  it('is told of a driver that asks no array anything', async () => {
    const idle = broken(async (call, method, args) =>
      method === 'get_volume_stats'
        ? { returned: { volume_backend_name: 'b', vendor_name: 'v', driver_version: '1', storage_protocol: 'iSCSI' } }
        : method.startsWith('do_') || method.startsWith('check_')
          ? { returned: null }
          : call(method, args),
    );
    expect((await describeSubject(idle)).unjudged?.reason).toContain('without asking the array anything');
  });
});
