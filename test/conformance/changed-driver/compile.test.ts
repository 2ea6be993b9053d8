import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runChild } from '../../child-process.js';
import { corpus } from '../mutants/corpus/index.js';
import { changesOf } from '../mutants/mutant.js';
import { variants } from '../variants/corpus/index.js';
import { together } from '../variants/together.js';
import { changedDriver } from './changed-driver.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** Compiles changed drivers; gives the errors, a line each. */
async function compileErrors(drivers: Parameters<typeof together>[0], perBundle: number): Promise<string[]> {
  const below = join(root, 'node_modules', '.changed-drivers');
  mkdirSync(below, { recursive: true });
  const folder = mkdtempSync(join(below, 'compile-'));
  try {
    for (const { id, changes } of together(drivers, perBundle)) changedDriver(id, changes, folder);
    const options = { noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: options,
        include: ['*/driver/**/*.ts'],
        exclude: [],
      }),
    );
    const { stdout } = await runChild(process.execPath, [compiler, '-p', folder]);
    return stdout.split('\n').filter((line) => line.includes('error TS'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// A changed driver that names what is not there fails each check with an error of the language: it shows nothing.
it('variants of our driver compile', async () => {
  expect(await compileErrors(variants, 15)).toEqual([]);
});

it('mutants of our driver compile', async () => {
  const mutants = corpus.map((mutant) => ({ id: mutant.id, why: mutant.rule, changes: changesOf(mutant) }));
  expect(await compileErrors(mutants, 60)).toEqual([]);
});

it('a change that names what is not there does not compile', async () => {
  const change = {
    file: 'errors.ts',
    find: 'export class CinderException',
    replace: 'missing();\nexport class CinderException',
  };
  const [error] = await compileErrors([{ id: 'missing', why: '', changes: [change] }], 1);
  expect(error).toContain("Cannot find name 'missing'");
});
