import type { TSchema } from 'typebox';

/** What readers of requests understand of a JSON schema. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TSchema[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
  readonly items?: TSchema;
  readonly format?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Reads the value of one part of a schema; throws an error that names the path when it is not allowed. */
type Reader = (shape: Shape, value: unknown, path: string) => unknown;

/** How strict a reader is: what it takes for each kind of schema, and which errors it throws. */
export interface ReadingPolicy {
  /** Whether a format decides how a value is read, whatever its type. */
  readonly isQuantity?: (shape: Shape) => boolean;
  readonly quantity?: Reader;
  readonly enumeration: Reader;
  readonly union: (members: readonly TSchema[], value: unknown, path: string) => unknown;
  readonly object: Reader;
  /** Checks that a value is a list that may be read; its items are read by the schema of items. */
  readonly list: (value: unknown, path: string) => readonly unknown[];
  readonly number: Reader;
  readonly boolean: Reader;
  readonly text: Reader;
  /** A schema without a type. */
  readonly untyped: Reader;
}

/** Reads a value as its schema and a policy say. `path` names it in errors: '' for the whole, `a.b[0]` for a part. */
export function readBySchema(schema: TSchema, value: unknown, path: string, policy: ReadingPolicy): unknown {
  const shape = schema as Shape;
  if (policy.quantity !== undefined && policy.isQuantity?.(shape)) return policy.quantity(shape, value, path);
  if (shape.enum !== undefined) return policy.enumeration(shape, value, path);
  if (shape.anyOf !== undefined) return policy.union(shape.anyOf, value, path);
  switch (shape.type) {
    case 'object':
      return policy.object(shape, value, path);
    case 'array':
      return policy
        .list(value, path)
        .map((item, index) => readBySchema(shape.items ?? ({} as TSchema), item, `${path}[${index}]`, policy));
    case 'integer':
    case 'number':
      return policy.number(shape, value, path);
    case 'boolean':
      return policy.boolean(shape, value, path);
    case 'string':
      return policy.text(shape, value, path);
    default:
      return policy.untyped(shape, value, path);
  }
}

/** The path of a property of what is at `path`. */
export function propertyPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The value as an object; undefined where it is another kind of value. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
