import type { TSchema } from '../../../simulator/rest/schemas/types.js';
import type { Shape } from '../../../simulator/rest/schemas/walk.js';

/** Where a part of a body is: names of properties, and 0 for the first item of a list. */
type PartPath = readonly (string | number)[];

/**
 * A body that fits a schema and is as small as can be: required properties only, and those on the way to `part`.
 */
export function sampleOf(schema: TSchema | undefined, part: PartPath = []): unknown {
  const shape = (schema ?? {}) as Shape;
  const [head, ...rest] = part;
  if (shape.enum !== undefined)
    return shape.enum.find((word) => word !== 'unknown' && word !== 'none') ?? shape.enum[0];
  if (shape.anyOf !== undefined) return sampleOf(shape.anyOf[0], part);
  switch (shape.type) {
    case 'object': {
      const names = Object.keys(shape.properties ?? {}).filter(
        (name) => shape.required?.includes(name) || name === head,
      );
      return Object.fromEntries(
        names.map((name) => [name, sampleOf(shape.properties?.[name], name === head ? rest : [])]),
      );
    }
    case 'array':
      return [sampleOf(shape.items, rest)];
    case 'integer':
    case 'number':
      return shape.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return shape.format === 'int64' ? '1' : 'x'.repeat(shape.minLength ?? 1);
    default:
      return {};
  }
}

/** The required properties of a body, those of its parts included. */
export function requiredOf(schema: TSchema): PartPath[] {
  return partsOf(schema).flatMap(({ path, shape }) => (shape.required ?? []).map((name) => [...path, name]));
}

/** Where a body has words of an enumeration. */
export function enumerationsOf(schema: TSchema): PartPath[] {
  return partsOf(schema)
    .filter(({ shape }) => shape.enum !== undefined)
    .map(({ path }) => path);
}

function partsOf(schema: TSchema | undefined, path: PartPath = []): { path: PartPath; shape: Shape }[] {
  const shape = (schema ?? {}) as Shape;
  const inner = Object.entries(shape.properties ?? {}).flatMap(([name, each]) => partsOf(each, [...path, name]));
  const items = shape.type === 'array' ? partsOf(shape.items, [...path, 0]) : [];
  // What may be one of several kinds is known by its first one only: which one fails, the others decide.
  return [{ path, shape }, ...inner, ...items];
}

/** A body with another value for one part; undefined takes the part away. */
export function withPart(body: unknown, part: PartPath, value: unknown): unknown {
  const copy = structuredClone(body);
  let at = copy as Record<string | number, unknown>;
  for (const step of part.slice(0, -1)) at = at[step] as typeof at;
  const last = part.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
