import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sourceFolders = ['simulator', 'driver', 'conformance', 'scenarios', 'test', 'docs'];

const files = sourceFolders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
);
const baseNames = new Set(files.map((file) => basename(file)));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...files.filter((file) => file.endsWith('.md') && !file.includes('node_modules')),
];

/** What the worked examples make: it does not exist yet. */
const examples = new Set(['scenarios/clone/copy-that-fails.yaml', 'story.yaml']);

const top = sourceFolders.join('|');
/** A path from the top of the repository, in the text or in a command. */
const path = new RegExp(`(?<![\\w/.@:-])(?:${top})/[\\w./-]*\\w`, 'g');
/** A file of the sources by its name alone. */
const fileName = /`([\w-]+(?:\.[\w-]+)*\.(?:ts|py|yaml))`/g;
/** The target of a link in the repository. */
const link = /\]\(((?!https?:|#)[^)#\s]+)/g;

/** What a page names that does not exist, as `page: name`. */
function missingFrom(page: string, text: string): string[] {
  const paths = [...text.matchAll(path)]
    .map(([found]) => found)
    // Requirements have names such as driver/version.
    .filter((found) => page !== 'scenarios/README.md' || found.includes('.'))
    .filter((found) => !existsSync(join(root, found)));
  const names = [...text.matchAll(fileName)].map((found) => found[1] ?? '').filter((found) => !baseNames.has(found));
  const links = [...text.matchAll(link)]
    .map((found) => found[1] ?? '')
    .filter((found) => !existsSync(join(root, dirname(page), found)));
  return [...paths, ...names, ...links].filter((found) => !examples.has(found)).map((found) => `${page}: ${found}`);
}

describe('the pages', () => {
  it('are found, and name files', () => {
    expect(pages).toContain('CONTRIBUTING.md');
    expect(pages).toContain(join('docs', 'architecture.md'));
    expect(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').match(path)?.length).toBeGreaterThan(15);
  });

  it('name only files and folders that exist', () => {
    const missing = pages
      .filter((page) => page !== 'CHANGELOG.md')
      .flatMap((page) => missingFrom(page, readFileSync(join(root, page), 'utf8')));
    expect(missing).toEqual([]);
  });

  it('would be found to name others', () => {
    const text =
      'See `simulator/array/gone.ts`, `gone-too.ts`, [there](docs/gone.md) and `simulator/array/volumes.ts`.';
    expect(missingFrom('README.md', text)).toEqual([
      'README.md: simulator/array/gone.ts',
      'README.md: docs/gone.md',
      'README.md: gone-too.ts',
      'README.md: docs/gone.md',
    ]);
  });
});

describe('every folder', () => {
  it('of the simulator, and right below conformance and test, has a README', () => {
    const folders = new Set(files.filter((file) => file.startsWith('simulator/') && file.endsWith('.ts')).map(dirname));
    for (const file of files) {
      const [, folder] = /^(conformance\/[^/]+)\/.*\.ts$/.exec(file) ?? [];
      if (folder !== undefined) folders.add(folder);
    }
    folders.delete('simulator');
    const without = [...folders, 'test'].filter((folder) => !existsSync(join(root, folder, 'README.md')));
    expect(without).toEqual([]);
  });
});
