import type { TEnum, TNumber, TObject, TProperties, TSchema, TString, TUnion } from 'typebox';
import { integer, object, oneOf, optional, text } from '../rest/schemas/types.js';

/** An object that refuses properties it does not know. */
export function strict<Properties extends TProperties>(
  description: string,
  properties: Properties,
): TObject<Properties> {
  return { ...object(properties), additionalProperties: false, description } as TObject<Properties>;
}

/** One of several shapes. */
export function either<Members extends TSchema[]>(...members: Members): TUnion<Members> {
  return { anyOf: members } as unknown as TUnion<Members>;
}

/** The same schema, telling people what it means. */
export function described<Schema extends TSchema>(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

/** One fixed word. */
export function word<const Word extends string>(value: Word): TEnum<[Word]> {
  return oneOf(value);
}

/** A length of time: milliseconds as a number, or text such as `250ms`, `30s`, `5m`, `2h`, `1d`. */
export const Duration = quantity('duration', 'milliseconds, or text like 250ms, 30s, 5m, 2h, 1d');

/** A number of bytes: a number, or text such as `512`, `4 KiB`, `10 GiB`. */
export const Size = quantity('size', 'bytes, or text like 512 B, 4 KiB, 1 MiB, 10 GiB, 2 TiB');

/** A point of the array's time: a duration counts from when the rule was added, an ISO date is that date. */
export const Instant = quantity('instant', 'a duration since the rule was added, or a date like 2026-01-01T00:05:00Z');

/** A name in which `*` stands for anything and `?` for one character; case does not count. */
export const Pattern = described('May contain * and ?; case does not count.', text({ minLength: 1, maxLength: 512 }));

export const Label = text({ minLength: 1, maxLength: 256 });

/** One byte of a code. */
export const Byte = integer({ minimum: 0, maximum: 255 });

export const Count = integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export { optional };

function quantity(format: string, description: string): TUnion<[TString, TNumber]> {
  return {
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 64 },
      { type: 'number', minimum: 0 },
    ],
    format,
    description,
  } as unknown as TUnion<[TString, TNumber]>;
}
