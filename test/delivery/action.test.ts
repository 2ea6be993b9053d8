import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonReport, runConformance } from '../../conformance/index.js';
import { runChild } from '../child-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const action = join(root, 'conformance', 'action');

interface Step {
  readonly name: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const { inputs, runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as {
  inputs: Readonly<Record<string, { description: string; default: string }>>;
  runs: { using: string; steps: readonly Step[] };
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-action-'));
  // What the step before put on the PATH.
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(root, 'bin', 'eseries-conformance.js'), join(folder, 'bin', 'eseries-conformance'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the step that judges, as the runner does, with some inputs. */
async function judged(given: Readonly<Record<string, string>>) {
  const step = runs.steps.find(({ name }) => name === 'Judge the driver');
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const env: Record<string, string> = {};
  for (const [name, expression] of Object.entries(step?.env ?? {})) {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
    env[name] = given[input] ?? inputs[input]?.default ?? '';
  }
  const ended = await runChild('bash', ['-e', '-c', step?.run ?? 'exit 9'], {
    cwd: folder,
    env: {
      ...env,
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      GITHUB_ACTION_PATH: action,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  return { ...ended, summary: readFileSync(summary, 'utf8') };
}

describe('the action', () => {
  it('is composite; its steps use inputs that there are, and scripts that there are', async () => {
    expect(runs.using).toBe('composite');
    const used = [...readFileSync(join(action, 'action.yml'), 'utf8').matchAll(/inputs\.([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
    for (const { run, shell, uses } of runs.steps) {
      if (uses !== undefined) continue;
      const script = /\$GITHUB_ACTION_PATH\/([\w.]+)/.exec(run ?? '')?.[1] ?? '';
      expect({ shell, isThere: existsSync(join(action, script)) }).toEqual({ shell: 'bash', isThere: true });
      expect(await runChild('bash', ['-n', join(action, script)])).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('passes a driver that holds, with a summary and reports', async () => {
    const { code, stdout, summary } = await judged({ only: 'driver/version', reports: 'reports' });
    expect({ code, annotations: stdout.includes('::error') }).toEqual({ code: 0, annotations: false });
    expect(summary).toContain('## Conformance: PASSED');
    for (const file of ['report.json', 'conformance.xml', 'conformance.html'])
      expect(existsSync(join(folder, 'reports', file))).toBe(true);
  });

  it('fails, and annotates, where a driver cannot be judged', async () => {
    const { code, stdout } = await judged({ only: 'driver/version', subject: 'node -e 0', reports: 'others' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error title=The driver cannot be judged::The driver does not start\. .*%0A/m);
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
