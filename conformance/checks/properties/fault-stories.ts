import type { CallStep, Step } from '../../scenario/format.js';

/** A method, what has to be there for it, and what a user does after it whether it succeeded or failed. */
export interface FaultStory {
  readonly before: readonly Step[];
  readonly call: CallStep;
  /** Everything is in order at the end; records that may be gone are dealt with `ifThere`. */
  readonly after: readonly Step[];
  readonly driver?: Readonly<Record<string, unknown>>;
  /** Optional methods. */
  readonly needs?: readonly string[];
}

const checkEverything: Step = { check: 'all' };
const volume: Step = { call: 'create_volume', as: 'vol' };
const sharing = { netapp_enable_multiattach: true };

function snapshots(...names: string[]): Step[] {
  return names.map((as) => ({ call: 'create_snapshot', of: 'vol', as }));
}

function dropped(...names: string[]): Step[] {
  return names.map((of) => ({ call: 'delete_snapshot', of, ifThere: true, expect: { status: 'gone' } }));
}

function goes(...names: string[]): Step[] {
  return names.map((of) => ({ call: 'delete_volume', of, ifThere: true, expect: { status: 'gone' } }));
}

const group: readonly Step[] = [
  { call: 'create_group', as: 'group' },
  { call: 'create_volume', as: 'a', group: 'group' },
  { call: 'create_volume', as: 'b', group: 'group' },
];
const groupGoes: readonly Step[] = [
  { call: 'delete_group', of: 'group', ifThere: true, expect: { status: 'gone', statuses: { a: 'gone', b: 'gone' } } },
];

function groupSnapshots(...names: string[]): Step[] {
  return names.map((as) => ({ call: 'create_group_snapshot', of: 'group', as }));
}

function groupSnapshotsGo(...names: string[]): Step[] {
  return names.map((of) => ({ call: 'delete_group_snapshot', of, ifThere: true, expect: { status: 'gone' } }));
}

