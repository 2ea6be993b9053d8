import { run } from './foreign-tools.js';

export interface SuiteResult {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly test: string; readonly why: string }[];
  readonly skipped: readonly { readonly test: string; readonly why: string }[];
}

/** Runs libiscsi's test program and reads its -v output: a test that only says [SKIPPED] has not run. */
export async function runTestCu(urls: readonly string[], pattern = 'ALL', limitSeconds = 180): Promise<SuiteResult> {
  const { stdout, code } = await run('iscsi-test-cu', ['-d', '-S', '-v', '-t', pattern, ...urls], limitSeconds);
  const passed: string[] = [];
  const failed: { test: string; why: string }[] = [];
  const skipped: { test: string; why: string }[] = [];
  let suite = '';
  let current: { test: string; lines: string[] } | undefined;
  const flush = () => {
    if (current === undefined) return;
    const text = current.lines.join('\n');
    const skip = /\[SKIPPED\]\s*(.*)/.exec(text);
    if (/^\s*FAILED\s*$/m.test(text)) failed.push({ test: current.test, why: text.trim() });
    else if (skip !== null) skipped.push({ test: current.test, why: skip[1]?.trim() ?? '' });
    else if (/passed/.test(text)) passed.push(current.test);
    else failed.push({ test: current.test, why: `no verdict: ${text.trim()}` });
    current = undefined;
  };
  for (const line of stdout.split('\n')) {
    const [, name] = /^Suite: (.+)$/.exec(line) ?? [];
    const [, test, rest] = /^\s{2}Test: (\S+) \.\.\.(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      flush();
      suite = name.trim();
    } else if (test !== undefined) {
      flush();
      current = { test: `${suite}.${test}`, lines: [rest ?? ''] };
    } else if (/^Run Summary/.test(line)) {
      flush();
    } else {
      current?.lines.push(line);
    }
  }
  flush();
  if (passed.length + failed.length + skipped.length === 0)
    throw new Error(`iscsi-test-cu ended with ${code}: ${stdout.slice(-2000)}`);
  return { passed, failed, skipped };
}
