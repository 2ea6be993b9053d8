import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8');
const sources = ['simulator', 'driver', 'conformance', 'bin']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  )
  .filter((file) => /\.(ts|js)$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** What the page takes for words of messages. */
const messages = [...page.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, words = '']) => words);

describe('the page on troubleshooting', () => {
  it('has messages of each part', () => {
    expect(messages.length).toBeGreaterThan(10);
  });

  it.each(messages)('quotes a message that the programs still have: %s', (words) => {
    expect(sources.includes(words)).toBe(true);
  });
});
