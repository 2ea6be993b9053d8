import { create } from 'xmlbuilder2';

/** One case of a JUnit report. */
export interface JunitCase {
  readonly name: string;
  readonly file: string;
  readonly verdict: 'pass' | 'fail' | 'error' | 'skipped';
  /** What is wrong, or why it was skipped. */
  readonly message?: string;
  readonly details?: string;
}

const elements = { fail: 'failure', error: 'error', skipped: 'skipped' } as const;

/**
 * A JUnit report (XML), as CI systems read it: cases in suites by file. It tells no times: the same results give the same
 * bytes.
 */
export function junitReport(name: string, cases: readonly JunitCase[]): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' }).ele('testsuites');
  const suite = root.att(counts(name, cases)).ele('testsuite').att(counts(name, cases));
  for (const each of cases) {
    const element = suite.ele('testcase').att({ name: each.name, classname: each.file, file: each.file });
    if (each.verdict === 'pass') continue;
    const outcome = element.ele(elements[each.verdict]).att({ message: each.message ?? '' });
    if (each.details !== undefined) outcome.txt(each.details);
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function counts(name: string, cases: readonly JunitCase[]) {
  const count = (verdict: JunitCase['verdict']) => String(cases.filter((each) => each.verdict === verdict).length);
  return {
    name,
    tests: String(cases.length),
    failures: count('fail'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}
