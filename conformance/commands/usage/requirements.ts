import type { CommandUsage } from '../command.js';

export const requirementsUsage = {
  summary: 'list what drivers are judged by, and what checks it',
  usage: `eseries-conformance requirements [--json]

Lists every requirement: its id, its level (must or should), the clause, who demands it, and the checks that verify it.

  --json   as JSON
`,
  options: { json: { type: 'boolean' } },
} as const satisfies CommandUsage;
