import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const simulator = fileURLToPath(new URL('../../../../simulator', import.meta.url));

/** The text of source files, by path. */
type Sources = ReadonlyMap<string, string>;

/** The top-level declarations of a file: from one `const` to the next. */
function declarationsOf(text: string): Map<string, string> {
  const blocks = text.split(/^(?=(?:export )?(?:const|function|type|interface) )/m);
  return new Map(
    blocks.flatMap((block) => {
      const name = /^(?:export )?(?:const|function|type|interface) (\w+)/.exec(block)?.[1];
      return name === undefined ? [] : [[name, block] as const];
    }),
  );
}

/** What the rest of the program names of the definitions. */
function namedBy(users: Sources): string[] {
  return [...users.values()].flatMap((text) =>
    [...text.matchAll(/import (?:type )?\{([^}]*)\} from '[^']*\/schemas\/[\w-]+\.js'/g)].flatMap((match) =>
      (match[1] ?? '').split(',').map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' as ')[0] ?? '',
      ),
    ),
  );
}

/** The definitions that no route or view needs, not even through other definitions, as `file: name`. */
function unreachable(definitions: Sources, users: Sources): string[] {
  const blocks = new Map([...definitions.values()].flatMap((text) => [...declarationsOf(text)]));
  const reached = new Set<string>();
  const waiting = namedBy(users);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const block = blocks.get(name);
    if (block === undefined || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(block.replaceAll(/'[^']*'/g, '').match(/\w+/g) ?? []));
  }
  return [...definitions].flatMap(([path, text]) =>
    [...declarationsOf(text).keys()].filter((name) => !reached.has(name)).map((name) => `${path}: ${name}`),
  );
}

function read(paths: readonly string[]): Sources {
  return new Map(paths.map((path) => [relative(simulator, path), readFileSync(path, 'utf8')]));
}

const paths = readdirSync(simulator, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(simulator, name));
const isDefinitions = (path: string) => /\/schemas\/(?!types\.|blank\.)/.test(path);
const definitions = read(paths.filter(isDefinitions));
const users = read(paths.filter((path) => !isDefinitions(path)));

describe('the definitions of the wire', () => {
  it('are all needed by a route or a view', () => {
    expect(unreachable(definitions, users)).toEqual([]);
  });

  it('are found in the files, by the hundred', () => {
    expect([...definitions.values()].flatMap((text) => [...declarationsOf(text).keys()]).length).toBeGreaterThan(400);
  });

  it('count as unreachable when only unreachable ones name them', () => {
    const example = new Map([
      ['a.ts', 'export const Used = object({ inner: Inner });\n\nconst Inner = object({ kind: oneOf("Word") });\n'],
      ['b.ts', 'export const Lost = object({ part: Part });\n\nexport const Part = object({});\n'],
    ]);
    const user = new Map([['route.ts', "import { Used } from './schemas/a.js';"]]);
    expect(unreachable(example, user)).toEqual(['b.ts: Lost', 'b.ts: Part']);
  });
});