/** Every documented method that changes something. */
export const faultStories: readonly FaultStory[] = [
  {
    before: [],
    call: { call: 'create_volume', as: 'vol', size: 2 },
    after: [checkEverything, ...goes('vol'), volume, checkEverything],
  },
  {
    before: [],
    call: { call: 'create_volume', as: 'vol', type: { netapp_thin_provisioned: 'true' } },
    after: [checkEverything, ...goes('vol'), checkEverything],
  },
  {
    before: [volume, ...snapshots('s1', 's2')],
    call: { call: 'create_volume_from_snapshot', from: 's1', as: 'copy', size: 2 },
    after: [
      checkEverything,
      ...goes('copy'),
      { call: 'create_volume_from_snapshot', from: 's1', as: 'again' },
      checkEverything,
    ],
  },
  {
    before: [volume, ...snapshots('s1')],
    call: { call: 'create_cloned_volume', from: 'vol', as: 'copy' },
    after: [
      checkEverything,
      ...goes('copy'),
      { call: 'create_cloned_volume', from: 'vol', as: 'again' },
      checkEverything,
    ],
  },
  {
    before: [volume, ...snapshots('s1', 's2'), ...dropped('s2', 's1')],
    call: { call: 'delete_volume', of: 'vol' },
    after: [...goes('vol'), checkEverything],
  },
  {
    before: [volume, ...snapshots('s1', 's2', 's3')],
    call: { call: 'delete_volume', of: 'vol', cascade: true },
    after: [
      { call: 'delete_volume', of: 'vol', cascade: true, ifThere: true, expect: { status: 'gone' } },
      checkEverything,
    ],
  },
  {
    before: [{ call: 'create_volume', as: 'vol', pool: 'SSD_R6' }],
    call: { call: 'extend_volume', of: 'vol', size: 3 },
    after: goes('vol'),
  },
  {
    before: [volume, ...snapshots('s1')],
    call: { call: 'create_snapshot', of: 'vol', as: 's2' },
    after: [
      checkEverything,
      ...dropped('s2'),
      ...snapshots('s3'),
      ...dropped('s1', 's3'),
      checkEverything,
      ...goes('vol'),
    ],
  },
  {
    before: [volume],
    call: { call: 'create_snapshot', of: 'vol', as: 's1' },
    after: [checkEverything, ...dropped('s1'), ...snapshots('s2'), ...dropped('s2'), checkEverything, ...goes('vol')],
  },
  {
    before: [volume, ...snapshots('s1', 's2', 's3', 's4'), ...dropped('s2')],
    call: { call: 'delete_snapshot', of: 's1' },
    after: [...dropped('s1'), ...snapshots('s5'), ...dropped('s5', 's4', 's3'), checkEverything, ...goes('vol')],
  },
  {
    before: [volume, ...snapshots('s1', 's2', 's3')],
    call: { call: 'delete_snapshot', of: 's2' },
    after: [{ restart: 'driver' }, ...dropped('s2', 's1', 's3'), checkEverything, ...goes('vol')],
  },
  {
    before: [volume, ...snapshots('s1')],
    call: { call: 'revert_to_snapshot', of: 's1' },
    after: [{ call: 'delete_volume', of: 'vol', cascade: true, expect: { status: 'gone' } }, checkEverything],
    needs: ['revert_to_snapshot'],
  },
  {
    before: [volume],
    call: { call: 'initialize_connection', of: 'vol', host: 'host-1' },
    after: [
      checkEverything,
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      { call: 'initialize_connection', of: 'vol', host: 'host-2', as: 'again' },
      checkEverything,
    ],
    driver: { use_chap_auth: true },
  },
  {
    before: [
      { call: 'create_volume', as: 'vol', multiattach: true },
      { call: 'initialize_connection', of: 'vol', host: 'host-1' },
    ],
    call: { call: 'initialize_connection', of: 'vol', host: 'host-2' },
    after: [
      checkEverything,
      { call: 'terminate_connection', of: 'vol', host: 'host-2' },
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      checkEverything,
    ],
    driver: sharing,
  },
  {
    before: [volume, { call: 'initialize_connection', of: 'vol' }],
    call: { call: 'terminate_connection', of: 'vol' },
    after: [{ call: 'terminate_connection', of: 'vol' }, checkEverything, ...goes('vol')],
  },
  {
    before: [
      { call: 'create_volume', as: 'vol', multiattach: true },
      { call: 'initialize_connection', of: 'vol', host: 'host-1' },
      { call: 'initialize_connection', of: 'vol', host: 'host-2' },
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
    ],
    call: { call: 'terminate_connection', of: 'vol', host: 'host-2' },
    after: [{ call: 'terminate_connection', of: 'vol', host: 'host-2' }, checkEverything, ...goes('vol')],
    driver: sharing,
  },
  {
    before: [],
    call: { call: 'create_group', as: 'group' },
    after: [
      checkEverything,
      { call: 'delete_group', of: 'group', ifThere: true, expect: { status: 'gone' } },
      { call: 'create_group', as: 'again' },
      { call: 'create_volume', as: 'member', group: 'again' },
      checkEverything,
    ],
  },
  {
    before: [{ call: 'create_group', as: 'group' }],
    call: { call: 'create_volume', as: 'a', group: 'group' },
    after: [checkEverything, { call: 'delete_group', of: 'group', expect: { status: 'gone' } }, checkEverything],
  },
  { before: group, call: { call: 'delete_group', of: 'group' }, after: [...groupGoes, checkEverything] },
  {
    before: [...group, volume],
    call: { call: 'update_group', of: 'group', add: ['vol'], remove: ['a'] },
    after: [],
  },
  {
    before: [...group, ...groupSnapshots('g1')],
    call: { call: 'create_group_snapshot', of: 'group', as: 'g2' },
    after: [
      checkEverything,
      ...groupSnapshotsGo('g2'),
      ...groupSnapshots('g3'),
      ...groupSnapshotsGo('g1', 'g3'),
      checkEverything,
      ...groupGoes,
    ],
  },
  {
    before: [...group, ...groupSnapshots('g1', 'g2', 'g3'), ...groupSnapshotsGo('g2')],
    call: { call: 'delete_group_snapshot', of: 'g1' },
    after: [...groupSnapshotsGo('g1', 'g3'), checkEverything, ...groupGoes, checkEverything],
  },
  {
    before: [...group, ...groupSnapshots('g1')],
    call: { call: 'create_group_from_src', from: 'g1', as: 'copy', names: ['c', 'd'] },
    after: [
      checkEverything,
      { call: 'delete_group', of: 'copy', ifThere: true, expect: { status: 'gone' } },
      { call: 'create_group_from_src', from: 'g1', as: 'again', names: ['e', 'f'] },
      checkEverything,
    ],
  },
  {
    before: group,
    call: { call: 'create_group_from_src', from: 'group', as: 'copy', names: ['c', 'd'] },
    after: [
      checkEverything,
      { call: 'delete_group', of: 'copy', ifThere: true, expect: { status: 'gone' } },
      checkEverything,
      ...groupGoes,
    ],
  },
  {
    before: [volume, { call: 'create_volume', as: 'dest' }],
    call: { call: 'update_migrated_volume', of: 'vol', to: 'dest' },
    after: [...goes('dest')],
    needs: ['update_migrated_volume'],
  },
  {
    before: [volume],
    // A driver may say that it cannot: Cinder then moves the volume, which needs a policy that allows it.
    call: { call: 'retype', of: 'vol', type: { 'netapp:write_cache': 'false' }, expect: { mayRaise: true } },
    after: [checkEverything, ...goes('vol')],
    needs: ['retype'],
  },
  // What is looked at before is known: to look it up during the call would meet the fault instead of the driver.
  { before: [volume, checkEverything], call: { call: 'unmanage', of: 'vol' }, after: [checkEverything] },
  { before: [volume], call: { call: 'get_volume_stats', refresh: true }, after: [checkEverything] },
];
