/**
 * Checks what would be published: the entries by publint and attw, the names in the package against what is needed, the size,
 * and the licenses of what it depends on. Ends with 1 and the reason for what is not as it should be.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const largestBytes = 1_500_000;

/** What may be in the package. */
const allowed =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/[\w-]+\.js|dist\/build\.json|dist\/licenses\.txt|dist\/chunks\/[\w-]+\.js|dist\/(simulator|driver|conformance)\/.*\.(js|d\.ts)|dist\/dashboard\/(index\.html|assets\/[\w-]+\.(js|css))|scenarios\/.*\.(yaml|md|json|trace)|conformance\/(PROTOCOL\.md|(subjects\/)?README\.md|report\.schema\.json|subjects\/protocol\.schema\.json|(subjects\/python|examples|clients|action)\/.*\.(py|md|yml|yaml|ts|js|go|toml|mod|sh)))$/;

/** Licenses that a package under Apache-2.0 may depend on. */
const licenses = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Python-2.0'];

const run = (command, ...args) =>
  execFileSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The first few, and how many more there are. */
function listed(names) {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

function checkContent(folder) {
  const [packed] = JSON.parse(run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  const { filename, size, unpackedSize, files } = packed;
  process.stdout.write(`${filename}: ${size} bytes, ${unpackedSize} in ${files.length} files\n`);
  const strays = files.map(({ path }) => path).filter((path) => !allowed.test(path));
  if (strays.length > 0) throw new Error(`not needed in the package: ${listed(strays)}`);
  if (size > largestBytes) throw new Error(`the package has ${size} bytes: allowed are ${largestBytes}`);
  return join(folder, filename);
}

/** The packages that users install, from the lock file. */
function dependencies() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, peer }]) => path !== '' && !dev && !peer)
    .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }));
}

function checkLicenses() {
  const found = dependencies();
  const others = found.filter(
    ({ license }) =>
      !licenses.some((each) =>
        String(license)
          .split(/[() ]+/)
          .includes(each),
      ),
  );
  if (others.length > 0)
    throw new Error(`licenses to look at: ${others.map(({ name, license }) => `${name} (${license})`).join(', ')}`);
  process.stdout.write(`${found.length} packages that users install, all under ${licenses.join(', ')}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'eseries-package-'));
try {
  checkLicenses();
  const file = checkContent(folder);
  process.stdout.write(run('npx', '--no-install', 'publint', 'run', file, '--strict'));
  process.stdout.write(
    run('npx', '--no-install', 'attw', file, '--profile', 'esm-only', '--exclude-entrypoints', 'report.schema.json'),
  );
} catch (error) {
  process.stderr.write(`${error.stdout ?? ''}${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
