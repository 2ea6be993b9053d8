import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonReport, runConformance } from '../../conformance/index.js';
import { runChild } from '../child-process.js';
import { evaluated, readAction, runComposite, type Step } from './workflow-runner.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const action = join(root, 'conformance', 'action');
const file = join(action, 'action.yml');
const { inputs, runs } = readAction(file);
const program = join(root, 'bin', 'eseries-conformance.js');

let folder: string;
let artifacts: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-action-'));
  artifacts = join(folder, 'artifacts');
  // What the action installs: it hands over to the commands of this clone.
  mkdirSync(join(folder, 'suite'));
  const bin = { 'eseries-conformance': 'suite.js' };
  writeFileSync(join(folder, 'suite', 'package.json'), JSON.stringify({ name: 'suite', version: '1.0.0', bin }));
  writeFileSync(
    join(folder, 'suite', 'suite.js'),
    `#!/usr/bin/env node\nprocess.argv[1] = ${JSON.stringify(program)};\nawait import(process.argv[1]);\n`,
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs all steps of the action in a workspace of its own. */
function judged(given: Readonly<Record<string, string>>, jobIndex = 0) {
  const workspace = join(folder, `job-${jobIndex}`);
  mkdirSync(workspace);
  return runComposite(file, {
    folder: workspace,
    artifacts,
    jobIndex,
    inputs: { version: join(folder, 'suite'), ...given },
  });
}

describe('the action', () => {
  it('is composite; its steps use all inputs that there are, and scripts that there are', async () => {
    expect(runs.using).toBe('composite');
    const used = [...readFileSync(file, 'utf8').matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
    for (const { run, shell, uses } of runs.steps) {
      if (uses !== undefined) continue;
      const script = /\$GITHUB_ACTION_PATH\/([\w.]+)/.exec(run ?? '')?.[1] ?? '';
      expect({ shell, isThere: existsSync(join(action, script)) }).toEqual({ shell: 'bash', isThere: true });
    }
  });

  it('installs the suite, passes a driver that holds, and uploads its reports', async () => {
    const { code, stdout, summary } = await judged({ only: 'driver/version', reports: 'reports' });
    expect({ code, annotations: stdout.includes('::error') }).toEqual({ code: 0, annotations: false });
    expect(summary).toContain('## Conformance: PASSED');
    for (const name of ['report.json', 'conformance.xml', 'conformance.html'])
      expect(existsSync(join(artifacts, 'conformance-0', 'reports', name))).toBe(true);
  });

  it('fails, and annotates, where a driver cannot be judged, and uploads all the same', async () => {
    const { code, stdout } = await judged({ only: 'driver/version', subject: 'node -e 0' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error title=The driver cannot be judged::The driver does not start\. .*%0A/m);
    expect(existsSync(join(artifacts, 'conformance-0', '.uploaded'))).toBe(true);
  });

  it('judges nothing where the suite cannot be installed', async () => {
    const { code, stdout } = await judged({ version: './no-such-file.tgz' });
    expect(code).not.toBe(0);
    expect(stdout).not.toContain('requirements');
  });

  it('annotates each requirement that does not hold with what was found and how to see it again', async () => {
    const subject = `module:${fileURLToPath(new URL('../conformance/commands/forgetful-driver.ts', import.meta.url))}`;
    const report = await runConformance({ subject, only: ['driver/version'] });
    const broken = report.requirements.filter(({ counts, outcome }) => counts && outcome === 'fail');
    expect(broken.length).toBeGreaterThan(0);
    writeFileSync(join(folder, 'failed.json'), jsonReport(report));
    const { stdout } = await runChild(process.execPath, [join(action, 'annotate.js'), join(folder, 'failed.json')]);
    const titles = [...stdout.matchAll(/^::error title=(\S+) does not hold::/gm)].map(([, id]) => id);
    expect(titles).toEqual(broken.map(({ id }) => id));
  });
});

describe('the workflow of the examples', () => {
  interface Job {
    readonly strategy?: { readonly matrix: { readonly part: readonly number[] } };
    readonly steps: readonly Step[];
  }
  const { jobs } = parse(readFileSync(join(root, 'conformance', 'examples', 'gate.yml'), 'utf8')) as {
    jobs: Readonly<Record<'judge' | 'verdict', Job>>;
  };

  it('judges in parts by the action, and merges what they uploaded to one verdict', async () => {
    const step = jobs.judge.steps.find(({ uses }) => uses?.includes('/conformance/action@'));
    const given = Object.entries(step?.with ?? {}) as [string, string][];
    for (const [index, part] of (jobs.judge.strategy?.matrix.part ?? []).entries()) {
      const inputs = given.map(([name, text]) => [name, evaluated(text, { 'matrix.part': String(part) })]);
      const { code } = await judged({ ...Object.fromEntries(inputs), only: 'driver/*' }, index);
      expect(code).toBe(0);
    }
    const verdict = join(folder, 'verdict');
    mkdirSync(join(verdict, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(program, join(verdict, 'node_modules', '.bin', 'eseries-conformance'));
    symlinkSync(artifacts, join(verdict, 'parts'));
    const merge = jobs.verdict.steps.find(({ name }) => name === 'Merge the parts')?.run ?? 'exit 9';
    const env = { ...process.env, GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    const { code, stdout } = await runChild('bash', ['-e', '-c', merge], { cwd: verdict, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^PASSED/m) });
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('## Conformance: PASSED');
  });
});
