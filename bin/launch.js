import { existsSync, readdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

/**
 * Runs a command of this package. An installed package has the compiled files only. In a clone they are used as long as
 * they are newer than every source; otherwise the sources run as they are, through tsx, which starts more slowly.
 */
export async function launch(command) {
  // Of Node 22: the second start is faster.
  module.enableCompileCache?.();
  const compiled = new URL(`dist/${command}.js`, root);
  const source = new URL(`${command}.ts`, root);
  const isClone = existsSync(source);
  if (!isClone || isCompiledSince(newestOf(['simulator', 'driver', 'conformance']))) {
    await import(compiled.href);
    return;
  }
  const tsx = await import('tsx/esm/api').catch(() => undefined);
  if (tsx === undefined) {
    process.stderr.write(`${fileURLToPath(root)} is neither installed nor compiled: run \`npm ci\` there first.\n`);
    process.exitCode = 1;
    return;
  }
  tsx.register();
  await import(source.href);
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
