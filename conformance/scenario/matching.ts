import { isDeepStrictEqual } from 'node:util';

/** Where a value is not as it was expected to be. */
export interface Mismatch {
  /** e.g. `returns.data.target_lun`. */
  readonly where: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/**
 * Whether what is expected is in what was found: objects may have more properties, lists have as many entries, numbers,
 * texts and booleans are equal. `"<any>"` stands for anything that is there, `"<lun>"` for a LUN that volumes can have,
 * `"<has …>"` for a text with that in it, `{"<one of>": […]}` for whatever one of the entries stands for,
 * `{"<in any order>": […]}` for a list with these entries in whatever order, `{"<has>": […]}` for a list that has each of
 * them and perhaps more, `{"<has no>": […]}` for a list that has none of them, and `{"<about>": n}` for a number that is
 * no more than 1 away, as a rounded one is.
 */
export function mismatches(expected: unknown, found: unknown, where: string): Mismatch[] {
  if (expected === '<any>') return found === undefined || found === null ? [{ where, expected, found }] : [];
  if (expected === '<lun>')
    return Number.isInteger(found) && isWithin({ min: 1, max: 255 }, Number(found)) ? [] : [{ where, expected, found }];
  const [, part] = typeof expected === 'string' ? (/^<has (.+)>$/s.exec(expected) ?? []) : [];
  if (part !== undefined) return typeof found === 'string' && found.includes(part) ? [] : [{ where, expected, found }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return [{ where, expected, found }];
    return expected.flatMap((each, index) => mismatches(each, found[index], `${where}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if ('<one of>' in expected) {
      const alternatives = expected['<one of>'] as readonly unknown[];
      return alternatives.some((each) => mismatches(each, found, where).length === 0)
        ? []
        : [{ where, expected, found }];
    }
    if ('<in any order>' in expected) {
      const entries = expected['<in any order>'] as readonly unknown[];
      return Array.isArray(found) && isPermutation(entries, found) ? [] : [{ where, expected, found }];
    }
    if ('<about>' in expected) {
      const isNear = typeof found === 'number' && Math.abs(found - Number(expected['<about>'])) <= 1;
      return isNear ? [] : [{ where, expected, found }];
    }
    if ('<has>' in expected || '<has no>' in expected) return entryMismatches(expected, found, where);
    if (typeof found !== 'object' || found === null) return [{ where, expected, found }];
    return Object.entries(expected).flatMap(([name, each]) =>
      mismatches(each, (found as Record<string, unknown>)[name], `${where}.${name}`),
    );
  }
  return isDeepStrictEqual(expected, found ?? null) || isDeepStrictEqual(expected, found)
    ? []
    : [{ where, expected, found }];
}

/** Whether each entry stands for one of those found, and none is left over. */
function isPermutation(entries: readonly unknown[], found: readonly unknown[]): boolean {
  const [first, ...others] = entries;
  if (entries.length !== found.length) return false;
  if (entries.length === 0) return true;
  return found.some(
    (each, index) =>
      mismatches(first, each, '').length === 0 &&
      isPermutation(
        others,
        found.filter((_, other) => other !== index),
      ),
  );
}

/** Entries that a list is to have, or not to have, wherever in it. */
function entryMismatches(
  expected: { readonly '<has>'?: unknown; readonly '<has no>'?: unknown },
  found: unknown,
  where: string,
): Mismatch[] {
  if (!Array.isArray(found)) return [{ where, expected, found }];
  const isIn = (each: unknown) => found.some((entry) => mismatches(each, entry, where).length === 0);
  const lacking = [expected['<has>'] ?? []].flat().filter((each) => !isIn(each));
  const unwanted = [expected['<has no>'] ?? []].flat().filter(isIn);
  return [
    ...lacking.map((each) => ({ where, expected: each, found })),
    ...unwanted.map((each) => ({ where, expected: { '<has no>': each }, found })),
  ];
}

/** Whether a number is within `n` or `{min, max}`. */
export function isWithin(bounds: number | { readonly min?: number; readonly max?: number }, found: number): boolean {
  if (typeof bounds === 'number') return found === bounds;
  return found >= (bounds.min ?? 0) && found <= (bounds.max ?? Number.POSITIVE_INFINITY);
}
