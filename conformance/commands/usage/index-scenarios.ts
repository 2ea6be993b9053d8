import type { CommandUsage } from '../command.js';

export const indexUsage = {
  summary: 'write the index and the JSON Schema of a folder of scenarios',
  usage: `eseries-conformance index FOLDER [--check]

Writes FOLDER/README.md (what each scenario says and verifies) and FOLDER/scenario.schema.json.
FOLDER/not-shown.yaml, where there is one, says which requirements no scenario shows, and why.

  --check   write nothing; exit code 1 when something would change
`,
  options: { check: { type: 'boolean' } },
} as const satisfies CommandUsage;
