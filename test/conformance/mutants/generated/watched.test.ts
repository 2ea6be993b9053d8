import { expect, it } from 'vitest';
import type { SubjectFactory, SubjectRuntime } from '../../../../conformance/subjects/subject.js';
import { watched } from './watched.js';

const runtime: SubjectRuntime = {
  sleep: () => Promise.resolve(),
  now: () => 0,
  randomUuid: () => '',
  log: () => undefined,
};

/** A driver that waits as often as the method's name says. */
const waiting: SubjectFactory = async (environment) => ({
  name: 'waiting',
  methods: new Set(),
  async call(method) {
    for (let left = Number(method); left > 0; left--) await environment.runtime?.sleep(1);
    return { returned: null };
  },
  close: () => Promise.resolve(),
});

it('counts what the call that needs most asks for', async () => {
  const { subject, watch } = watched(waiting, 100);
  const driver = await subject({ configuration: {}, runtime });
  await driver.call('3', {});
  await driver.call('7', {});
  await driver.call('5', {});
  expect(watch).toEqual({ most: 7, isOver: false });
});

it('ends a call that goes on without end', async () => {
  const { subject, watch } = watched(waiting, 100);
  const driver = await subject({ configuration: {}, runtime });
  await expect(driver.call('Infinity', {})).rejects.toThrow('a call made more than 100 requests and waits');
  expect(watch.isOver).toBe(true);
});
