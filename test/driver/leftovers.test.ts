import { describe, expect, it } from 'vitest';
import { foundIfThere } from '../../driver/cleanup/gone.js';
import { Leftovers } from '../../driver/cleanup/leftovers.js';
import { NetAppDriverException, NoAnswer, WebServiceException } from '../../driver/errors.js';
import { runtimeOf } from '../../driver/runtime.js';

const runtime = runtimeOf({ sleep: async () => undefined });

/** Fails so many times with an error, then succeeds; counts its calls. */
function failing(times: number, error: Error) {
  const removal = {
    calls: 0,
    remove: async () => {
      if (removal.calls++ < times) throw error;
    },
  };
  return removal;
}

describe('leftovers', () => {
  it('what can be removed at once is not tried again', async () => {
    const leftovers = new Leftovers(runtime);
    const removal = failing(2, new NoAnswer('away'));
    await leftovers.remove('A view', removal.remove);
    await leftovers.removeAll();
    expect(removal.calls).toBe(3);
  });

  it('what stays is tried once each time, until it is gone', async () => {
    const leftovers = new Leftovers(runtime);
    const removal = failing(4, new NetAppDriverException('busy'));
    await leftovers.remove('A view', removal.remove);
    expect(removal.calls).toBe(3);
    for (const calls of [4, 5, 5]) {
      await leftovers.removeAll();
      expect(removal.calls).toBe(calls);
    }
  });

  it('one that is refused does not keep the next from being removed', async () => {
    const leftovers = new Leftovers(runtime);
    const [busy, free] = [failing(99, new NetAppDriverException('busy')), failing(0, new NoAnswer('away'))];
    leftovers.add('A view', busy.remove);
    leftovers.add('A group', free.remove);
    await leftovers.removeAll();
    expect([busy.calls, free.calls]).toEqual([1, 1]);
  });

  it('nothing more is tried while the array gives no answer', async () => {
    const leftovers = new Leftovers(runtime);
    const [first, second] = [failing(1, new NoAnswer('away')), failing(0, new NoAnswer('away'))];
    leftovers.add('A view', first.remove);
    leftovers.add('A group', second.remove);
    await leftovers.removeAll();
    expect([first.calls, second.calls]).toEqual([1, 0]);
    await leftovers.removeAll();
    expect([first.calls, second.calls]).toEqual([2, 1]);
  });

  it('what is gone already counts as removed', async () => {
    const leftovers = new Leftovers(runtime);
    const removal = failing(99, new WebServiceException({ method: 'DELETE', path: '/x', statusCode: 404 }));
    leftovers.add('A view', removal.remove);
    await leftovers.removeAll();
    await leftovers.removeAll();
    expect(removal.calls).toBe(1);
  });
});

describe('looking twice', () => {
  it('finds at the second look what a stale list did not show', async () => {
    const looks: (string | undefined)[] = [undefined, 'volume'];
    expect(await foundIfThere(runtime, async () => looks.shift())).toBe('volume');
    expect(looks).toEqual([]);
  });

  it('looks once where it is there', async () => {
    let looks = 0;
    await foundIfThere(runtime, async () => ++looks);
    expect(looks).toBe(1);
  });
});
