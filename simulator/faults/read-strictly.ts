import type { TSchema } from 'typebox';
import { asObject, propertyPath, type ReadingPolicy, readBySchema, type Shape } from '../rest/schemas/walk.js';
import { FaultError, notAllowed } from './fault-error.js';
import { durationMs, instantMs, sizeBytes } from './quantities.js';
import { Duration, Instant, Size } from './schema-parts.js';

/**
 * Checks that a value is exactly what a schema says: nothing unknown, nothing converted. Returns a copy without what is
 * undefined. Throws FaultError that names the property, its value and what is allowed.
 */
export function readStrictly(schema: TSchema, value: unknown, path = ''): unknown {
  return readBySchema(schema, value, path, strict);
}

const strict: ReadingPolicy = {
  isQuantity: ({ format }) => format !== undefined,
  quantity: readQuantity,
  enumeration: readEnum,
  union: readEither,
  object: readObject,
  list: readList,
  number: readNumber,
  boolean: readBoolean,
  text: readText,
  untyped: readText,
};

function readObject({ properties: known = {}, required = [] }: Shape, value: unknown, path: string): object {
  const source = asObject(value);
  if (source === undefined) throw notAllowed(path, value, 'an object');
  const result: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(source)) {
    if (given === undefined) continue;
    const property = Object.hasOwn(known, name) ? known[name] : undefined;
    const inner = propertyPath(path, name);
    if (property === undefined) {
      const names = Object.keys(known).join(', ');
      throw new FaultError(`The property '${inner}' is unknown: allowed are ${names}.`, inner);
    }
    result[name] = readStrictly(property, given, inner);
  }
  for (const name of required) {
    if (!(name in result)) {
      const wanted = allowedBy((known[name] ?? {}) as Shape);
      const inner = propertyPath(path, name);
      throw new FaultError(`The property '${inner}' is required: ${wanted}.`, inner);
    }
  }
  return result;
}

function readList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw notAllowed(path, value, 'a list with something in it');
  return value;
}

function readEnum(shape: Shape, value: unknown, path: string): unknown {
  if (!shape.enum?.includes(value)) throw notAllowed(path, value, allowedBy(shape));
  return value;
}

function readBoolean(shape: Shape, value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw notAllowed(path, value, allowedBy(shape));
  return value;
}

function readEither(members: readonly TSchema[], value: unknown, path: string): unknown {
  for (const member of members) {
    try {
      return readStrictly(member, value, path);
    } catch (error) {
      // A list or an object that is nearly right says better itself what is wrong with it.
      if (error instanceof FaultError && error.field !== path) throw error;
    }
  }
  throw notAllowed(path, value, members.map((member) => allowedBy(member as Shape)).join('; or '));
}

function readNumber(shape: Shape, value: unknown, path: string): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = shape;
  const fits = typeof value === 'number' && value >= minimum && value <= maximum;
  if (!fits || (shape.type === 'integer' && !Number.isInteger(value))) throw notAllowed(path, value, allowedBy(shape));
  return value;
}

function readText(shape: Shape, value: unknown, path: string): string {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = shape;
  if (typeof value !== 'string' || value.length < minLength || value.length > maxLength)
    throw notAllowed(path, value, allowedBy(shape));
  return value;
}

const quantities: Readonly<Record<string, (written: unknown) => number | undefined>> = {
  duration: durationMs,
  size: sizeBytes,
  instant: (written) => instantMs(written, 0),
};

const writtenAs: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  ([Duration, Size, Instant] as readonly Shape[]).map(({ format = '', description }) => [format, description]),
);

function readQuantity(shape: Shape, value: unknown, path: string): unknown {
  if (quantities[shape.format ?? '']?.(value) === undefined) throw notAllowed(path, value, allowedBy(shape));
  return value;
}

function allowedBy(shape: Shape): string {
  const { minimum, maximum, minLength = 0, maxLength } = shape;
  // A property's own description says what it is for, not how it is written.
  if (shape.format !== undefined) return writtenAs[shape.format] ?? shape.format;
  if (shape.enum !== undefined) return `${shape.enum.length > 1 ? 'one of ' : ''}${shape.enum.join(', ')}`;
  if (shape.anyOf !== undefined) return shape.anyOf.map((member) => allowedBy(member as Shape)).join('; or ');
  if (shape.type === 'integer' || shape.type === 'number') {
    const upper = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? 'on' : `to ${maximum}`;
    return `a ${shape.type === 'integer' ? 'whole ' : ''}number from ${minimum ?? 'any'} ${upper}`;
  }
  if (shape.type === 'boolean') return 'true or false';
  if (shape.type === 'array') return `a list of ${allowedBy((shape.items ?? {}) as Shape)}`;
  if (shape.type === 'object') return 'an object';
  return maxLength === undefined ? 'text' : `text of ${minLength} to ${maxLength} characters`;
}
