import { describe, expect, it } from 'vitest';
import { listedEquivalents, reasonsOf, StaleEquivalents } from './equivalents.js';
import { type GeneratedMutant, instrumentedDriver } from './instrument.js';

const mutant: GeneratedMutant = {
  id: '7',
  file: 'a.ts',
  line: 3,
  context: 'return y > x;',
  mutator: 'EqualityOperator',
  original: 'y > x',
  replacement: 'y >= x',
};
const { id: _id, line: _line, context, ...named } = mutant;
const entry = { ...named, line: context, reason: 'y and x are never equal.' };

describe('reasonsOf', () => {
  it('finds a listed mutant wherever its line stands', () => {
    expect(reasonsOf([{ ...mutant, id: '9', line: 80 }], [entry])).toEqual(
      new Map([['9', 'y and x are never equal.']]),
    );
  });

  it('tells mutants of one text apart by their order', () => {
    const second = { ...mutant, id: '8', line: 90 };
    expect(reasonsOf([mutant, second], [{ ...entry, occurrence: 2 }])).toEqual(new Map([['8', entry.reason]]));
  });

  it('takes the reason of a rule', () => {
    expect(reasonsOf([{ ...mutant, exempt: 'only logged' }], [])).toEqual(new Map([['7', 'only logged']]));
  });

  it.each([
    ['names one of several alike', [mutant, { ...mutant, id: '8' }], [entry], 'there are 2: say which one'],
    ['names one beyond the last', [mutant], [{ ...entry, occurrence: 2 }], 'there is no such mutant'],
    ['names no mutant', [{ ...mutant, replacement: 'y < x' }], [entry], 'there is no such mutant'],
    ['is there twice', [mutant], [entry, entry], 'said twice'],
    ['says what a rule says', [{ ...mutant, exempt: 'only logged' }], [entry], 'by a rule too'],
  ])('refuses an entry that %s', (_, mutants, listed, words) => {
    expect(() => reasonsOf(mutants, listed)).toThrow(StaleEquivalents);
    expect(() => reasonsOf(mutants, listed)).toThrow(words);
  });
});

describe('the list of equivalent mutants', () => {
  it('gives a reason for each, and each is there', async () => {
    const { mutants } = await instrumentedDriver();
    expect(() => reasonsOf(mutants, listedEquivalents())).not.toThrow();
  }, 120_000);

  it('refuses an entry without a reason', () => {
    const text = '- {file: a.ts, mutator: Regex, line: x, original: x, replacement: y, reason: ""}';
    expect(() => listedEquivalents(text)).toThrow('entry 1 (a.ts): it lacks reason');
  });
});
