/**
 * Compiles the package into `dist` in place of what was there: declarations by the compiler, code by the bundler, then
 * `dist/build.json` with the commit and when it was made. Without the compiler (`npm ci --omit=dev`) it does nothing and says so.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { buildDashboard } from './dashboard.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** The compiler's command line; undefined where the packages for developers are not installed. */
function compiler() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

/** Removes what an earlier run wrote. Without build.json commands run the sources in the meantime. */
function clear() {
  for (const name of ['build.json', 'simulator', 'driver', 'conformance', 'chunks', 'bench'])
    rmSync(join(dist, name), { recursive: true, force: true });
}

/** What git says of the sources; null where there is no repository. */
function commit() {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
    if (git('rev-parse', '--show-cdup') !== '') return null;
    const [id, date] = git('log', '-1', '--format=%h %cI').split(' ');
    return { id, date, changed: git('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return null;
  }
}

const tsc = compiler();
if (tsc === undefined) {
  process.stdout.write('Not compiled: the compiler is not installed (npm ci without --omit=dev installs it).\n');
} else {
  clear();
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  await bundle(root);
  await buildDashboard(root);
  writeFileSync(join(dist, 'build.json'), `${JSON.stringify({ commit: commit() }, null, 2)}\n`);
}
