import { describe, expect, it } from 'vitest';
import { changedFiles } from '../changed-driver/changed-driver.js';
import { variants } from './corpus/index.js';
import { sampleOf } from './sample.js';
import { together } from './together.js';

describe('the corpus of variants', () => {
  it('is large, and each variant has an id of its own', () => {
    expect(variants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
  });

  it.each(variants)('$id changes the driver, and says why it is right', ({ id, why, changes }) => {
    expect(changedFiles(id, changes).size).toBeGreaterThan(0);
    expect(why).toMatch(/^\S.{20,}\.$/s);
  });
});

describe('variants that are judged together', () => {
  it('are all of them, each once, in changes that can be made', () => {
    const bundles = together(variants, 12);
    const members = bundles.flatMap((bundle) => bundle.members.map(({ id }) => id));
    expect(members.sort()).toEqual(variants.map(({ id }) => id).sort());
    for (const { id, changes } of bundles) expect(changedFiles(id, changes).size).toBeGreaterThan(0);
  });

  it('are apart where they change the same place', () => {
    const [two, nine] = ['polls-every-two-seconds', 'polls-every-nine-seconds'];
    const chosen = variants.filter(({ id }) => id === two || id === nine);
    expect(together(chosen, 12).map(({ members }) => members.length)).toEqual([1, 1]);
  });
});

describe('a sample', () => {
  it('has so many of them, in their order, and the seed decides which', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const sample = sampleOf(items, 10, 1);
    expect(sample).toHaveLength(10);
    expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
    expect(sampleOf(items, 10, 1)).toEqual(sample);
    expect(sampleOf(items, 10, 2)).not.toEqual(sample);
    expect(sampleOf(items, 99, 1)).toEqual(items);
  });
});
