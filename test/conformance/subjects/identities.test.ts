import { describe, expect, it } from 'vitest';
import { withIdentities } from '../../../conformance/subjects/identities.js';

describe('identities over the wire', () => {
  const volume = { id: 'v' };
  const args = { volumes: [volume], 'a/b~c': { id: 'odd' } };

  it('put an object that was handed in where its copy came', () => {
    const result = withIdentities([null, [{ id: 'v' }]], args, { '/1/0': '/args/volumes/0' });
    expect(result).toEqual([null, [{ id: 'v' }]]);
    expect((result as [null, unknown[]])[1][0]).toBe(volume);
  });

  it('put an object twice where two copies came', () => {
    const [first, second] = withIdentities([{ id: 'v' }, { id: 'v' }], args, { '/1': '/result/0' }) as unknown[];
    expect(second).toBe(first);
  });

  it('can be of the whole result, and of names with signs', () => {
    expect(withIdentities({ id: 'odd' }, args, { '': '/args/a~1b~0c' })).toBe(args['a/b~c']);
  });

  it('are passed over where they lead nowhere', () => {
    expect(
      withIdentities([1], args, { '/7/8': '/args/volumes/0', '/0': '/args/no/such', '/length/x': '/args' }),
    ).toEqual([1]);
    expect(withIdentities(null, args, { '/0': '/args/volumes/0' })).toBeNull();
  });
});
