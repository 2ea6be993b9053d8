import fc from 'fast-check';
import type { KnownNames } from './known-names.js';
import { oddJson, strangeNames } from './odd-values.js';

/** The part of a served schema that bodies are made from. */
export interface ServedSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ServedSchema>>;
  readonly required?: readonly string[];
  readonly items?: ServedSchema;
  readonly pattern?: string;
}

/** JSON text for a schema at a place of that name: most of it fits, some is odd. */
export function jsonTextFor(schema: ServedSchema, place: string, known: KnownNames): fc.Arbitrary<string> {
  return fc.oneof({ weight: 15, arbitrary: fitting(schema, place, known) }, { weight: 1, arbitrary: oddJson });
}

function fitting(schema: ServedSchema, place: string, known: KnownNames): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map((each) => JSON.stringify(each)));
  switch (schema.type) {
    case 'object':
      return objectText(schema, known);
    case 'array':
      return fc
        .array(jsonTextFor(schema.items ?? {}, place, known), { maxLength: 3 })
        .map((texts) => `[${texts.join(',')}]`);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'integer':
    case 'number':
      return numberText;
    case 'string':
      return schema.pattern === undefined ? textFor(place, known) : numberText.map((text) => `"${text}"`);
    default:
      return fc.oneof(textFor(place, known), numberText, oddJson);
  }
}

const numberText = fc
  .oneof(fc.constantFrom(0, 1, 2, 3, 5, 10, 28, 80, 100, 1024, 2 ** 31, 2 ** 40, 2 ** 53, -1), fc.integer({ max: 200 }))
  .map(String);

function textFor(place: string, known: KnownNames): fc.Arbitrary<string> {
  return known.at(place).map((text) => JSON.stringify(text));
}

function objectText({ properties = {}, required = [] }: ServedSchema, known: KnownNames): fc.Arbitrary<string> {
  const members = Object.entries(properties).map(([name, schema]) => {
    const member = jsonTextFor(schema, name, known).map((text) => `${JSON.stringify(name)}:${text}`);
    return required.includes(name) ? mostly(member, 20) : rarely(member, 2);
  });
  const stranger = fc
    .tuple(fc.constantFrom(...strangeNames), oddJson)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return fc
    .tuple(fc.tuple(...members), rarely(stranger, 12))
    .map(([given, strange]) => `{${[...given, strange].filter((each) => each !== undefined).join(',')}}`);
}

/** So many times a value for one time none. */
function mostly<T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) });
}

/** So many times no value for one time one. */
export function rarely<T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
