import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');

/** The rows of the tables below a heading: term, meaning, where. */
function rowsOf(part: string): string[][] {
  return part
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| term'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

/** The text of all sources, in lower case. */
function sources(): string {
  return ['simulator', 'driver', 'conformance', 'test']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|py)$/.test(name) && !name.endsWith('glossary.test.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    )
    .join('\n')
    .toLowerCase();
}

describe('the glossary', () => {
  const parts = glossary.split(/^## /m);
  const places = rowsOf(glossary).flatMap(([, term = '', , where = '']) =>
    [...where.matchAll(/`([^`]+)`/g)].map((match) => [term, match[1] ?? ''] as const),
  );

  it('names a place for each term', () => {
    expect(places.length).toBeGreaterThan(50);
    expect(rowsOf(glossary).filter(([, , , where = '']) => !where.includes('`'))).toEqual([]);
  });

  it('names places that are there', () => {
    expect(places.filter(([, place]) => !existsSync(join(root, place)))).toEqual([]);
  });

  it('has only terms of ours that the code still uses', () => {
    const text = sources();
    const ours = rowsOf(parts.find((part) => part.startsWith('Ours')) ?? '').flatMap(([, term = '']) =>
      term.split(', '),
    );
    expect(ours.length).toBeGreaterThan(10);
    // In comments as it is, in names of files with hyphens, in identifiers as one word.
    const forms = (term: string) => [term, term.replaceAll(' ', '-'), term.replaceAll(' ', '')];
    expect(ours.filter((term) => !forms(term.toLowerCase()).some((form) => text.includes(form)))).toEqual([]);
  });
});
