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
    ['<lun> is a LUN that a volume can have', '<lun>', 255, true],
    ['<lun> is not 0', '<lun>', 0, false],
    ['<lun> is not above 255', '<lun>', 256, false],
    ['<lun> is a number, not a text', '<lun>', '1', false],
    ['a list in another order', { '<in any order>': [1, '<any>', 2] }, [2, 1, 3], true],
    ['a list in another order with another entry', { '<in any order>': [1, 2] }, [2, 3], false],
    ['a list that has one and more', { '<has>': [{ a: 1 }] }, [{ a: 2 }, { a: 1, b: 2 }], true],
    ['a list that lacks one', { '<has>': [1, 3] }, [1, 2], false],
    ['what is no list has nothing', { '<has>': [1] }, { 0: 1 }, false],
    ['a list that has none of them', { '<has no>': [{ a: 1 }, 3] }, [{ a: 2 }], true],
    ['a list that has what it must not', { '<has no>': [{ a: 1 }] }, [{ a: 2 }, { a: 1, b: 2 }], false],
    ['a number about as large', { '<about>': 1024 }, 1023.5, true],
    ['a number that is not', { '<about>': 1024 }, 1025.5, false],
    ['a text is about no number', { '<about>': 1024 }, '1024', false],
    ['a longer list in another order', { '<in any order>': [1, 2] }, [2, 1, 1], false],
    ['one of several that is nothing', { '<one of>': [[null, null], 1] }, [null, null], true],
  ])('%s', (_name, expected, found, fits) => {
    expect(mismatches(expected, found, 'it').length === 0).toBe(fits);
  });
});
