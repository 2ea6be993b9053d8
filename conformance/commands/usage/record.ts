import type { CommandUsage } from '../command.js';

export const recordUsage = {
  summary: 'turn what a client just did with a running simulator into a scenario to edit',
  usage: `eseries-conformance record --from-journal [options]

  --array URL          the simulator (http://127.0.0.1:8080)
  --system-id ID       only requests for this storage system; the first by default
  --control-token T    what requests to /sim/v1 must show
  --since N            from the journal's entry N on
  --reads              GET requests too
  --name TEXT          the scenario's name
  --output, -o FILE    where to write it; standard output by default
`,
  options: {
    'from-journal': { type: 'boolean' },
    array: { type: 'string', default: 'http://127.0.0.1:8080' },
    'system-id': { type: 'string' },
    'control-token': { type: 'string' },
    since: { type: 'string' },
    reads: { type: 'boolean' },
    name: { type: 'string', default: 'A recorded story' },
    output: { type: 'string', short: 'o' },
  },
} as const satisfies CommandUsage;
