import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { test } from '../../simulator/vitest.js';
import { runChild } from '../child-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('test of eseries-simulator/vitest', () => {
  test.scoped({ arrayOptions: { password: 'another', volumes: 2 } });

  test('starts the array as the file says', async ({ array }) => {
    expect(array.password).toBe('another');
    expect(await array.request('GET', 'volumes')).toHaveLength(2);
    const answer = await fetch(`${array.url}/devmgr/utils/about`);
    expect(answer.status).toBe(200);
  });

  test('rejects for an error, with the answer', async ({ array }) => {
    await expect(array.request('GET', 'volumes/none')).rejects.toThrow(/^GET volumes\/none: 404 .*errorMessage/);
  });

  it('tells of a test that fails what its array was asked', async () => {
    const { code, stderr } = await runChild(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/clients/failing.config.ts'],
      { cwd: root },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The array of 'fails': pools: 3, volumes: 0, hosts: 1\n {2}GET \S+\/hosts -> 503\n {2}fault \S+: 1 hits/,
    );
  });
});
