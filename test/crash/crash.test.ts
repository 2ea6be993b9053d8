import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compiledFile } from '../compiled-package.js';
import { memoryFolder } from '../memory-folder.js';
import { crashPoints } from './crash-points.js';
import { History, slotBytes } from './history.js';
import { killRepeatedly } from './kills.js';

let folder: string;
beforeEach(() => {
  folder = memoryFolder('eseries-crash-');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a process that ends at any point of what it writes', () => {
  it('has everything that it acknowledged: a kill at each point', { timeout: 240_000 }, async () => {
    const kills = crashPoints.length;
    const { ended, acknowledged, problems } = await killRepeatedly({
      kills,
      seed: 1,
      package: compiledFile('simulator/index.js'),
      folder,
    });
    expect(problems).toEqual([]);
    expect([...ended.values()].reduce((sum, count) => sum + count, 0)).toBe(kills);
    expect(acknowledged).toBeGreaterThan(20);
  });
});

describe('the history of what was acknowledged', () => {
  const disk = () => ({ name: 'd', id: '1', lun: 0, slots: [[0]] });

  it('finds a volume that is lost, and one that is back', () => {
    const history = new History();
    history.kept.set('a', '1').set('b', '2');
    history.unsure.add('c');
    const found = new Map([
      ['b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
    expect(history.volumeProblems(found)).toEqual(['a is lost', 'd is back']);
    expect(history.kept.get('c')).toBe('3');
  });

  it('takes a later writing that was not acknowledged, and finds an earlier one', () => {
    const history = new History();
    const there = disk();
    const [first, second, third] = [1, 2, 3].map(() => history.writes(there, 0));
    second?.safe();
    expect(history.byteProblems({ ...there, slots: [[2, 3]] }, third?.bytes ?? Buffer.alloc(0))).toEqual([]);
    expect(history.byteProblems({ ...there, slots: [[2, 3]] }, first?.bytes ?? Buffer.alloc(0))).toEqual([
      'slot 0 of d has none of the writings 2, 3',
    ]);
    const torn = Buffer.concat([second?.bytes.subarray(0, 512) ?? Buffer.alloc(0), Buffer.alloc(slotBytes - 512)]);
    expect(history.byteProblems({ ...there, slots: [[2]] }, torn)).toHaveLength(1);
  });
});
