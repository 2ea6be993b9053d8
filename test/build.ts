import { execFileSync } from 'node:child_process';

/** Compiles the package once before the tests, so that those of the command line run what users get. */
export function setup(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
