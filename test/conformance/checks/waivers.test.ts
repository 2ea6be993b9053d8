import { describe, expect, it } from 'vitest';
import { parseWaivers } from '../../../conformance/checks/waivers.js';

const known = new Set(['Q1', 'Q2']);
const read = (text: string) => parseWaivers(text, 'waivers.yaml', known);

describe('a file of waivers', () => {
  const waiver = { id: 'Q1', reason: 'firmware 11.50', owner: 'ann', expires: '2030-01-31' };

  it('is a list in YAML, or in JSON', () => {
    expect(read('- {id: Q1, reason: firmware 11.50, owner: ann, expires: 2030-01-31}\n')).toEqual([waiver]);
    expect(read(JSON.stringify([waiver]))).toEqual([waiver]);
  });

  it('says by an empty list that it waives nothing', () => {
    expect(read('[]')).toEqual([]);
  });

  it.each([
    ['', '1:1: the file is empty: write [] for no waivers'],
    ['# none\n', 'the file is empty: write [] for no waivers'],
    ['id: Q1', '1:1: waivers are a list of id, reason, owner, expires'],
    ['- Q1', '1:3: a waiver is a map of id, reason, owner, expires'],
    ['- {id: Q1, reason: r, owner: o}', '1:3: the waiver lacks expires'],
    ['- {id: Q1, reason: r, owner: , expires: 2030-01-01}', 'owner is empty'],
    ['- {id: Q9, reason: r, owner: o, expires: 2030-01-01}', "1:3: there is no requirement 'Q9'"],
    ['- id: Q1\n  reason: r\n  owner: o\n  expires: 2030-02-30', "4:12: expires '2030-02-30' is not possible"],
    ['- {id: Q1, reason: r, owner: o, expires: soon}', "1:42: expires 'soon' is not possible: allowed are days"],
    ['- {id: Q1, reason: r, owner: o, until: 2030-01-01}', "1:33: 'until' is not known in a waiver"],
    ['- [', 'this is no YAML'],
  ])('says where it is wrong: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('has one waiver for a requirement', () => {
    const line = '- {id: Q1, reason: r, owner: o, expires: 2030-01-01}\n';
    expect(() => read(line + line)).toThrow('waivers.yaml:2:3: there are two waivers for Q1');
  });

  it('tells all problems at once', () => {
    expect(() => read('- {id: Q9}\n- 3\n')).toThrow(/Q9'[\s\S]*2:3: a waiver is a map|lacks[\s\S]*2:3/);
  });
});
