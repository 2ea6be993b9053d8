import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Which folders a folder may import from; what is not listed is forbidden. Folders are relative to the top, and files
 * right below `simulator` put everything together.
 */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  // The core must not import its adapters.
  'simulator/blocks': [],
  'simulator/array': ['simulator/blocks'],
  'simulator/presets': ['simulator/array'],
  'simulator/http': [],
  'simulator/store': ['simulator/array', 'simulator/blocks'],
  'simulator/iscsi': ['simulator/array', 'simulator/blocks'],
  // The web services are those of a real array: they know nothing of faults and control.
  'simulator/rest': ['simulator/array', 'simulator/blocks', 'simulator/http', 'simulator/store'],
  'simulator/faults': ['simulator/array', 'simulator/http', 'simulator/iscsi', 'simulator/rest'],
  'simulator/control': [
    'simulator/array',
    'simulator/faults',
    'simulator/http',
    'simulator/presets',
    'simulator/rest',
    'simulator/store',
  ],
  'simulator/event-stream': [
    'simulator/array',
    'simulator/control',
    'simulator/faults',
    'simulator/http',
    'simulator/iscsi',
  ],
  'simulator/timeline': [
    'simulator/array',
    'simulator/blocks',
    'simulator/control',
    'simulator/faults',
    'simulator/http',
    'simulator/rest',
  ],
  'simulator/pages': ['simulator/array', 'simulator/control', 'simulator/http', 'simulator/rest'],
  // The page runs in a browser and knows the simulator by HTTP only.
  'simulator/dashboard': [],
  simulator: ['simulator'],
  // Driver and simulator share no code: they must not agree on the same mistake.
  driver: ['driver'],
  // The suite shares no code with what it judges, nor with the array that it judges on. From the bottom to the top:
  'conformance/runtime': [],
  'conformance/requirements': [],
  'conformance/probe': ['conformance/runtime'],
  'conformance/arrays': ['conformance/runtime'],
  'conformance/subjects': ['conformance/runtime'],
  'conformance/manager': ['conformance/subjects'],
  'conformance/oracle': ['conformance/arrays', 'conformance/manager', 'conformance/probe'],
  'conformance/harness': [
    'conformance/arrays',
    'conformance/manager',
    'conformance/oracle',
    'conformance/runtime',
    'conformance/subjects',
  ],
  'conformance/scenario': [
    'conformance/arrays',
    'conformance/harness',
    'conformance/manager',
    'conformance/oracle',
    'conformance/requirements',
    'conformance/subjects',
  ],
  'conformance/checks': [
    'conformance/arrays',
    'conformance/harness',
    'conformance/manager',
    'conformance/requirements',
    'conformance/scenario',
    'conformance/subjects',
  ],
  'conformance/report': ['conformance/checks', 'conformance/requirements', 'conformance/scenario'],
  'conformance/library': [
    'conformance/arrays',
    'conformance/checks',
    'conformance/harness',
    'conformance/report',
    'conformance/requirements',
    'conformance/runtime',
    'conformance/scenario',
    'conformance/subjects',
  ],
  'conformance/commands': [
    'conformance/arrays',
    'conformance/checks',
    'conformance/library',
    'conformance/report',
    'conformance/requirements',
    'conformance/runtime',
    'conformance/scenario',
    'conformance/subjects',
  ],
  // They import the package by its name, as its users do.
  'conformance/examples': [],
  conformance: ['conformance'],
};

/** Folders of which every file is checked by the entry above it. */
const checkedAsOne = ['driver'];

/** What only the clock and the generator may know. */
const secrets = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bsetInterval\b|\bperformance\.now\b/;

function sources(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
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

/** The entry of the table that speaks of a file. */
function entryOf(file: string): string {
  const [top = '', second = ''] = dirname(file).split(sep);
  return second === '' || checkedAsOne.includes(top) ? top : `${top}/${second}`;
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder + sep);
}

describe('the imports between folders', () => {
  const files = ['simulator', 'driver', 'conformance'].flatMap(sources);

  it('are found', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(importsOf('simulator/array/pools.ts')).toContain('simulator/array/errors.js');
  });

  it('go only where the table allows', () => {
    const forbidden = files.flatMap((file) => {
      const entry = entryOf(file);
      const allowed = allowedImports[entry] ?? [];
      return importsOf(file)
        .filter((target) => !isBelow(target, entry) && !allowed.some((folder) => isBelow(target, folder)))
        .map((target) => `${file} imports ${target}`);
    });
    expect(forbidden).toEqual([]);
  });

  it('are all needed that the table allows between folders', () => {
    const unused = Object.entries(allowedImports).flatMap(([entry, allowed]) => {
      const targets = files.filter((file) => entryOf(file) === entry).flatMap(importsOf);
      return allowed
        .filter((folder) => !targets.some((target) => isBelow(target, folder)))
        .map((folder) => `${entry} imports nothing of ${folder}`);
    });
    expect(unused).toEqual([]);
  });

  it('has an entry for each folder', () => {
    expect([...new Set(files.map(entryOf))].filter((entry) => !Object.hasOwn(allowedImports, entry))).toEqual([]);
  });
});

describe('time and chance', () => {
  it('are known only to the clock, the default runtimes of the target and the driver, the limits of connections and of the suite', () => {
    const knowing = ['simulator', 'driver', 'conformance']
      .flatMap(sources)
      // The page has the browser's time.
      .filter((file) => !isBelow(file, 'simulator/dashboard'))
      .filter((file) => secrets.test(readFileSync(join(root, file), 'utf8')));
    expect(knowing).toEqual([
      'simulator/cli.ts',
      'simulator/array/clock.ts',
      'simulator/http/connections.ts',
      'simulator/http/surplus-connections.ts',
      'simulator/http/unread-body.ts',
      'simulator/iscsi/target-runtime.ts',
      'driver/runtime.ts',
      'conformance/runtime/wall-clock.ts',
    ]);
  });
});
