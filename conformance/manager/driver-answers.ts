import { isDeepStrictEqual } from 'node:util';

/** The objects and lists of a value, itself included, however deep. */
export function objectsOf(value: unknown, found: Set<object> = new Set()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const each of Object.values(value)) objectsOf(each, found);
  return found;
}

/** A copy of plain objects and lists; whatever else there is stays as it is, to be judged later. */
export function copyOf<T>(value: T, copies: Map<object, unknown> = new Map()): T {
  if (!isPlainObject(value) && !Array.isArray(value)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known as T;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const each of value) list.push(copyOf(each, copies));
    return list as T;
  }
  const object: Record<string, unknown> = {};
  copies.set(value, object);
  for (const [key, each] of Object.entries(value)) object[key] = copyOf(each, copies);
  return object as T;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The names of the arguments that a call changed. */
export function changedArguments(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys({ ...before, ...after }).filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/**
 * Something wrong with whose the objects of an answer are; undefined when all are fresh: an object that the driver was
 * handed, or an entry that is in lists twice (source: R34).
 */
export function sharedObject(answer: unknown, given: ReadonlySet<object>): string | undefined {
  const seen = new Set<object>();
  const entries = new Set<object>();
  const look = (value: unknown, path: string): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (given.has(value)) return `${path} is an object that the driver was handed`;
    if (seen.has(value)) return undefined;
    seen.add(value);
    for (const [key, each] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
      if (Array.isArray(value) && isPlainObject(each)) {
        if (entries.has(each)) return `${at} is an entry that is there already: the same object`;
        entries.add(each);
      }
      const found = look(each, at);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(answer, 'the answer');
}

/** How a value is shown in a message. */
export function shown(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
  } catch {
    // Cyclic: its type has to do.
  }
  text ??= String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
