import type { StepOf } from './format.js';
import type { Play, Played } from './play.js';

/** Changes fields of a record: those that records have no property for are kept beside them, as Cinder keeps them. */
export async function playRecord({ symbols }: Play, { record, set }: StepOf<'record'>): Promise<Omit<Played, 'what'>> {
  const row = symbols.record(record) as object as Record<string, unknown>;
  for (const [field, value] of Object.entries(set)) {
    const { other } = row;
    if (field in row || typeof other !== 'object' || other === null) row[field] = structuredClone(value);
    else (other as Record<string, unknown>)[field] = structuredClone(value);
  }
  return { failures: [], calls: 0 };
}
