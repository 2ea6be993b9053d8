import { describe, expect, it } from 'vitest';
import {
  documentedConstants,
  documentedMethods,
  managerMethods,
  type Requirement,
  requirement,
  requirements,
} from '../../../conformance/requirements/index.js';

const ids = requirements.map((each) => each.id);

/** How ids of the document name a method or constant. */
const dashed = (name: string) => name.toLowerCase().replaceAll('_', '-');

const numbered = (letter: string, last: number) => Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

const those = (wrong: (each: Requirement) => boolean) => requirements.filter(wrong).map((each) => each.id);

describe('the requirements', () => {
  it('have ids of their own, in order', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.indexOf('B2')).toBe(ids.indexOf('B1') + 1);
    expect(ids.indexOf('C-delete-group-10')).toBe(ids.indexOf('C-delete-group-9') + 1);
  });

  it('are of the document, the manager, a fix or a defect, and nothing else', () => {
    const names = ['driver', ...documentedMethods, ...documentedConstants].map(dashed);
    const document = new RegExp(`^C-(${names.join('|')})-[1-9]\\d*$`);
    const others = new Set([...numbered('R', 64), ...numbered('B', 37), ...numbered('Q', 53)]);
    expect(ids.filter((id) => !document.test(id) && !others.has(id))).toEqual([]);
    expect([...others].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('leave out none of the 27 methods and 3 constants of the document', () => {
    expect([documentedMethods.length, documentedConstants.length]).toEqual([27, 3]);
    for (const name of [...documentedMethods, ...documentedConstants])
      expect(requirement(`C-${dashed(name)}-1`).methods, name).toContain(name);
  });

  it('name methods that the document or the manager knows, each once', () => {
    const names: readonly string[] = [...documentedMethods, ...documentedConstants, ...managerMethods];
    expect(those(({ methods }) => methods.length === 0 || new Set(methods).size < methods.length)).toEqual([]);
    expect(those(({ methods }) => methods.some((method) => !names.includes(method)))).toEqual([]);
    expect(managerMethods.filter((name) => !requirements.some(({ methods }) => methods.includes(name)))).toEqual([]);
  });

  it('are a must where the document says them', () => {
    expect(those(({ level }) => !['must', 'should'].includes(level))).toEqual([]);
    expect(those(({ id, level }) => id.startsWith('C-') && level !== 'must')).toEqual([]);
  });

  it('are said in one or two sentences, each in its own', () => {
    expect(those(({ clause }) => !/^\S.{30,}\.$/.test(clause) || clause.length > 420)).toEqual([]);
    expect(new Set(requirements.map((each) => each.clause)).size).toBe(requirements.length);
  });

  it('say who demands them', () => {
    const origin = /^(documented driver, \w+|(volume manager|scheduler), .+ \(R\d+\)|upstream fix B\d+.*|defect Q\d+)$/;
    expect(those(({ source }) => !origin.test(source))).toEqual([]);
    expect(those(({ id, source }) => !id.startsWith('C-') && !new RegExp(`\\b${id}\\b`).test(source))).toEqual([]);
  });

  it('can nearly all be shown from outside, and the others say why not', () => {
    expect(those(({ unobservable }) => unobservable !== undefined)).toEqual(['Q30']);
    expect(requirement('Q30').unobservable).toMatch(/older/);
  });
});

describe('a requirement', () => {
  it('is found by its id', () => {
    expect(requirement('C-delete-group-5')).toMatchObject({ level: 'must', methods: ['delete_group'] });
  });

  it('that is not there is an error which lists its neighbours', () => {
    expect(() => requirement('C-get-pool-9')).toThrow(
      "There is no requirement 'C-get-pool-9': known are C-get-pool-1, C-get-pool-2.",
    );
    expect(() => requirement('X')).toThrow(/known are B1, .*R64\./);
  });
});
