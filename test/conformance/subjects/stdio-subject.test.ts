import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Returned, SubjectError } from '../../../conformance/subjects/subject.js';
import { programSubject } from './program-subject.js';
import { programThat, programWhoseCalls } from './programs.js';

const environment = { configuration: { netapp_login: 'admin', netapp_password: 'hush', netapp_server_port: 8080 } };

const start = (words: readonly string[], patience?: () => AbortSignal) =>
  programSubject(words, patience === undefined ? {} : { patience })(environment);

/** What a promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<SubjectError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SubjectError);
  return error as SubjectError;
}

describe('a subject that cannot be started', () => {
  it('is told of when there is no such program', async () => {
    expect((await errorOf(start(['/no/such/program']))).message).toContain('cannot be started: spawn /no/such/program');
    expect((await errorOf(start([]))).message).toContain('empty');
  });

  it('is told of with its exit code and the end of its standard error', async () => {
    const { message, evidence } = await errorOf(
      start([process.execPath, '-e', 'console.error("x".repeat(9000) + " no array"); process.exitCode = 3']),
    );
    expect(message).toMatch(/^The program ended with code 3\nIts standard error ends with:\nx+ no array$/);
    expect(message.length).toBeLessThan(4200);
    expect(evidence.sent).toContain('"method":"initialize"');
    expect(evidence.sent).not.toContain('hush');
  });

  it.each([
    ['{}', 'says who'],
    ['{ name: "x" }', 'says who'],
    ['{ name: "", methods: [] }', 'says who'],
  ])('is told of when initialize is answered with %s', async (result) => {
    const { message, evidence } = await errorOf(start(programThat(`({ id }) => ok(id, ${result})`)));
    expect(message).toContain('initialize was answered with what does not say who the driver is');
    expect(evidence.expected).toContain('"methods": ["do_setup"');
  });

  it('is told of when initialize is refused', async () => {
    const refusal = `({ id }) => ({ jsonrpc: '2.0', id, error: { code: -32603, message: 'no module' } })`;
    expect((await errorOf(start(programThat(refusal)))).message).toBe('initialize was refused: no module');
  });

  it('is given up when it says nothing', async () => {
    const { message } = await errorOf(start(programThat('() => undefined'), () => AbortSignal.abort()));
    expect(message).toContain('does not answer in the time that it has');
  });
});

describe('a subject that breaks the protocol', () => {
  const answered = (fields: string) => `({ id }) => ({ jsonrpc: '2.0', id, ${fields} })`;

  it.each([
    ['says garbage', '() => "connecting…"', 'wrote a line that is no JSON: connecting…', 'to standard error'],
    ['sends a batch', '({ id }) => [ok(id, 1)]', 'wrote what is no answer', 'one object'],
    ['says a number', '() => "7"', 'wrote what is no answer', 'a JSON object'],
    ['leaves the version out', '({ id }) => ({ id, result: 1 })', 'wrote what is no answer', '"jsonrpc" to "2.0"'],
    ['notifies', '() => ({ jsonrpc: "2.0", method: "log" })', 'wrote what is no answer', 'notifications are not used'],
    ['gives nothing', answered(''), 'wrote what is no answer', '"result", to null'],
    ['gives both', answered('result: 1, error: null'), 'wrote what is no answer', 'either "result" or "error"'],
    ['points wrongly', answered('result: 1, identities: 7'), 'wrote what is no answer', 'JSON pointers'],
    ['makes codes up', answered('error: { code: 7, message: "x" }'), 'wrote what is no answer', 'a code of JSON-RPC'],
    ['hides classes', answered('error: { code: -32000, message: "x" }'), 'wrote what is no answer', '"parents"'],
    ['talks too much', answered('error: { code: -32603, message: "x" }, x: 1'), 'wrote what is no answer', 'Leave out'],
    ['has its own ids', '() => ok(99, 1)', 'answered a request 99 that was not made', 'Give back the id'],
    ['makes a text of the id', '({ id }) => ok(String(id), 1)', 'request "2" that was not made', 'same JSON type'],
    [
      'cannot read',
      '() => ({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "?" } })',
      'could not read',
      'UTF-8',
    ],
  ])('and %s is told what is wrong and what to do', async (_words, answer, problem, remedy) => {
    const subject = await start(programWhoseCalls(answer));
    const { message, evidence } = await errorOf(subject.call('get_pool', {}));
    expect(message).toContain(problem);
    expect(evidence.sent).toContain('"method":"get_pool"');
    expect(evidence.remedy).toContain(remedy);
    await subject.close();
  });

  it('and answers twice is believed once, and then no more', async () => {
    const twice = '({ id }, write) => { write(JSON.stringify(ok(id, 1))); return ok(id, 2); }';
    const subject = await start(programWhoseCalls(twice));
    expect(await subject.call('get_pool', {})).toEqual({ returned: 1 });
    expect((await errorOf(subject.call('get_pool', {}))).message).toContain('answered the request 2 a second time');
    await subject.close();
  });

  it('and dies is told of at once, and at every later call', async () => {
    const subject = await start(programWhoseCalls('() => { console.error("out of luck"); process.exit(9); }'));
    const both = [subject.call('get_pool', {}), subject.call('do_setup', {})];
    for (const each of both) expect((await errorOf(each)).message).toContain('ended with code 9');
    expect((await errorOf(subject.call('get_pool', {}))).message).toContain('out of luck');
    await subject.close();
  });

  it('and hangs is given up when the patience ends', async () => {
    const patience = [new AbortController().signal, AbortSignal.abort()];
    const subject = await start(
      programWhoseCalls('() => undefined'),
      () => patience.shift() ?? new AbortController().signal,
    );
    const { message, evidence } = await errorOf(subject.call('get_pool', {}));
    expect(message).toContain('does not answer in the time that it has');
    expect(evidence).toMatchObject({ sent: expect.stringContaining('get_pool'), received: 'nothing' });
    await subject.close();
  });

  it('and reads no more is ended', async () => {
    const deaf = programWhoseCalls(
      '() => undefined',
      `const { closeSync } = require('node:fs'); const wait = () => setInterval(() => undefined, 1_000_000);`,
    );
    const words = deaf.map((word) =>
      word.replace(
        'return ok(request.id, about);',
        'wait(); write(JSON.stringify(ok(request.id, about))); process.stdin.destroy(); closeSync(0); return;',
      ),
    );
    const subject = await start(words);
    const call = async () => {
      for (;;) await subject.call('get_pool', { filler: 'x'.repeat(1_000_000) });
    };
    expect((await errorOf(call())).message).toContain('does not read its standard input any more');
    await subject.close();
  });

  it('and goes on after the end of its input is killed', async () => {
    const words = programWhoseCalls('() => undefined', 'setInterval(() => undefined, 1_000_000);');
    const patience = [1, 2].map(() => new AbortController().signal);
    const subject = await start(words, () => patience.shift() ?? AbortSignal.abort());
    expect((await errorOf(subject.close())).message).toContain('goes on after its standard input ended');
  });

  it('and refuses to close is told of', async () => {
    const words = programThat(`({ id, method }) => method === 'initialize' ? ok(id, about)
      : { jsonrpc: '2.0', id, error: { code: -32601, message: 'no close' } }`);
    expect((await errorOf((await start(words)).close())).message).toBe('close was refused: no close');
  });
});

describe('a subject that keeps to the protocol', () => {
  it('may answer in any order', async () => {
    const backwards = `({ id, params }, write) => {
      globalThis.first ??= id;
      if (globalThis.first === id) return undefined;
      write(JSON.stringify(ok(id, params.args.name)));
      return ok(globalThis.first, 'first');
    }`;
    const subject = await start(programWhoseCalls(backwards));
    const calls = ['first', 'second'].map((name) => subject.call('get_pool', { name }));
    expect(await Promise.all(calls)).toEqual([{ returned: 'first' }, { returned: 'second' }]);
    await subject.close();
  });

  it('may send and be sent long lines, carriage returns and empty lines', async () => {
    const subject = await start(
      programWhoseCalls(`({ id, params }) => '\\r\\n' + JSON.stringify(ok(id, params.args.text + '€')) + '\\r\\n'`),
    );
    const text = 'ä'.repeat(1_000_000);
    const { returned } = (await subject.call('get_pool', { text })) as Returned;
    expect(returned === `${text}€`).toBe(true);
    await subject.close();
  });

  it('may refuse a call and go on', async () => {
    const subject = await start(
      programWhoseCalls(`({ id, params }) => params.method === 'get_pool' ? ok(id, 'pool')
        : { jsonrpc: '2.0', id, error: { code: -32601, message: 'no ' + params.method } }`),
    );
    expect((await errorOf(subject.call('no_such', {}))).message).toBe('no_such was refused with -32601: no no_such');
    expect((await errorOf(subject.call('get_pool', { size: 1n }))).message).toContain('cannot be sent as JSON');
    expect(await subject.call('get_pool', {})).toEqual({ returned: 'pool' });
    await subject.close();
  });

  it('reports exceptions without their own class among the parents', async () => {
    const data = '{ class: "VolumeNotFound", parents: ["VolumeNotFound", "NotFound"], message: "gone" }';
    const subject = await start(
      programWhoseCalls(
        `({ id }) => ({ jsonrpc: '2.0', id, error: { code: -32000, message: 'gone', data: ${data} } })`,
      ),
    );
    expect(await subject.call('get_pool', {})).toEqual({
      raised: { class: 'VolumeNotFound', parents: ['NotFound'], message: 'gone' },
    });
    await subject.close();
  });

  it('finds its configuration in initialize, in its command line and in its environment', async () => {
    const told = `process.argv.slice(1).concat(process.env.SUBJECT_CONFIG, process.env.SUBJECT_BACKEND)`;
    const words = programThat(
      `({ id, method, params }) => {
        if (method === 'initialize') globalThis.configuration = params.configuration;
        return ok(id, method === 'initialize' ? about : [${told}, globalThis.configuration]);
      }`,
    );
    const subject = await start([...words, '--', '--file={config}', '{backend}']);
    const answer = (await subject.call('get_pool', {})) as Returned;
    const [[option = '', section, path = '', backend], configuration] = answer.returned as [string[], unknown];
    expect(configuration).toEqual(environment.configuration);
    expect([option, section, backend]).toEqual([`--file=${path}`, 'backend', 'backend']);
    expect(readFileSync(path, 'utf8')).toContain(
      '[backend]\nnetapp_login = admin\nnetapp_password = hush\nnetapp_server_port = 8080\n',
    );
    expect(statSync(path).mode & 0o077).toBe(0);
    await subject.close();
    expect(existsSync(path)).toBe(false);
  });

  it('has what it writes to standard error logged', async () => {
    const lines: string[] = [];
    const runtime = {
      sleep: () => Promise.resolve(),
      now: () => 0,
      randomUuid: () => '',
      log: (_level: string, message: string) => lines.push(message),
    };
    const words = programWhoseCalls('() => undefined', 'console.error("one\\ntwo");');
    const subject = await programSubject(words)({ ...environment, runtime });
    await subject.close();
    expect(lines).toEqual(['one', 'two']);
  });
});
