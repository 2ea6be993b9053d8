import fc from 'fast-check';
import type { Step } from '../../scenario/format.js';
import { checkEverything, seed } from './arbitraries.js';
import type { Property } from './property.js';

/** Something goes wrong with the n-th of the members. */
const fault = fc.record({
  member: fc.nat({ max: 4 }),
  what: fc.constantFrom(
    { do: 'fail', status: 422, retcode: 'error', errorMessage: 'refused on purpose' },
    { do: 'fail', status: 500, retcode: 'error', errorMessage: 'refused on purpose' },
    { do: 'lose-reply' },
    { do: 'reset' },
    { do: 'fail-after', status: 500, retcode: 'error', errorMessage: 'done, and yet refused' },
  ),
});

const snapshotting = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  /** In which order they go again: each number chooses among those that are there. */
  order: fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }),
  restarts: fc.boolean(),
  copied: fc.constantFrom('no' as const, 'snapshot' as const, 'group' as const),
});

/** Requests that are about one member each. */
const deletions = ['DELETE volumes/*', 'DELETE thin-volumes/*', 'DELETE ssc/volumes/*'];
const copies = ['POST volume-copy-jobs'];

/** Groups of none to five members: made, snapshotted, copied, and deleted although one member can't be. */
export const groups: Property = {
  id: 'property/groups',
  title: 'Groups of any number of members: what is told of each member is what became of it, and repeating ends it',
  verifies: [
    'R33',
    'R34',
    'R35',
    'R36',
    'R38',
    'R39',
    'R40',
    'R41',
    'R42',
    'R43',
    'R45',
    'R46',
    'R49',
    'R51',
    'R52',
    'R53',
    'R55',
    'R56',
    'R57',
    'R59',
    'R60',
    'Q4',
    'Q6',
    'Q31',
    'Q37',
    'Q49',
    'B1',
    'C-delete-group-1',
    'C-delete-group-7',
    'C-delete-group-8',
    'C-delete-group-9',
    'C-delete-group-15',
  ],
  runs: 20,
  scenario: () =>
    fc
      .record({
        seed,
        surface: fc.constantFrom('generic' as const, 'consistency' as const),
        members: fc.nat({ max: 5 }),
        snapshots: fc.option(snapshotting, { nil: undefined }),
        copyFault: fc.option(fault, { nil: undefined }),
        deleteFault: fc.option(fault, { nil: undefined }),
      })
      .map((example) => ({
        name: `A group of ${example.members}`,
        why: 'Generated: groups fail by halves, and each half has to be told.',
        verifies: [...groups.verifies],
        array: { seed: example.seed },
        ...(example.surface === 'generic' ? {} : { surface: example.surface }),
        steps: stepsOf(example),
        expect: { array: { 'consistency-groups': 0, 'snapshot-images': 0, volumes: 1 } },
      })),
};

interface Example {
  readonly members: number;
  readonly snapshots?: Snapshotting | undefined;
  readonly copyFault?: FaultChoice | undefined;
  readonly deleteFault?: FaultChoice | undefined;
}

type FaultChoice = typeof fault extends fc.Arbitrary<infer Value> ? Value : never;
type Snapshotting = typeof snapshotting extends fc.Arbitrary<infer Value> ? Value : never;

function stepsOf({ members, snapshots, copyFault, deleteFault }: Example): Step[] {
  const names = Array.from({ length: members }, (_, index) => `vol${index + 1}`);
  return [
    { call: 'create_volume', as: 'bystander' },
    { call: 'create_group', as: 'group', expect: { status: 'available' } },
    // Half of them are made in the group, the others join it.
    ...names.map(
      (as, index): Step => ({
        call: 'create_volume',
        as,
        size: 1 + (index % 2),
        ...(index % 2 === 0 ? { group: 'group' } : {}),
      }),
    ),
    { call: 'update_group', of: 'group', add: names.filter((_, index) => index % 2 === 1), remove: [] },
    checkEverything,
    ...(snapshots === undefined || members === 0 ? [] : snapshotSteps(snapshots, names, copyFault)),
    ...deleted('group', names, deleteFault),
  ];
}

function snapshotSteps(
  { count, order, restarts, copied }: Snapshotting,
  names: readonly string[],
  wrong: FaultChoice | undefined,
): Step[] {
  const taken = Array.from({ length: count }, (_, index) => `gs${index + 1}`);
  const steps: Step[] = taken.map((as) => ({
    call: 'create_group_snapshot',
    of: 'group',
    as,
    expect: { status: 'available' },
  }));
  if (copied !== 'no') {
    const copies_ = names.map((name) => `${name}.copy`);
    const call = { call: 'create_group_from_src', from: copied === 'group' ? 'group' : 'gs1', as: 'copy' } as const;
    const made: Step = { ...call, names: copies_, ...(wrong === undefined ? {} : { expect: { mayRaise: true } }) };
    steps.push(
      ...during(made, wrong, copies),
      checkEverything,
      { call: 'delete_group', of: 'copy', expect: { status: 'gone' } },
      checkEverything,
    );
  }
  if (restarts) steps.push({ restart: 'driver' });
  for (const number of order) {
    const [of] = taken.splice(number % Math.max(1, taken.length), 1);
    if (of !== undefined)
      steps.push({ call: 'delete_group_snapshot', of, expect: { status: 'gone' } }, checkEverything);
  }
  return steps;
}

/** A group that is deleted, once more where something went wrong the first time. */
function deleted(of: string, names: readonly string[], wrong: FaultChoice | undefined): Step[] {
  const statuses = Object.fromEntries(names.map((name) => [name, 'gone']));
  const last: Step = { call: 'delete_group', of, ifThere: true, expect: { status: 'gone', statuses } };
  if (wrong === undefined) return [last];
  return [...during({ call: 'delete_group', of, expect: { mayRaise: true } }, wrong, deletions), checkEverything, last];
}

function during(step: Step, wrong: FaultChoice | undefined, request: readonly string[]): Step[] {
  if (wrong === undefined) return [step];
  const { member, what } = wrong;
  const fault = { when: { request: [...request] }, what: { ...what }, ...(member === 0 ? {} : { skip: member }) };
  return [{ fault, as: 'fault', unfired: true }, step, { clear: 'all' }];
}
