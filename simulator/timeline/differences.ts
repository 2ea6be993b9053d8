import { isDeepStrictEqual } from 'node:util';
import type { ArrayRecord } from '../array/table.js';
import type { SavedTables, TableName } from '../array/tables.js';
import { maskSecrets } from '../http/secrets.js';

/** An object that is another one at a later moment. */
interface ObjectDifference {
  readonly table: string;
  readonly ref: string;
  readonly label: string;
  readonly change: 'created' | 'changed' | 'deleted';
  /** The properties that differ; what is not there is absent. */
  readonly properties: readonly { readonly name: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** What differs between two states, table by table, without secrets. Records that are the same object are not looked into. */
export function differencesBetween(before: SavedTables, after: SavedTables): ObjectDifference[] {
  const tables = Object.keys(after) as TableName[];
  return tables
    .filter((table) => table !== 'counters')
    .flatMap((table) => inTable(table, before[table] ?? [], after[table] ?? []));
}

function inTable(table: string, before: readonly ArrayRecord[], after: readonly ArrayRecord[]): ObjectDifference[] {
  const earlier = new Map(before.map((record) => [record.ref, record]));
  const later = new Map(after.map((record) => [record.ref, record]));
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((ref) => {
    const [one, other] = [earlier.get(ref), later.get(ref)];
    if (one === other) return [];
    const properties = propertiesOf(one, other);
    if (properties.length === 0) return [];
    const change = one === undefined ? 'created' : other === undefined ? 'deleted' : 'changed';
    const { label, name, description } = (other ?? one ?? {}) as Readonly<Record<string, unknown>>;
    return [{ table, ref, label: String(label ?? description ?? name ?? ''), change, properties }];
  });
}

function propertiesOf(one: object | undefined, other: object | undefined): ObjectDifference['properties'] {
  const [before, after] = [new Map(Object.entries(one ?? {})), new Map(Object.entries(other ?? {}))];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => name !== 'ref' && !isDeepStrictEqual(before.get(name), after.get(name)),
  );
  if (names.length === 0) return [];
  // That a secret changed is told, and not what it is.
  const [shownBefore, shownAfter] = [shownOf(one), shownOf(other)];
  return names.map((name) => ({
    name,
    ...(before.has(name) ? { before: shownBefore[name] } : {}),
    ...(after.has(name) ? { after: shownAfter[name] } : {}),
  }));
}

function shownOf(record: object | undefined): Readonly<Record<string, unknown>> {
  return maskSecrets(record ?? {}) as Readonly<Record<string, unknown>>;
}
