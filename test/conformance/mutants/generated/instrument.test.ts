import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GeneratedMutant, instrumentedDriver } from './instrument.js';

describe('instrumentedDriver', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'instrument-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function mutantsOf(source: string): Promise<readonly GeneratedMutant[]> {
    writeFileSync(join(folder, 'a.ts'), source);
    return (await instrumentedDriver(folder)).mutants;
  }

  it('tells each mutant by its file, line, kind, and what it changes', async () => {
    const mutants = await mutantsOf('const x: number = 1;\n  export const more = (y: number) => y > x;\n');
    expect(mutants).toContainEqual({
      id: expect.any(String),
      file: 'a.ts',
      line: 2,
      context: 'export const more = (y: number) => y > x;',
      mutator: 'EqualityOperator',
      original: 'y > x',
      replacement: 'y >= x',
    });
  });

  it('gives the same mutants for the same sources', async () => {
    const source = "export const a = (b: string) => (b === 'x' ? [1] : []);";
    expect(await mutantsOf(source)).toEqual(await mutantsOf(source));
  });

  it('puts each mutant that is not exempt behind a switch', async () => {
    writeFileSync(join(folder, 'a.ts'), 'export const more = (y: number) => y > 1;');
    const { files, mutants } = await instrumentedDriver(folder);
    for (const { id } of mutants) expect(files.get('a.ts')).toContain(`stryMutAct_9fa48("${id}")`);
  });

  it.each([
    ['what is logged', "this.runtime.logger.warn('gone');"],
    ['what is logged under a condition', "logger.debug(ready ? 'a' + ready : 1);"],
    ['the words of an exception', "throw new InvalidInput({ reason: 'no' });"],
    ['the last words of a refusal', "refuse(ready, ready, 'no');"],
    ['the name of a lock', "ready.locks.run('manage', ready);"],
    ['the words of an exception that is put together', "throw new NetAppDriverException(ready + 'no');"],
  ])('exempts %s', async (_, statement) => {
    const mutants = await mutantsOf(
      `declare const logger: any, ready: any;\nexport function f(this: any) {\n${statement}\n}`,
    );
    expect(mutants.filter(({ line, mutator }) => line === 3 && mutator === 'StringLiteral')).not.toEqual([]);
    expect(mutants.filter(({ line, mutator, exempt }) => line === 3 && mutator === 'StringLiteral' && !exempt)).toEqual(
      [],
    );
  });

  it.each([
    ['what is sent', "client.request('POST');"],
    ['what decides the words of an exception', "throw new NetAppDriverException(ready === 'x' ? ready : 1);"],
    ['the option whose value is refused', "refuse('chap_password', ready, 1);"],
    ['a condition of an exception', "if (ready === 'x') throw new InvalidInput({ reason: 'no' });"],
    ['the class of an exception by way of a map', "throw new Map([['a', 1]]);"],
  ])('does not exempt %s', async (_, statement) => {
    const mutants = await mutantsOf(`declare const client: any, ready: any;\nexport function f() {\n${statement}\n}`);
    expect(mutants.some(({ line, mutator, exempt }) => line === 3 && mutator === 'StringLiteral' && !exempt)).toBe(
      true,
    );
  });
});
