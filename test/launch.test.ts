import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runChild } from './child-process.js';

const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-launch-'));
  put('package.json', '{"type": "module"}');
  mkdirSync(join(folder, 'bin'));
  for (const file of ['launch.js', 'eseries-driver.js'])
    copyFileSync(join(root, 'bin', file), join(folder, 'bin', file));
  put('dist/driver/cli.js', 'console.log("compiled", ...process.argv.slice(2));');
});

afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string, time = 1000): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  utimesSync(join(folder, path), time, time);
}

/** A clone whose sources were changed at some time. */
function addSources(time: number): void {
  for (const name of ['simulator', 'driver', 'conformance']) {
    put(`${name}/cli.ts`, 'const kind: string = "source"; console.log(kind, ...process.argv.slice(2));', time);
    utimesSync(join(folder, name), time, time);
  }
}

const started = () => runChild(process.execPath, [join(folder, 'bin', 'eseries-driver.js'), '--help']);

describe('a command of the package', () => {
  it('runs the compiled files where there are no sources', async () => {
    expect(await started()).toMatchObject({ code: 0, stdout: 'compiled --help\n' });
  });

  it('runs the compiled files of a clone that are newer than its sources', async () => {
    addSources(1000);
    put('dist/build.json', '{}', 2000);
    expect(await started()).toMatchObject({ code: 0, stdout: 'compiled --help\n' });
  });

  it.each([
    ['are older than a source', 3000, true],
    ['are not there', 1000, false],
  ])('runs the sources of a clone whose compiled files %s', async (_, time, isBuilt) => {
    addSources(time);
    if (isBuilt) put('dist/build.json', '{}', 2000);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    expect(await started()).toMatchObject({ code: 0, stdout: 'source --help\n' });
  });

  it('says what to do in a clone that is neither compiled nor installed', async () => {
    addSources(1000);
    const { code, stdout, stderr } = await started();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('is neither installed nor compiled: run `npm ci` there first.');
  });
});

describe('the version of a command', () => {
  const version = () => runChild(process.execPath, [join(folder, 'bin', 'eseries-driver.js'), '--version']);

  it('names the commit that was compiled', async () => {
    put('package.json', '{"type": "module", "version": "1.2.3"}');
    put('dist/build.json', '{"commit": {"id": "abc1234", "date": "2026-11-30T14:28:16+00:00", "changed": true}}');
    expect(await version()).toMatchObject({ code: 0, stdout: '1.2.3 (abc1234 of 2026-11-30, changed)\n' });
    put('dist/build.json', '{"commit": null}');
    expect(await version()).toMatchObject({ code: 0, stdout: '1.2.3\n' });
  });

  it('says that the sources run', async () => {
    put('package.json', '{"type": "module", "version": "1.2.3"}');
    addSources(1000);
    expect(await version()).toMatchObject({ code: 0, stdout: '1.2.3 (from the sources)\n' });
  });
});
