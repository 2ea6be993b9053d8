import { join } from 'node:path';
import { inject } from 'vitest';

/** The path of a compiled file of the package. Throws in tests that the compiler is not run for. */
export function compiledFile(path: string): string {
  const folder = inject('compiledPackage');
  if (folder === undefined)
    throw new Error('This test needs the compiled package: add its file to `wholePrograms` in vitest.config.ts.');
  return join(folder, path);
}
