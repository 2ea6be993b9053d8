/**
 * `node build/check-release.js v0.2.0`: the tag, package.json and the first section of the changelog name one version. Writes
 * that section to dist/release-notes.md. Ends with 1 where they differ, or where the section is still called unreleased.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const [, , tag = ''] = process.argv;
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const [, heading = '', notes = ''] =
  /^## (.*)\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readFileSync(at('CHANGELOG.md'), 'utf8')) ?? [];
const [named] = heading.split(' ');

if (tag !== `v${version}` || named !== version || /unreleased/.test(heading)) {
  process.stderr.write(
    `The tag is '${tag}', package.json says ${version}, the changelog '${heading}': all three have to name the version.\n`,
  );
  process.exitCode = 1;
} else {
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(at('dist/release-notes.md'), notes.trim());
}
