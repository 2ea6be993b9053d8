import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runChild, runChildInPlace } from '../child-process.js';

const client = (language: string) => fileURLToPath(new URL(`../../conformance/clients/${language}`, import.meta.url));
const simulator = fileURLToPath(new URL('../../bin/eseries-simulator.js', import.meta.url));
const environment = { ...process.env, ESERIES_SIMULATOR: `${process.execPath} ${simulator}` };

/** The first Python that has pytest; undefined where there is none. */
const python = ['/usr/bin/python3', 'python3'].find(
  (each) => runChildInPlace(each, ['-c', 'import pytest']).code === 0,
);
const hasGo = runChildInPlace('go', ['version']).code === 0;

describe('the plugin of pytest', () => {
  it.skipIf(python === undefined)('passes its own tests (skipped where there is no pytest)', async () => {
    const { code, stdout } = await runChild(
      python ?? '',
      ['-B', '-m', 'pytest', '-p', 'eseries_pytest.plugin', '-p', 'no:cacheprovider', 'tests'],
      { cwd: client('python'), env: { ...environment, PYTHONPATH: '.' } },
    );
    expect(stdout).toMatch(/ 6 passed/);
    expect(code).toBe(0);
  });
});

describe('the package of Go', () => {
  it.skipIf(!hasGo)('passes its own tests and go vet (skipped where there is no go)', async () => {
    const go = (...args: readonly string[]) =>
      runChild('go', args, { cwd: client('go'), env: { ...environment, GOFLAGS: '-mod=mod', GOPROXY: 'off' } });
    expect(await go('test', '-count=1', './...')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok/) });
    expect(await go('vet', './...')).toMatchObject({ code: 0, stderr: '' });
  });
});
