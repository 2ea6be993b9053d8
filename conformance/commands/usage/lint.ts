import type { CommandUsage } from '../command.js';

export const lintUsage = {
  summary: 'check scenario files without playing them',
  usage: `eseries-conformance lint FILES…

Checks format, methods, names, sizes, requirement ids and fault rules. FILES are scenario files or folders of them.
Tells file:line:column of each problem. Exit code 0: none, 1: some, 2: could not run.

  --library   the scenarios of this package
  --json      problems as JSON
`,
  options: { library: { type: 'boolean' }, json: { type: 'boolean' } },
} as const satisfies CommandUsage;
