import fc from 'fast-check';
import type { Step } from '../../scenario/format.js';
import { checkEverything, seed } from './arbitraries.js';
import type { Property } from './property.js';

const hosts = ['host-1', 'host-2', 'host-3'] as const;

const event = fc.record({
  do: fc.constantFrom('attach' as const, 'attach' as const, 'detach' as const, 'no host' as const, 'restart' as const),
  volume: fc.nat({ max: 3 }),
  host: fc.constantFrom(...hosts),
});

type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

interface Setting {
  readonly sharing: boolean;
  readonly chap: boolean;
  readonly wire: boolean;
  readonly volumes: number;
}

/** Hosts attach and detach volumes in any order, some of them volumes that others have. */
export const connections: Property = {
  id: 'property/connections',
  title: 'Hosts come and go in any order: each reaches what is attached to it, at its LUN, and nothing else',
  verifies: [
    'B2',
    'B19',
    'B24',
    'B25',
    'B26',
    'B33',
    'B34',
    'Q17',
    'Q18',
    'Q20',
    'Q21',
    'Q22',
    'Q23',
    'Q45',
    'R24',
    'R26',
    'R27',
    'R29',
    'C-initialize-connection-1',
    'C-initialize-connection-2',
    'C-terminate-connection-1',
  ],
  runs: 15,
  scenario: () =>
    fc
      .record({
        seed,
        sharing: fc.boolean(),
        chap: fc.boolean(),
        // Sockets make a story slow: a part of them has to do.
        wire: fc.nat({ max: 3 }).map((number) => number === 3),
        volumes: fc.integer({ min: 1, max: 4 }),
        events: fc.array(event, { minLength: 2, maxLength: 20 }),
      })
      .map(({ seed: arraySeed, events, ...setting }) => ({
        name: 'Hosts come and go in any order',
        why: 'Generated: mappings are the array’s, attachments the database’s, and hosts see only one of them.',
        verifies: [...connections.verifies],
        array: { seed: arraySeed },
        driver: {
          ...(setting.sharing ? { netapp_enable_multiattach: true } : {}),
          ...(setting.chap ? { use_chap_auth: true } : {}),
        },
        steps: stepsOf(events, setting),
      })),
};

function stepsOf(events: readonly Event[], { sharing, wire, volumes }: Setting): Step[] {
  const steps: Step[] = Array.from({ length: volumes }, (_, index) => ({
    call: 'create_volume',
    as: `vol${index + 1}`,
    ...(sharing ? { multiattach: true } : {}),
  }));
  const users = new Map<string, Set<string>>();
  for (const { do: what, volume, host } of events) {
    const of = `vol${(volume % volumes) + 1}`;
    const present = users.get(of) ?? new Set();
    users.set(of, present);
    const isWritten = steps.some((step) => 'io' in step && step.io === 'write' && step.of === of);
    if (what === 'restart') steps.push({ restart: 'driver' });
    // A connector that names no initiator is refused, by the manager or by the driver.
    else if (what === 'no host' && present.size === 0)
      steps.push(
        { call: 'initialize_connection', of, as: `${of}.unattached`, connector: {}, expect: { mayRaise: true } },
        checkEverything,
      );
    else if (what === 'attach' && (present.size === 0 || (sharing && !present.has(host)))) {
      present.add(host);
      steps.push({ call: 'initialize_connection', of, host }, checkEverything);
      if (wire) steps.push({ io: isWritten ? 'read' : 'write', of, host, pattern: of, length: '4 KiB' });
    } else if (what === 'detach') {
      // One that was never there, or is gone, is no error: nothing is to be done.
      const was = present.delete(host);
      steps.push({ call: 'terminate_connection', of, host }, checkEverything);
      if (wire && was && present.size === 0) steps.push({ io: 'refused', of, host });
    }
  }
  return steps;
}
