import { blank } from './blank.js';
import type { Static, TObject, TProperties, TSchema } from './types.js';

/** What a property shows, by its schema. */
const values = new WeakMap<object, (facts: never) => unknown>();

/** A value that fits a schema. It is only written out: what it is made of may be read-only. */
export type Shown<Schema extends TSchema> = DeepReadonly<Static<Schema>>;

type DeepReadonly<T> = T extends object ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> } : T;

/** How an object of the array looks on the wire. */
export type View<Facts, Schema extends TSchema> = (facts: Facts) => Shown<Schema>;

/**
 * What describes one kind of wire object: each property's schema stands together with what it shows of the array.
 * `Facts` is what the properties are made of, usually the array and a record.
 *
 * ```ts
 * const mapping = showing<{ mapping: MappingRecord }>();
 * export const LUNMapping = object({
 *   lun: mapping.shown(integer(), ({ mapping }) => mapping.lun),
 *   perms: mapping.always(integer(), 15),
 *   reserved: text(),
 * });
 * const view = mapping.viewOf(LUNMapping);
 * ```
 *
 * A property that says nothing has the neutral value of its schema.
 */
export function showing<Facts>() {
  return {
    /** A property that shows something of the array. */
    shown<Schema extends TSchema, const Value extends Shown<Schema>>(
      schema: Schema,
      value: (facts: Facts) => Value,
    ): Schema {
      const marked = { ...schema };
      values.set(marked, value);
      return marked;
    },
    /** A property that is the same for every object. */
    always<Schema extends TSchema>(schema: Schema, value: Shown<Schema>): Schema {
      const marked = { ...schema };
      values.set(marked, () => value);
      return marked;
    },
    /** What makes the wire objects of a schema, in the order of its properties. */
    viewOf<Properties extends TProperties>(schema: TObject<Properties>): View<Facts, TObject<Properties>> {
      return compiled(schema);
    },
  };
}

function compiled<Facts, Properties extends TProperties>(
  schema: TObject<Properties>,
): View<Facts, TObject<Properties>> {
  const makers = Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = values.get(property) as ((facts: Facts) => unknown) | undefined;
    return value === undefined ? [] : [{ name, value }];
  });
  return (facts) => {
    const made = blank<TSchema>(schema) as Record<string, unknown>;
    for (const { name, value } of makers) made[name] = value(facts);
    return made as Shown<TObject<Properties>>;
  };
}
