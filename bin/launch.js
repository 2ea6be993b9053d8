import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

/**
 * Runs the command of a folder of this package. An installed package has the compiled files only. In a clone they are used as
 * long as they are newer than every source; otherwise the sources run as they are, through tsx, which starts more slowly.
 */
export async function launch(folder) {
  const [first, shell] = process.argv.slice(2);
  // Of Node 22: the second start is faster.
  module.enableCompileCache?.();
  const isClone = existsSync(new URL(`${folder}/cli.ts`, root));
  const isCompiled = !isClone || isCompiledSince(newestOf(['simulator', 'driver', 'conformance']));
  if (first === '--version') {
    process.stdout.write(versionLine(isCompiled));
    return;
  }
  if (!isCompiled && !(await canRunSources())) return;
  const part = (name) => import(new URL(isCompiled ? `dist/${folder}/${name}.js` : `${folder}/${name}.ts`, root).href);
  if (first === 'completion') await printCompletion(folder, shell, part);
  else await part('cli');
}

async function canRunSources() {
  const tsx = await import('tsx/esm/api').catch(() => undefined);
  tsx?.register();
  if (tsx !== undefined) return true;
  process.stderr.write(`${fileURLToPath(root)} is neither installed nor compiled: run \`npm ci\` there first.\n`);
  process.exitCode = 1;
  return false;
}

/** The version, and of which commit it was compiled, e.g. `0.1.0 (b3b0660 of 2026-11-30)`. */
function versionLine(isCompiled) {
  const { version } = json('package.json');
  const { commit = null } = isCompiled ? json('dist/build.json') : {};
  if (!isCompiled) return `${version} (from the sources)\n`;
  if (commit === null) return `${version}\n`;
  return `${version} (${commit.id} of ${commit.date.slice(0, 10)}${commit.changed ? ', changed' : ''})\n`;
}

async function printCompletion(folder, shell, part) {
  const { completion } = await import('./completion.js');
  const { completionWords } = await part('completion-words');
  const script = completion(shell, `eseries-${folder}`, completionWords);
  if (script !== undefined) {
    process.stdout.write(script);
    return;
  }
  process.stderr.write(`completion ${shell ?? ''} is not possible: allowed are bash, zsh and fish\n`);
  process.exitCode = 2;
}

function json(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  } catch {
    return {};
  }
}

function isCompiledSince(timeMs) {
  return (statSync(new URL('dist/build.json', root), { throwIfNoEntry: false })?.mtimeMs ?? 0) > timeMs;
}

/** When the last of the sources in these folders was changed: a removed or added file changes its folder. */
function newestOf(folders) {
  let newest = 0;
  const visit = (folder) => {
    newest = Math.max(newest, statSync(folder).mtimeMs);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`);
      else if (entry.name.endsWith('.ts')) newest = Math.max(newest, statSync(`${folder}/${entry.name}`).mtimeMs);
    }
  };
  for (const folder of folders) visit(fileURLToPath(new URL(folder, root)));
  return newest;
}
