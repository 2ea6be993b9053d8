import { describe, expect, it } from 'vitest';
import { choose, type Selection } from '../../../conformance/checks/selection.js';
import { requirementOf } from './made-up.js';

const requirements = [requirementOf('Q1'), requirementOf('Q11', { level: 'should' }), requirementOf('R1')];
const checks = [
  { id: 'volume/create', verifies: ['Q1', 'Q11'] },
  { id: 'volume/delete', verifies: ['Q11'] },
  { id: 'attach/twice', verifies: ['Q1'] },
];

function chosen(changes: Partial<Selection>) {
  const {
    checks: found,
    asked,
    whole,
    unknown,
  } = choose(checks, requirements, { only: [], level: 'should', ...changes });
  return { ids: found.map(({ id }) => id), asked: [...asked], whole: [...whole], unknown };
}

describe('choosing checks', () => {
  it('chooses all of them, in the order of their ids, and asks for every requirement', () => {
    expect(chosen({})).toEqual({
      ids: ['attach/twice', 'volume/create', 'volume/delete'],
      asked: ['Q1', 'Q11', 'R1'],
      whole: ['Q1', 'Q11'],
      unknown: [],
    });
  });

  it('chooses by the id of a check, and asks for what it verifies', () => {
    expect(chosen({ only: ['volume/*'] })).toMatchObject({
      ids: ['volume/create', 'volume/delete'],
      asked: ['Q1', 'Q11'],
      whole: ['Q11'],
    });
  });

  it('chooses by the id of a requirement, and asks for that alone', () => {
    expect(chosen({ only: ['q1'] })).toMatchObject({ ids: ['attach/twice', 'volume/create'], asked: ['Q1'] });
  });

  it('takes other characters than * as they are', () => {
    expect(chosen({ only: ['volume.create'] })).toMatchObject({ ids: [], unknown: ['volume.create'] });
  });

  it('leaves out with the level must what verifies shoulds alone', () => {
    expect(chosen({ level: 'must' })).toMatchObject({
      ids: ['attach/twice', 'volume/create'],
      asked: ['Q1', 'R1'],
      whole: ['Q1'],
    });
  });

  it('deals the checks out to shards, each to one, and asks each for what it tries', () => {
    const shards = [1, 2].map((index) => chosen({ shard: { index, count: 2 } }));
    expect(shards.map(({ ids }) => ids)).toEqual([['attach/twice', 'volume/delete'], ['volume/create']]);
    expect(shards.map(({ asked }) => asked)).toEqual([
      ['Q1', 'Q11'],
      ['Q1', 'Q11'],
    ]);
    expect(shards.map(({ whole }) => whole)).toEqual([[], []]);
  });
});
