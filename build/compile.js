/**
 * Compiles the package into `dist`, removes what no source stands behind any more, and writes `dist/build.json`: the
 * commit and when it was made. Without the compiler (`npm ci --omit=dev`) it does nothing and says so.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** Compiled files whose source is gone. */
function orphans() {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => {
    // The dashboard is bundled, not compiled file by file.
    if (file.startsWith('dashboard')) return false;
    const [, source] = /^(.*?)(?:\.d\.ts|\.js|\.js\.map)$/.exec(file) ?? [];
    return source !== undefined && !existsSync(join(root, `${source}.ts`));
  });
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
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  await buildDashboard(root);
  for (const file of orphans()) rmSync(join(dist, file));
  writeFileSync(join(dist, 'build.json'), `${JSON.stringify({ commit: commit() }, null, 2)}\n`);
}
