import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { patienceOf, pause } from '../../../conformance/runtime/wall-clock.js';
import { stdioSubject } from '../../../conformance/subjects/stdio-subject.js';
import { type Returned, SubjectError } from '../../../conformance/subjects/subject.js';
import { startChild } from '../../child-process.js';
import { commands } from '../../commands.js';
import { programThat, programWhoseCalls } from './programs.js';

const environment = { configuration: { netapp_password: 'hush' } };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'program-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whether there is a process of that number, and it is no zombie. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await pause(20);
}

const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');

/** What a start of a program comes to that does not speak the protocol. */
async function problemOf(words: string | readonly string[], milliseconds = 60_000): Promise<string> {
  const error = await stdioSubject(words, { patience: patienceOf(milliseconds) })(environment).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SubjectError);
  return (error as SubjectError).message;
}

describe('a program that is no subject', () => {
  it.each([
    ['false', 'The program ended with code 1'],
    ['cat', 'The program wrote back what it was sent'],
    ['sh -c "exec <&-; sleep 1000"', 'does not'],
    ['sh -c "exec >&-; exec sleep 1000"', 'The program closed its standard output'],
    ['sh -c "kill -STOP $$"', 'does not answer in the time that it has'],
    ['sleep 1000', 'does not answer in the time that it has'],
  ])('is told of: %s', async (command, problem) => {
    expect(await problemOf(command, 3000)).toContain(problem);
  });

  it.each([
    ['nested lists', "'['.repeat(1e5) + ']'.repeat(1e5)"],
    ['nested objects', `'{"a":'.repeat(1e5) + '1' + '}'.repeat(1e5)`],
  ])('is told of %s that end the stack', async (_, deep) => {
    const program = programThat(`(request, write) => write('{"jsonrpc":"2.0","id":1,"result":' + ${deep} + '}')`);
    const problem = await problemOf(program);
    expect(problem).toContain('The program wrote a line that is nested too deeply');
    expect(problem.length).toBeLessThan(1000);
  });

  it('may say texts with any number of brackets', async () => {
    const program = programThat(`(request) => ok(request.id, { name: '['.repeat(1e5), methods: 7 })`);
    expect(await problemOf(program)).toContain('initialize was answered with what does not say who the driver is');
  });

  it('is ended when it writes without end and without a line', async () => {
    const endless = [
      process.execPath,
      '-e',
      'const b = Buffer.alloc(2 ** 20, 120); const w = () => process.stdout.write(b, w); w();',
    ];
    expect(await problemOf(endless)).toContain('wrote more than 67108864 bytes without ending the line');
  });

  it('is not started again when ten drivers in a row had no answer', async () => {
    const start = stdioSubject([process.execPath, '-e', 'setInterval(() => undefined, 1000000)'], {
      patience: () => AbortSignal.abort(),
    });
    const problems: string[] = [];
    for (let time = 1; time <= 11; time++)
      await start(environment).catch((error: Error) => problems.push(error.message));
    expect(problems[9]).not.toContain('is not started again');
    expect(problems[10]).toContain('let 10 drivers in a row time out and is not started again');
  });
});

describe('the processes of a subject', () => {
  const forks = programThat(
    `(request) => request.method === 'call' ? ok(request.id, [process.pid, child.pid])
      : request.method === 'close' ? ok(request.id, null) : ok(request.id, about)`,
    `const child = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'inherit' });
    child.unref();`,
  );

  it('end with it: those that it starts, and those behind a wrapper', async () => {
    const subject = await stdioSubject(['sh', '-c', `${quoted(forks)}; true`])(environment);
    const { returned } = (await subject.call('get_pool', {})) as Returned;
    const pids = returned as number[];
    expect(pids.map(isAlive)).toEqual([true, true]);
    await subject.close();
    await untilGone(pids);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('end with the suite at %s, and its folders are removed', async (signal) => {
    const file = join(folder, 'pids');
    const hangs = programThat(
      `() => undefined`,
      `const child = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify([process.pid, child.pid]));
      process.stderr.write('ready');`,
    );
    const suite = startChild(
      process.execPath,
      [commands.conformance, 'run', '--only', 'driver/*', '--subject', quoted(hangs)],
      { env: { ...process.env, TMPDIR: folder } },
    );
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
      expect(suite.isRunning).toBe(true);
      await pause(20);
    }
    const pids = JSON.parse(readFileSync(file, 'utf8')) as number[];
    suite.kill(signal);
    await suite.end('the end of the suite');
    await untilGone(pids);
    expect(readdirSync(folder).filter((name) => name.startsWith('conformance-'))).toEqual([]);
  });

  it('let the suite end, with a report of what is wrong and the exit code of what could not run', async () => {
    const args = [commands.conformance, 'run', '--subject', 'sleep 1000', '--patience', '1s'];
    const { code, stdout, stderr } = await startChild(process.execPath, args).end('the end of the suite');
    expect(stdout + stderr).toContain('CANNOT BE JUDGED');
    expect(code).toBe(exitCodes.couldNotRun);
  });

  it('let the suite end with exit code 2 where one gives back another id', async () => {
    const subject = quoted(programThat('() => ok(99, about)'));
    const args = [commands.conformance, 'run', '--only', 'driver/version', '--subject', subject, '--patience', '3s'];
    const { code, stdout, stderr } = await startChild(process.execPath, args).end('the end of the suite');
    expect(stdout + stderr).toContain('answered a request 99 that was not made');
    expect(code).toBe(exitCodes.couldNotRun);
  });
});

describe('a program that can be used again', () => {
  const reusable = programWhoseCalls(
    `({ id }) => ok(id, [process.pid, globalThis.configuration, require('node:fs').readFileSync(process.env.SUBJECT_CONFIG, 'utf8')])`,
  ).map((word) =>
    word.replace(
      'return ok(request.id, about);',
      '{ globalThis.configuration = request.params.configuration; return ok(request.id, { ...about, reusable: true }); }',
    ),
  );

  const described = async (
    start: ReturnType<typeof stdioSubject>,
    configuration: Readonly<Record<string, unknown>>,
  ) => {
    const subject = await start({ configuration });
    const { returned } = (await subject.call('get_pool', {})) as Returned;
    return { subject, returned: returned as [number, object, string] };
  };

  it('is, with the configuration of each driver', async () => {
    const start = stdioSubject(reusable);
    const first = await described(start, { netapp_login: 'one' });
    await first.subject.close();
    const second = await described(start, { netapp_login: 'two' });
    expect(second.returned[0]).toBe(first.returned[0]);
    expect(second.returned[1]).toEqual({ netapp_login: 'two' });
    expect(second.returned[2]).toContain('netapp_login = two');
    const beside = await described(start, { netapp_login: 'three' });
    expect(beside.returned[0]).not.toBe(first.returned[0]);
    await beside.subject.close();
    await second.subject.close();
  });

  it('is started anew when it has ended meanwhile', async () => {
    const start = stdioSubject(reusable);
    const first = await described(start, {});
    await first.subject.close();
    process.kill(first.returned[0], 'SIGKILL');
    await untilGone([first.returned[0]]);
    const second = await described(start, {});
    expect(second.returned[0]).not.toBe(first.returned[0]);
    await second.subject.close();
  });
});
