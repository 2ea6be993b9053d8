import { describe, expect, it } from 'vitest';
import { mismatches } from '../../../conformance/scenario/matching.js';

describe('what is expected', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['objects may have more properties', { a: 1 }, { a: 1, b: 2 }, true],
    ['lists may not', [1], [1, 2], false],
    ['null is nothing', { a: null }, {}, true],
    ['<any> is something', { a: '<any>' }, { a: null }, false],
    ['<has …> is in a text', '<has b>', 'abc', true],
    ['one of several', { '<one of>': [null, [{ a: 1 }]] }, [{ a: 1, b: 2 }], true],
    ['none of several', { '<one of>': [null, { a: 2 }] }, { a: 1 }, false],
    ['one of several that is nothing', { '<one of>': [[null, null], 1] }, [null, null], true],
  ])('%s', (_name, expected, found, fits) => {
    expect(mismatches(expected, found, 'it').length === 0).toBe(fits);
  });
});
