/**
 * Bundles the sources into `dist`: one file for each part that is loaded for itself, with what they share in `dist/chunks`.
 * A command then opens a few files where it would open several hundred, which takes most of its start-up.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';

/** What is loaded by its path: commands, the entries of package.json, and what one folder loads of another. */
const parts = [
  'simulator/cli',
  'simulator/completion-words',
  'simulator/index',
  'simulator/vitest',
  'driver/cli',
  'driver/completion-words',
  'driver/index',
  'driver/subject',
  'conformance/cli',
  'conformance/completion-words',
  'conformance/index',
];

/** What test/bench measures of them without the rest; the package goes without. */
const measured = {
  'bench/storage-array': 'simulator/array/storage-array.ts',
  'bench/read-scenario': 'conformance/scenario/read-scenario.ts',
  'bench/run-scenario': 'conformance/scenario/run-scenario.ts',
  'bench/subject-of': 'conformance/subjects/subject-of.ts',
  'bench/model-checks': 'conformance/checks/model/index.ts',
  'bench/run-checks': 'conformance/checks/run-checks.ts',
};

/** Packages of so many files that they are bundled too. */
const bundled = ['typebox'];

/** A bundled module finds its neighbours where it would be if it were compiled for itself. */
function ownPlace(root) {
  return {
    name: 'own-place',
    transform: {
      filter: { code: /import\.meta\.url/ },
      handler(code, id) {
        const place = relative(root, id).replaceAll('\\', '/').replace(/\.ts$/, '.js');
        // Every file of dist with code is one folder down.
        return code.replaceAll('import.meta.url', `new URL("../${place}", import.meta.url).href`);
      },
    },
  };
}

/** Throws where a bundled file imports a package that users do not get: helpers of the bundler are such. */
function refuseUndeclared(root, output) {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const declared = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
  for (const { fileName, imports = [], dynamicImports = [] } of output)
    for (const id of [...imports, ...dynamicImports].filter((each) => /^[a-z@]/.test(each) && !isBuiltin(each))) {
      const name = id.split('/', id.startsWith('@') ? 2 : 1).join('/');
      const isChunk = output.some((each) => each.fileName === id);
      if (!isChunk && !declared.has(name))
        throw new Error(`dist/${fileName} imports ${id}, which package.json does not name`);
    }
}

/** Writes dist/*.js. Throws with the compiler's message where a source cannot be read or resolved. */
export async function bundle(root) {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    cwd: root,
    input: { ...Object.fromEntries(parts.map((part) => [part, `${part}.ts`])), ...measured },
    platform: 'node',
    tsconfig: false,
    external: (id) => /^[\w@]/.test(id) && !bundled.includes(id.split('/')[0]),
    plugins: [ownPlace(root)],
    logLevel: 'warn',
  });
  const { output } = await build.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await build.close();
  refuseUndeclared(root, output);
  writeFileSync(
    join(root, 'dist', 'licenses.txt'),
    bundled.map((name) => `${name}\n\n${readFileSync(join(root, 'node_modules', name, 'license'), 'utf8')}`).join('\n'),
  );
}
