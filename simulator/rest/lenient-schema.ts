import { isSecret } from '../http/secrets.js';
import { RestError } from './errors.js';
import type { TSchema } from './schemas/types.js';
import { asObject, propertyPath, type ReadingPolicy, readBySchema, type Shape } from './schemas/walk.js';

/**
 * Reads a request as laxly as the real web services do, driven by the schema: unknown properties are dropped, an
 * explicit null counts as absent, numbers and booleans may arrive as text, 64-bit numbers as number or text.
 * What remains must fit the schema; otherwise RestError invalidField or missingField names the property.
 */
export function readLeniently(schema: TSchema, value: unknown, path = ''): unknown {
  return readBySchema(schema, value, path, lenient);
}

const lenient: ReadingPolicy = {
  enumeration: readEnum,
  union: readUnion,
  object: readObject,
  list: readList,
  number: readNumber,
  boolean: readBoolean,
  text: readString,
  untyped: (_, value) => value,
};

function readObject({ properties, required }: Shape, value: unknown, path: string): object {
  const source = asObject(value);
  if (source === undefined) throw invalid(path, value, 'an object');
  if (properties === undefined) return source;
  const result: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const given = Object.hasOwn(source, name) ? source[name] : undefined;
    const inner = propertyPath(path, name);
    if (given === undefined || given === null) {
      if (required?.includes(name))
        throw new RestError('missingField', `The property '${inner}' is required.`, [inner]);
    } else {
      result[name] = readLeniently(property, given, inner);
    }
  }
  return result;
}

function readList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, value, 'a list');
  return value;
}

function readUnion(members: readonly TSchema[], value: unknown, path: string): unknown {
  let failure: unknown;
  for (const member of members) {
    try {
      return readLeniently(member, value, path);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function readNumber(schema: Shape, value: unknown, path: string): number {
  const number =
    typeof value === 'string' && /^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw invalid(path, value, 'a number');
  if (schema.type === 'integer' && !Number.isSafeInteger(number)) throw invalid(path, value, 'a whole number');
  const { minimum, maximum } = schema;
  if ((minimum !== undefined && number < minimum) || (maximum !== undefined && number > maximum)) {
    throw invalid(path, value, `a number from ${minimum ?? 'any'} to ${maximum ?? 'any'}`);
  }
  return number;
}

function readBoolean(_: Shape, value: unknown, path: string): boolean {
  if (value === true || value === 'true' || value === 'True') return true;
  if (value === false || value === 'false' || value === 'False') return false;
  throw invalid(path, value, 'true or false');
}

function readEnum({ enum: allowed = [] }: Shape, value: unknown, path: string): unknown {
  if (allowed.includes(value)) return value;
  throw invalid(path, value, `one of ${allowed.join(', ')}`);
}

/** Strings of format int64 take numbers too; they stay text, and `int64` makes the number of them. */
function readString(schema: Shape, value: unknown, path: string): string {
  if (schema.format === 'int64') {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== 'string' || !/^-?\d{1,19}$/.test(text)) throw invalid(path, value, 'a whole number');
    return text;
  }
  if (typeof value !== 'string') throw invalid(path, value, 'text');
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  if (value.length < minLength || value.length > maxLength) {
    throw invalid(path, value, `text of ${minLength} to ${maxLength} characters`);
  }
  return value;
}

function invalid(path: string, value: unknown, allowed: string): RestError {
  const name = path === '' ? 'request body' : `property '${path}'`;
  return new RestError(
    'invalidField',
    `The ${name} is ${show(value, path, allowed)}: allowed is ${allowed}.`,
    path === '' ? [] : [path],
  );
}

/** A value as an error repeats it: what is secret, or may hold something secret, is only named. */
function show(value: unknown, path: string, allowed: string): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const name = path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
  const isPart = path === '' || allowed === 'an object' || allowed === 'a list';
  if (value !== null && (isPart || isSecret(name))) return `a ${typeof value}`;
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A 64-bit number of a request as a safe integer. Throws RestError invalidField beyond 2^53. */
export function int64(text: string, field: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RestError('invalidField', `The property '${field}' is ${text}: allowed are whole numbers up to 2^53.`, [
      field,
    ]);
  return value;
}

const units = new Map(Object.entries({ bytes: 0, b: 0, kb: 1, mb: 2, gb: 3, tb: 4, pb: 5, eb: 6, zb: 7, yb: 8 }));

/** A size with its unit in bytes; units are binary: `gb` is 2^30 (source: clients' integration tests). */
export function sizeInBytes(size: string, unit: string | undefined, field: string): number {
  const bytes = int64(size, field) * 1024 ** (units.get(unit ?? 'bytes') ?? 0);
  if (!Number.isSafeInteger(bytes) || bytes < 0) {
    throw new RestError(
      'invalidField',
      `The property '${field}' is ${size} ${unit ?? 'bytes'}: allowed are sizes from 0 to 2^53 bytes.`,
      [field],
    );
  }
  return bytes;
}
