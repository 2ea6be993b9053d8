import { type StdioOptions, stdioSubject } from '../../../conformance/subjects/stdio-subject.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';

/** How long a test waits for any one answer of a program, and for its end: less than a test may take. */
const patience = (): AbortSignal => AbortSignal.timeout(100_000);

/** A driver in a program of its own, which is not waited for without end. The program ends with the process of the test. */
export function programSubject(commandLine: string | readonly string[], options: StdioOptions = {}): SubjectFactory {
  return stdioSubject(commandLine, { patience, ...options });
}
