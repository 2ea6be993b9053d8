import type { Database } from './database.js';

/** The caller of the manager asked for what makes no sense; this is not about the driver. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Table = Exclude<keyof Database, 'save' | 'leftToCinder' | `${string}Of`>;

/** Throws UsageError for a record that is not in the database: never was, or is destroyed. */
export function mustBeThere<T extends Table>(database: Database, table: T, record: { readonly id: string }): void {
  const records: ReadonlyMap<string, unknown> = database[table];
  if (records.get(record.id) !== record)
    throw new UsageError(
      `There is no such record in ${table}: ${record.id}, it was destroyed or is another database's`,
    );
}
