import { describe, expect, it } from 'vitest';
import { compare, isMet, quartiles, type Row, ratios, tableOf, together } from './rows.js';

const row = (samples: readonly number[], more: Partial<Row> = {}): Row => ({
  what: 'reads',
  samples,
  wanted: 2,
  atLeast: true,
  unit: 'x',
  ...more,
});

describe('measurements', () => {
  it('quartiles lie between neighbours', () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
    expect(quartiles([7])).toEqual({ lower: 7, median: 7, upper: 7 });
  });

  it('a lower bound is met when the lower quartile meets it', () => {
    expect(isMet(row([2, 2.1, 2.2, 9]))).toBe(true);
    expect(isMet(row([1, 1.1, 9, 9, 9]))).toBe(false);
  });

  it('an upper bound is met when the upper quartile meets it', () => {
    expect(isMet(row([1, 1, 2, 2], { atLeast: false }))).toBe(true);
    expect(isMet(row([1, 1, 1, 5, 5], { atLeast: false }))).toBe(false);
  });

  it('what has no goal is neither met nor missed', () => {
    expect(isMet(row([1], { wanted: undefined }))).toBeUndefined();
    expect(tableOf([row([1], { wanted: undefined })])).toContain('| reads | 1.00x | once |  |  |');
  });

  it('alternates between what is compared, and divides round by round', async () => {
    const order: string[] = [];
    const measure = (name: string, values: number[]) => async () => {
      order.push(name);
      return values.shift() ?? 0;
    };
    const rates = await compare({ ours: measure('ours', [4, 9]), peer: measure('peer', [2, 3]) }, 2);
    expect(order).toEqual(['ours', 'peer', 'ours', 'peer']);
    expect(ratios(rates.ours, rates.peer)).toEqual([2, 3]);
  });

  it('puts the samples of several runs together, each row once', () => {
    const rows = together([[row([1, 2]), row([5], { what: 'writes' })], [row([3])]]);
    expect(rows.map(({ what, samples }) => [what, samples])).toEqual([
      ['reads', [1, 2, 3]],
      ['writes', [5]],
    ]);
    expect(tableOf(rows)).toContain('| reads | 2.00x | 1.50 to 2.50 (3) | >= 2x | NOT MET |');
  });
});
