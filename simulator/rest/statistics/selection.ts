import { RestError } from '../errors.js';
import { object, optional, text } from '../schemas/types.js';

export const StatisticsQuery = object({ type: optional(text()) });

/** A kind of rows: the list that they stand in, how they are made of some facts, and their identifiers. */
export interface RowKind<Facts> {
  readonly name: string;
  rows(facts: Facts): readonly object[];
  idOf(row: object): string;
}

function idsIn(written: string): string[] {
  return written
    .split(',')
    .map((id) => id.trim().toUpperCase())
    .filter((id) => id !== '');
}

/** The rows with these identifiers, separated by commas. Throws RestError notFound for one that no row has. */
export function withIds(rows: readonly object[], ids: string, idOf: (row: object) => string, kind: string): object[] {
  const byId = new Map(rows.map((row) => [idOf(row).toUpperCase(), row]));
  return idsIn(ids).map((id) => {
    const row = byId.get(id);
    if (row === undefined) throw new RestError('notFound', `There are no statistics of '${id}' (${kind}).`);
    return row;
  });
}

/**
 * All lists of an answer: those of other types than the one that is asked for are empty; of the others only the rows
 * with the given identifiers. Throws RestError for an unknown type.
 */
export function chosenLists<Facts>(
  kinds: Readonly<Record<string, RowKind<Facts>>>,
  facts: readonly Facts[],
  type: string | undefined,
  ids?: string,
): Record<string, readonly object[]> {
  if (type !== undefined && type !== '' && !Object.hasOwn(kinds, type))
    throw new RestError(
      'invalidField',
      `There are no statistics of the type '${type}': allowed are ${Object.keys(kinds).join(', ')}.`,
      ['type'],
    );
  const wanted = ids === undefined ? undefined : new Set(idsIn(ids));
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const isAsked = type === undefined || type === '' || type === name;
      const rows = isAsked ? facts.flatMap((each) => kind.rows(each)) : [];
      return [kind.name, wanted === undefined ? rows : rows.filter((row) => wanted.has(kind.idOf(row).toUpperCase()))];
    }),
  );
}
