import Type, { type TSchema } from 'typebox';

/** A 64-bit number: JSON text in answers; requests may send a number too. */
export const Int64 = Type.String({ pattern: '^-?[0-9]+$', format: 'int64' });

export const DateTime = Type.String({ format: 'date-time' });

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(...words: Words) {
  return Type.Enum(words);
}

/** An object that may be missing. */
export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}
