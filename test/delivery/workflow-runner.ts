import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Ended, runChild } from '../child-process.js';

/** A step of a workflow or of a composite action. */
export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const readAction = (file: string) => parse(readFileSync(file, 'utf8')) as CompositeAction;

/** What stands in expressions, e.g. `{ 'inputs.level': 'must' }`. */
type Context = Readonly<Record<string, string>>;

/** Replaces `${{ name }}`. Throws for what is not in the context. */
export function evaluated(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{ *(.*?) *\}\}/g, (_whole, name: string) => {
    const value = context[name];
    if (value === undefined) throw new Error(`the runner of the tests does not know '${name}'`);
    return value;
  });
}

export interface RunOptions {
  /** The workspace: where commands run. */
  readonly folder: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Which job of the matrix. */
  readonly jobIndex?: number;
  /** Where uploaded artifacts go: a folder for each, by its name. */
  readonly artifacts: string;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
}

/**
 * Runs the steps of a composite action as GitHub's runner does: `run` by bash with the step's environment, what a step adds to the
 * PATH, the summary, `if: always()` after a failure, and `actions/upload-artifact` as copies.
 */
export async function runComposite(file: string, options: RunOptions): Promise<RunResult> {
  const { folder, jobIndex = 0 } = options;
  const action = readAction(file);
  const names = ['GITHUB_PATH', 'GITHUB_STEP_SUMMARY', 'RUNNER_TEMP'] as const;
  const [added, summary, temporary] = names.map((name) => join(folder, `.runner-${name}`)) as [string, string, string];
  for (const each of [added, summary]) writeFileSync(each, '');
  mkdirSync(temporary, { recursive: true });
  const context: Record<string, string> = { 'strategy.job-index': String(jobIndex) };
  for (const [name, { default: value }] of Object.entries(action.inputs))
    context[`inputs.${name}`] = options.inputs?.[name] ?? value;
  const result = { code: 0, stdout: '', stderr: '' };
  for (const step of action.runs.steps) {
    if (result.code !== 0 && step.if !== 'always()') continue;
    if (step.run === undefined) {
      upload(step, context, options);
      continue;
    }
    const env: Record<string, string> = {
      PATH: [...readFileSync(added, 'utf8').split('\n').filter(Boolean).reverse(), process.env.PATH ?? ''].join(':'),
      HOME: process.env.HOME ?? '',
      GITHUB_ACTION_PATH: dirname(file),
      GITHUB_PATH: added,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temporary,
    };
    for (const [name, text] of Object.entries(step.env ?? {})) env[name] = evaluated(text, context);
    const ended: Ended = await runChild('bash', ['-eo', 'pipefail', '-c', evaluated(step.run, context)], {
      cwd: folder,
      env,
    });
    result.stdout += ended.stdout;
    result.stderr += ended.stderr;
    if (result.code === 0) result.code = ended.code ?? 1;
  }
  return { ...result, summary: readFileSync(summary, 'utf8') };
}

/** Copies what is uploaded; paths that are not there are left out, as the real action does. */
function upload({ uses = '', with: given = {} }: Step, context: Context, { folder, artifacts }: RunOptions): void {
  if (!uses.startsWith('actions/upload-artifact@')) throw new Error(`the runner of the tests has no '${uses}'`);
  const target = join(artifacts, evaluated(String(given.name), context));
  if (existsSync(target)) throw new Error(`there is an artifact '${target}' already`);
  mkdirSync(target, { recursive: true });
  for (const path of evaluated(String(given.path), context).trim().split('\n'))
    if (existsSync(join(folder, path))) cpSync(join(folder, path), join(target, path), { recursive: true });
  appendFileSync(join(target, '.uploaded'), '');
}
