import type { StorageArray } from '../array/storage-array.js';
import type { ArrayRecord } from '../array/table.js';
import { RawJson } from './route.js';

/** How the records of one kind look on the wire. */
export type WireView<T extends ArrayRecord> = (array: StorageArray, record: T) => object;

/**
 * JSON texts of wire objects, kept for as long as the record they were made of is the present one. An object that work
 * is going on at is made anew each time, because it shows progress.
 */
export function cachedJson<T extends ArrayRecord>(
  view: WireView<T>,
  isBusy: (array: StorageArray, record: T) => boolean,
) {
  const texts = new WeakMap<T, string>();
  const lists = new WeakMap<StorageArray, { readonly version: number; readonly answer: RawJson }>();

  function textOf(array: StorageArray, record: T): string {
    if (isBusy(array, record)) return JSON.stringify(view(array, record));
    let text = texts.get(record);
    if (text === undefined) {
      text = JSON.stringify(view(array, record));
      texts.set(record, text);
    }
    return text;
  }

  return {
    one: (array: StorageArray, record: T): RawJson => new RawJson(textOf(array, record)),
    /** All records of a list that depends on nothing but the array; kept whole while the array does not change. */
    list(array: StorageArray, records: () => Iterable<T>): RawJson {
      const idle = array.tables.jobs.size === 0;
      const kept = lists.get(array);
      if (idle && kept?.version === array.version) return kept.answer;
      const parts: string[] = [];
      for (const record of records()) parts.push(textOf(array, record));
      const answer = new RawJson(`[${parts.join(',')}]`);
      if (idle) lists.set(array, { version: array.version, answer });
      return answer;
    },
  };
}

/**
 * A JSON text about a whole array, kept for as long as every record it was made of is the present one. `records` names
 * all that `view` looks at.
 */
export function cachedWhole(
  records: (array: StorageArray) => readonly ArrayRecord[],
  view: (array: StorageArray) => object,
): (array: StorageArray) => RawJson {
  const kept = new WeakMap<StorageArray, { readonly records: readonly ArrayRecord[]; readonly answer: RawJson }>();
  return (array) => {
    const present = records(array);
    const last = kept.get(array);
    if (last?.records.length === present.length && present.every((record, index) => record === last.records[index]))
      return last.answer;
    const answer = new RawJson(JSON.stringify(view(array)));
    kept.set(array, { records: present, answer });
    return answer;
  };
}

/** A JSON text about a whole array, kept while nothing changes and no work goes on, which would show its progress. */
export function cachedWhileIdle(view: (array: StorageArray) => object): (array: StorageArray) => RawJson {
  const kept = new WeakMap<StorageArray, { readonly version: number; readonly answer: RawJson }>();
  return (array) => {
    const isIdle = array.tables.jobs.size === 0;
    const last = kept.get(array);
    if (isIdle && last?.version === array.version) return last.answer;
    const answer = new RawJson(JSON.stringify(view(array)));
    if (isIdle) kept.set(array, { version: array.version, answer });
    return answer;
  };
}
