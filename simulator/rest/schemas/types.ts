import type {
  Static,
  TArray,
  TBoolean,
  TEnum,
  TInteger,
  TNull,
  TNumber,
  TObject,
  TOptional,
  TProperties,
  TRecord,
  TSchema,
  TString,
  TUnion,
  TUnknown,
} from 'typebox';

export type { Static, TObject, TProperties, TSchema };

/**
 * Builders of JSON schemas with TypeBox's types. They are TypeBox's in all but the loading: its module graph takes
 * longer to load than the whole server does, and all that is needed of it at run time is these few plain objects.
 */

const optionals = new WeakSet<object>();

function as<Schema extends TSchema>(schema: object): Schema {
  return schema as unknown as Schema;
}

/** An object; all properties are required but those marked by `optional`. Further properties are allowed. */
export function object<Properties extends TProperties>(properties: Properties): TObject<Properties> {
  const required = Object.keys(properties).filter((name) => !optionals.has(properties[name] as object));
  return as({ type: 'object', required, properties });
}

/** Marks a property that may be absent. */
export function optional<Schema extends TSchema>(schema: Schema): TOptional<Schema> {
  const marked = { ...schema };
  optionals.add(marked);
  return as(marked);
}

/** An object without some of the properties of another; the rest are the very same. */
export function without<Properties extends TProperties, const Names extends (keyof Properties)[]>(
  schema: TObject<Properties>,
  ...names: Names
): TObject<Omit<Properties, Names[number]>> {
  const rest = Object.entries(schema.properties).filter(([name]) => !names.includes(name));
  return as(object(Object.fromEntries(rest)));
}

/** An object with some of the properties of another, in the order given. */
export function only<Properties extends TProperties, const Names extends (keyof Properties & string)[]>(
  schema: TObject<Properties>,
  ...names: Names
): TObject<Pick<Properties, Names[number]>> {
  return as(object(Object.fromEntries(names.map((name) => [name, schema.properties[name] as TSchema]))));
}

export function list<Schema extends TSchema>(items: Schema): TArray<Schema> {
  return as({ type: 'array', items });
}

/** Text, optionally with bounds of its length. */
export function text(options: { minLength?: number; maxLength?: number } = {}): TString {
  return as({ type: 'string', ...options });
}

/** A whole number, optionally with bounds. */
export function integer(options: { minimum?: number; maximum?: number } = {}): TInteger {
  return as({ type: 'integer', ...options });
}

/** A number, optionally with bounds. */
export function number(options: { minimum?: number; maximum?: number } = {}): TNumber {
  return as({ type: 'number', ...options });
}

export function boolean(): TBoolean {
  return as({ type: 'boolean' });
}

export function unknown(): TUnknown {
  return as({});
}

/** An object with any properties. */
export function record(): TRecord<string, TUnknown> {
  return as({ type: 'object', additionalProperties: {} });
}

/** One of a few words. */
export function oneOf<const Words extends string[]>(...words: Words): TEnum<Words> {
  return as({ type: 'string', enum: words });
}

/** An object that may be missing. */
export function nullable<Schema extends TSchema>(schema: Schema): TUnion<[Schema, TNull]> {
  return as({ anyOf: [schema, { type: 'null' }] });
}

/** A 64-bit number: JSON text in answers; requests may send a number too. */
export const Int64: TString = as({ type: 'string', format: 'int64', pattern: '^-?[0-9]+$' });

export const DateTime: TString = as({ type: 'string', format: 'date-time' });
