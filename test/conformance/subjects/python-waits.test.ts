import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../../conformance/subjects/subject.js';
import { programSubject } from './program-subject.js';
import { pythonHere, serving, startSeconds, suiteTime } from './python-programs.js';

const python = pythonHere();
const command = serving(python ?? '', 'waiting_driver.WaitingDriver', '--without-cinder');
const volume = { id: 'a5d8ad7b-4e5f-4cd0-a09f-b8ee69a9ce1e', size: 1 };

describe.skipIf(python === undefined)('a Python driver without Cinder, in the suite’s time', () => {
  const time = suiteTime();
  let subject: Subject;
  const returned = async (method: string, args: Readonly<Record<string, unknown>>) => {
    const answer = await subject.call(method, args);
    expect(answer).toHaveProperty('returned');
    return (answer as { returned: unknown }).returned;
  };

  beforeAll(async () => {
    subject = await programSubject(command)({ configuration: {}, runtime: time.runtime });
  });

  afterAll(() => subject.close());

  it('sees the suite’s time and UUIDs by each function of time, datetime and uuid', async () => {
    expect(await returned('check_for_setup_error', {})).toEqual({
      took: [3, 3, 3, 3],
      year: [2030, 2030, 2030, 2030],
      uuid: '00000000-0000-4000-8000-000000000001',
      isinstance: [true, true, false],
    });
    expect(time.waits).toEqual([3]);
  });

  it('waits in the suite’s time in each way', async () => {
    expect(await returned('create_volume', { volume })).toEqual({
      sleep: 5,
      event: 7,
      condition: 11,
      queue: 13,
      timer: 17,
      join: 19,
      // The pool's end waits for the 30 seconds of its work.
      future: 30,
      polling: 30,
    });
  });

  it('ends a wait with a timeout when what it waits for comes before', async () => {
    expect(await returned('create_snapshot', { snapshot: { id: 's' } })).toEqual([true, 0]);
  });

  it('runs work in the background when the suite’s time has passed, and does not let it pass', async () => {
    const before = (time.runtime.now() as number) / 1000;
    await returned('do_setup', {});
    expect(await returned('delete_volume', { volume })).toEqual([]);
    expect(time.runtime.now() / 1000).toBe(before);
    time.advance(100);
    expect(await returned('ensure_export', { volume })).toBe(before + 110);
    expect(await returned('delete_volume', { volume })).toEqual([before + 100]);
  });
});

describe.skipIf(python === undefined)('a Python driver without Cinder, served twice', () => {
  it('waits in the suite’s time in any story, and keeps nothing of the story before', async () => {
    for (let story = 0; story < 2; story++) {
      const time = suiteTime();
      const subject = await programSubject(command)({ configuration: {}, runtime: time.runtime });
      expect(await subject.call('ensure_export', { volume })).toEqual({ returned: startSeconds + 10 });
      expect(await subject.call('delete_volume', { volume })).toEqual({ returned: [] });
      await subject.close();
    }
  });
});
