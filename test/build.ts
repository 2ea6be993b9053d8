import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the compiled package; only the tests of the project `e2e` are given it. */
    readonly compiledPackage?: string;
  }
}

/** Compiles the package once, before the tests of the project `e2e`, so that they run what users get. */
export function setup(project: TestProject): void {
  execFileSync(process.execPath, ['build/compile.js'], { stdio: 'inherit', timeout: 900_000 });
  project.provide('compiledPackage', fileURLToPath(new URL('../dist', import.meta.url)));
}
