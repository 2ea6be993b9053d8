import { nullRef } from '../../array/refs.js';
import type { Static, TSchema } from './types.js';

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

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TSchema[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, TSchema>>;
}

function neutral(schema: TSchema, name: string): unknown {
  const shape = schema as Shape;
  if (shape.enum !== undefined) {
    const { enum: words } = shape;
    return neutralWords.find((word) => words.includes(word)) ?? words[0];
  }
  if (shape.anyOf !== undefined) return null;
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([key, inner]) => [key, neutral(inner, key)]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'string':
      if (shape.format === 'int64') return '0';
      if (shape.format === 'date-time') return '1970-01-01T00:00:00Z';
      return /Ref$/.test(name) ? nullRef : '';
    default:
      return null;
  }
}
