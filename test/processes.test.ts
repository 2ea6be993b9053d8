import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Files that are a part of the tests: not the benchmarks and the commands of their own. */
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((path) => !/^(bench|conformance\/mutants)\//.test(path) && path !== 'processes.test.ts');

function filesWith(pattern: RegExp): string[] {
  return files.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8'))).sort();
}

it('processes are started by one piece of code, which limits and ends them', () => {
  // The compiler before the tests, and the workers of commands such as `npm run mutants`, are not part of a test.
  const others = ['build.ts', 'conformance/changed-driver/in-workers.ts', 'fuzz/in-child.ts'];
  expect(filesWith(/import \{(?! type ChildProcess \})[^}]*\} from 'node:child_process'/)).toEqual(
    ['child-process.ts', ...others].sort(),
  );
});

it('drivers in programs of their own are not waited for without end', () => {
  // How programs end is what these tests are about.
  expect(filesWith(/\bstdioSubject\(/)).toEqual([
    'conformance/commands/unjudged.test.ts',
    'conformance/subjects/program-subject.ts',
    'conformance/subjects/program.test.ts',
  ]);
});

it('no test asks for a port: free ones are taken, or those of an address that only this process uses', () => {
  // `listen(ref, …)` is an operation of the array, which has no sockets.
  expect(filesWith(/\.listen\((?!0,|refs?\b|\{ host: '127\.0\.0\.1', port: 0 \})/)).toEqual(['loopback.ts']);
  expect(filesWith(/startSimulator\([^)]*[pP]ort: [1-9]/)).toEqual([]);
  // 65536 is no port: the command line refuses it.
  expect(filesWith(/'--(iscsi-|tls-)?port', '(?!65536)[1-9]\d*'/)).toEqual([]);
});
