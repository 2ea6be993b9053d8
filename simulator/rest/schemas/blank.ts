import { IsArray, IsBoolean, IsInteger, IsNumber, IsObject, IsUnion, type Static, type TSchema } from 'typebox';
import { nullRef } from '../../array/refs.js';

/** Words that stand for "nothing special" in the vendor's enumerations, best first. */
const neutralWords = ['none', 'notImplemented', 'unknown', 'optimal'];

const prototypes = new WeakMap<TSchema, unknown>();

/**
 * An object with every property of its schema at a neutral value: text '', 64-bit numbers '0', numbers 0, false,
 * lists [], missing objects null, references 40 zeros. A wire object starts with it, so that no property is missing.
 * Objects of the same schema share the nested neutral values; do not change them in place.
 */
export function blank<Schema extends TSchema>(schema: Schema): Static<Schema> {
  let prototype = prototypes.get(schema);
  if (prototype === undefined) {
    prototype = neutral(schema, '');
    prototypes.set(schema, prototype);
  }
  return { ...(prototype as object) } as Static<Schema>;
}

function neutral(schema: TSchema, name: string): unknown {
  if (IsObject(schema)) {
    return Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, neutral(inner, key)]));
  }
  if (IsArray(schema)) return [];
  if (IsUnion(schema)) return null;
  if (IsInteger(schema) || IsNumber(schema)) return 0;
  if (IsBoolean(schema)) return false;
  if ('enum' in schema && Array.isArray(schema.enum)) {
    const words: readonly unknown[] = schema.enum;
    return neutralWords.find((word) => words.includes(word)) ?? words[0];
  }
  if ('format' in schema && schema.format === 'int64') return '0';
  if ('format' in schema && schema.format === 'date-time') return new Date(0).toISOString();
  if ('type' in schema && schema.type === 'string') return /Ref$/.test(name) ? nullRef : '';
  return {};
}
