import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What must not be imported from where; folders are relative to the top. */
const walls: readonly { readonly from: string; readonly never: readonly string[]; readonly because: string }[] = [
  {
    from: 'simulator/array',
    never: ['simulator/rest', 'simulator/iscsi', 'simulator/faults', 'simulator/control', 'simulator/store'],
    because: 'the array knows none of its faces',
  },
  { from: 'simulator/blocks', never: ['simulator/array'], because: 'blocks know bytes, not volumes' },
  { from: 'simulator/rest', never: ['simulator/control'], because: 'the web services are a real array’s' },
  { from: 'simulator', never: ['driver', 'conformance'], because: 'they must not agree on the same mistake' },
  { from: 'driver', never: ['simulator', 'conformance'], because: 'they must not agree on the same mistake' },
  { from: 'conformance', never: ['simulator', 'driver'], because: 'judge and judged must not share a misreading' },
];

/** What only the clock and the generator may know. */
const secrets = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bsetInterval\b|\bperformance\.now\b/;

function sources(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(root, resolve(root, dirname(file), match[1] ?? '')),
  );
}

describe('the walls between the rooms', () => {
  it('are looked at where there is something to see', () => {
    expect(sources('simulator/array').length).toBeGreaterThan(20);
    expect(importsOf('simulator/array/pools.ts')).toContain('simulator/array/errors.js');
  });

  it.each(walls)('$from imports nothing of $never: $because', ({ from, never }) => {
    const breaches = sources(from).flatMap((file) =>
      importsOf(file)
        .filter((target) => never.some((room) => target.startsWith(room + sep)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(breaches).toEqual([]);
  });

  it('keep time and chance out: only the real clock, what the wire and the driver are handed by default, and the suite’s own limits know the time', () => {
    const knowing = ['simulator', 'driver', 'conformance']
      .flatMap(sources)
      .filter((file) => secrets.test(readFileSync(join(root, file), 'utf8')));
    expect(knowing).toEqual([
      'simulator/array/clock.ts',
      'simulator/iscsi/surroundings.ts',
      'driver/runtime.ts',
      'conformance/wall-clock.ts',
    ]);
  });
});
