import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runChild } from '../child-process.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Job {
  readonly kind: string;
  readonly spec: {
    readonly completions?: number;
    readonly completionMode?: string;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly env: readonly { readonly name: string; readonly value: string }[];
        }[];
      };
    };
  };
}

const documents = parseAllDocuments(readFileSync(at('conformance/examples/kubernetes.yaml'), 'utf8'));
const [parts, verdict] = documents.map((each) => each.toJS() as Job).filter(({ kind }) => kind === 'Job');
const folder = mkdtempSync(join(tmpdir(), 'eseries-kubernetes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a job's container as a process, with some of its environment replaced. */
async function run(job: Job | undefined, replaced: Readonly<Record<string, string>>) {
  const [container] = job?.spec.template.spec.containers ?? [];
  const given = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? []);
  const env = { PATH: process.env.PATH ?? '', ...given, SUITE: at('bin/eseries-conformance.js'), ...replaced };
  const [program = '', ...args] = [...(container?.command ?? []), ...(container?.args ?? [])];
  return runChild(program, args, { cwd: folder, env });
}

describe('the jobs of Kubernetes', () => {
  it('have as many parts as pods', () => {
    const shards = parts?.spec.template.spec.containers[0]?.env.find(({ name }) => name === 'SHARDS')?.value;
    expect(parts?.spec).toMatchObject({ completionMode: 'Indexed', completions: Number(shards) });
  });

  it('play their parts as processes beside each other, and merge them to one verdict', async () => {
    const ended = await Promise.all(
      ['0', '1'].map((index) => run(parts, { JOB_COMPLETION_INDEX: index, SHARDS: '2', ONLY: 'driver/*' })),
    );
    // A part alone cannot say everything: 0 or 1 is for the merged report to say.
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(readdirSync(folder).filter((name) => name.startsWith('part-'))).toEqual(['part-0.json', 'part-1.json']);
    expect(await run(verdict, {})).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASSED/m) });
  });

  it('run a part again that could not be run', async () => {
    const ended = await run(parts, { JOB_COMPLETION_INDEX: '0', SHARDS: '2', ONLY: 'no/such-check' });
    expect(ended.code).not.toBe(0);
  });
});
