import { describe, expect, it } from 'vitest';
import type { SubjectRuntime } from '../../../conformance/subjects/subject.js';
import { programSubject } from './program-subject.js';
import { programThat } from './programs.js';

/** Asks the suite what each call's argument `ask` says, and returns the suite's answer. */
const asking = programThat(
  `(request, write) => {
    if (request.method === undefined) return ok(Number(request.id.slice(1)), 'error' in request ? request.error : request.result);
    if (request.method === 'initialize')
      return ok(request.id, { ...about, uses: ['sleep'], constants: { OFFER: request.params.suite ?? null } });
    if (request.method === 'close') return ok(request.id, null);
    return { jsonrpc: '2.0', id: 'p' + request.id, ...request.params.args.ask };
  }`,
);

function runtimeAt(startMs: number) {
  let nowMs = startMs;
  const saved: unknown[] = [];
  const runtime: SubjectRuntime = {
    async sleep(milliseconds) {
      nowMs += milliseconds;
    },
    now: () => nowMs,
    randomUuid: () => 'a-uuid',
    records: {
      read: (kind, id) => (id === 'gone' ? null : { kind, id }),
      list: (kind, where) => [{ kind, ...where }],
      update(kind, id, values) {
        if (id === 'gone') throw new RangeError('there is no such record');
        saved.push({ kind, id, values });
      },
    },
    log: () => undefined,
  };
  return { runtime, saved };
}

const configuration = {};

describe('a program that asks the suite', () => {
  it('is told of what it may ask, and only of that', async () => {
    const { runtime } = runtimeAt(0);
    const { records: _, ...without } = runtime;
    const offers = [];
    for (const environment of [{ configuration, runtime }, { configuration, runtime: without }, { configuration }]) {
      const subject = await programSubject(asking)(environment);
      offers.push(subject.constants?.OFFER);
      await subject.close();
    }
    expect(offers).toEqual([
      { requests: ['sleep', 'now', 'uuid', 'read', 'update'] },
      { requests: ['sleep', 'now', 'uuid'] },
      null,
    ]);
  });

  it('gets the time, sleeps, UUIDs and records', async () => {
    const { runtime, saved } = runtimeAt(1500);
    const subject = await programSubject(asking)({ configuration, runtime });
    const ask = async (method: string, params: object) => {
      const answer = await subject.call('get_pool', { ask: { method, params } });
      return (answer as { returned: unknown }).returned;
    };
    expect(await ask('now', {})).toEqual({ now: 1.5 });
    expect(await ask('sleep', { seconds: 0.25 })).toEqual({ now: 1.75 });
    expect(await ask('uuid', {})).toEqual({ uuid: 'a-uuid' });
    expect(await ask('read', { kind: 'volume', id: 'v' })).toEqual({ kind: 'volume', id: 'v' });
    expect(await ask('read', { kind: 'snapshot', where: { volume_id: 'v' } })).toEqual([
      { kind: 'snapshot', volume_id: 'v' },
    ]);
    await ask('update', { kind: 'volume', id: 'v', values: { size: 2 } });
    expect(saved).toEqual([{ kind: 'volume', id: 'v', values: { size: 2 } }]);
    await subject.close();
  });

  it('is told what is wrong with a request, and the session goes on', async () => {
    const { runtime } = runtimeAt(0);
    const subject = await programSubject(asking)({ configuration, runtime });
    const ask = async (method: string, params: unknown) => {
      const answer = await subject.call('get_pool', { ask: { method, params } });
      return (answer as { returned: { code: number; message: string } }).returned;
    };
    expect(await ask('sleep', { seconds: -1 })).toEqual({
      code: -32602,
      message: expect.stringContaining('sleep takes {"seconds": a number from 0'),
    });
    expect((await ask('read', { kind: 'host', id: 'h' })).message).toContain('volume_admin_metadata');
    expect(await ask('wait', {})).toEqual({ code: -32601, message: expect.stringContaining("no method 'wait'") });
    expect(await ask('update', { kind: 'volume', id: 'gone', values: {} })).toEqual({
      code: -32602,
      message: 'there is no such record',
    });
    await subject.close();
  });
});
