import type { Failure } from './play.js';
import type { ScenarioReport } from './scenario-report.js';

/**
 * Where a story went otherwise than its trace says; undefined when it went the same way, or was played with another seed
 * or driver than the trace.
 */
export function firstDifference(golden: string, { trace }: Pick<ScenarioReport, 'trace'>): Failure | undefined {
  const expected = golden.split('\n');
  const found = trace.split('\n');
  if (expected[0] !== found[0]) return undefined;
  const line = expected.findIndex((each, index) => each !== found[index]);
  if (line < 0 && expected.length === found.length) return undefined;
  const at = line < 0 ? expected.length : line;
  return { message: `the trace differs from line ${at + 1} on`, expected: expected[at], found: found[at] ?? 'nothing' };
}
