import type { StorageArray } from '../array/storage-array.js';

/** What an object of an array may be called: label, reference and WWN, where it has them. */
interface Named {
  readonly ref: string;
  readonly label?: unknown;
  readonly name?: unknown;
  readonly wwn?: unknown;
}

/**
 * Whether one of some words is a name of the object that `wanted` names by label, reference or WWN. What the array does
 * not have (yet) goes by the word itself. Words are in lower case.
 */
export function concerns(words: ReadonlySet<string>, wanted: string, array: StorageArray | undefined): boolean {
  const word = wanted.toLowerCase();
  if (words.has(word)) return true;
  if (array === undefined) return false;
  for (const table of Object.values(array.tables)) {
    for (const record of table.values() as Iterable<Named>) {
      const names = namesOf(record);
      if (names.includes(word) && names.some((name) => words.has(name))) return true;
    }
  }
  return false;
}

/** The words in what a client sent: all text in it, in lower case. */
export function wordsIn(...values: readonly unknown[]): Set<string> {
  const words = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value === 'string') words.add(value.toLowerCase());
    else if (typeof value === 'object' && value !== null && depth < mostDepth)
      for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  for (const value of values) visit(value, 0);
  return words;
}

/** What one object of an array is called, in lower case; its reference at least. */
export function namesOfObject(array: StorageArray, ref: string): Set<string> {
  const names = new Set([ref.toLowerCase()]);
  for (const table of Object.values(array.tables)) {
    const record = table.get(ref) as Named | undefined;
    if (record !== undefined) for (const name of namesOf(record)) names.add(name);
  }
  return names;
}

/** The words for an object and for what its record refers to: a copy pair is also its source and its target. */
export function wordsOfRecord(array: StorageArray, ref: string): Set<string> {
  const records = new Map<string, Named>();
  for (const table of Object.values(array.tables)) {
    const record = table.get(ref) as Named | undefined;
    if (record !== undefined) records.set(ref, record);
  }
  const words = new Set([ref.toLowerCase()]);
  for (const record of records.values()) {
    for (const name of namesOf(record)) words.add(name);
    for (const value of Object.values(record)) {
      if (typeof value !== 'string' || value === ref || !/^[0-9A-F]{24,40}$/.test(value)) continue;
      words.add(value.toLowerCase());
      for (const table of Object.values(array.tables)) {
        const referred = table.get(value) as Named | undefined;
        if (referred !== undefined) for (const name of namesOf(referred)) words.add(name);
      }
    }
  }
  return words;
}

const mostDepth = 8;

function namesOf({ ref, label, name, wwn }: Named): string[] {
  return [ref, label, name, wwn].filter((each) => typeof each === 'string').map((each) => each.toLowerCase());
}
