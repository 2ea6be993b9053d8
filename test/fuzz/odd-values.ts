import fc from 'fast-check';

/** Names that mean something to JavaScript. */
export const strangeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'toJSON',
  'then',
  'length',
  '',
  ' ',
  '0',
] as const;

/** Texts that are rarely thought of. */
export const oddText = fc.oneof(
  fc.constantFrom(
    ...strangeNames,
    '-1',
    '1e9',
    '1e400',
    '0x10',
    'NaN',
    'null',
    'undefined',
    '../..',
    '%00',
    '%ZZ',
    '\u0000',
    '\ud800',
    '\u202e',
    '😀',
    "' OR 1=1",
    '{}',
    '[]',
    '2026-02-30T25:61:61Z',
    'iqn.1993-08.org.debian:01:x',
    '::1',
    '256.0.0.1',
    '0'.repeat(40),
    'a'.repeat(31),
    '9'.repeat(30),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: 100, max: 20_000 }).map((length) => 'x'.repeat(length)),
);

/** JSON text of odd types, huge numbers, great depth and strange keys. It need not be valid. */
export const oddJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: oddText.map((text) => JSON.stringify(text)) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-0',
      '-1',
      '1.5',
      '1e308',
      '1e400',
      '-1e400',
      '1e-400',
      '9007199254740993',
      '18446744073709551616',
      '2147483648',
      '[]',
      '{}',
      '[null]',
      '[[]]',
      '[{}]',
      '""',
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"a":1,"a":2}',
      '{"toJSON":1,"then":1,"length":-1}',
    ),
  },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(10, 398, 399, 400, 401, 4000), fc.constantFrom('[]', '{}'))
      .map(([depth, kind]) =>
        kind === '[]' ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 10, max: 3000 }).map((length) => `[${Array(length).fill('1').join(',')}]`),
  },
);

/** What is no JSON. */
export const brokenJson = fc.constantFrom(
  '{',
  '[1,',
  '"',
  'null null',
  '{"a":}',
  '\u0000',
  'a|b',
  '{"a":1,}',
  "{'a':1}",
  ' ',
);
