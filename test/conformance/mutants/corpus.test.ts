import { describe, expect, it } from 'vitest';
import { requirements } from '../../../conformance/requirements/index.js';
import { changedFiles } from '../changed-driver/changed-driver.js';
import { corpus } from './corpus/index.js';
import { changesOf } from './mutant.js';

/** Rules of upstream's fixes and defects that no driver can be seen to break, and why. */
const invisible: Readonly<Record<string, string>> = {};

describe('the corpus of mutants', () => {
  const rules = new Set(corpus.map(({ rule }) => rule));

  it('is large, and each mutant has an id of its own', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(110);
    expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
  });

  it('is about known rules', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect([...rules].filter((rule) => !known.has(rule))).toEqual([]);
  });

  it.each(corpus)('$id changes the driver at one place', (mutant) => {
    expect(changedFiles(mutant.id, changesOf(mutant)).size).toBeGreaterThan(0);
  });

  it('has a mutant for each of upstream’s fixes and defects that can be seen from outside', () => {
    const wanted = requirements.filter(({ id, unobservable }) => /^[BQ]\d/.test(id) && unobservable === undefined);
    const missing = wanted.map(({ id }) => id).filter((id) => !rules.has(id) && !Object.hasOwn(invisible, id));
    expect(missing).toEqual([]);
  });
});
