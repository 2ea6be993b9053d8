import { describe, expect, it } from 'vitest';
import { requirements } from '../../../../conformance/requirements/index.js';
import { changedText } from './changed-package.js';
import { pythonCorpus } from './corpus/index.js';

describe('the defects of the second driver', () => {
  it('are at least 40, each with an id of its own', () => {
    expect(pythonCorpus.length).toBeGreaterThanOrEqual(40);
    expect(new Set(pythonCorpus.map(({ id }) => id)).size).toBe(pythonCorpus.length);
  });

  it('are about known requirements', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect(pythonCorpus.flatMap(({ rules }) => rules).filter((rule) => !known.has(rule))).toEqual([]);
  });

  it.each(pythonCorpus)('$id changes the driver at one place', (mutant) => {
    expect(changedText(mutant)).toContain(mutant.replace);
  });
});
