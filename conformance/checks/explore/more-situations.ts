import type { Step } from '../../scenario/format.js';
import type { FaultStory } from '../properties/fault-stories.js';

const checkEverything: Step = { check: 'all' };
const volume: Step = { call: 'create_volume', as: 'vol' };
const attached: Step = { call: 'initialize_connection', of: 'vol', host: 'host-1' };

const snapshots = (...names: string[]): Step[] => names.map((as) => ({ call: 'create_snapshot', of: 'vol', as }));

const dropped = (...names: string[]): Step[] =>
  names.map((of) => ({ call: 'delete_snapshot', of, ifThere: true, expect: { status: 'gone' } }));

const goes = (...names: string[]): Step[] =>
  names.map((of) => ({ call: 'delete_volume', of, ifThere: true, expect: { status: 'gone' } }));

/** Copies that are under way when the call looks at them. */
const slowCopies: Step = { jobs: { volumeCopy: 'polls:2' } };

const group: readonly Step[] = [
  { call: 'create_group', as: 'group' },
  { call: 'create_volume', as: 'a', group: 'group' },
  { call: 'create_volume', as: 'b', group: 'group' },
];
const groupGoes: Step = { call: 'delete_group', of: 'group', ifThere: true, expect: { status: 'gone' } };

/** Starting, taking over and giving up; work that is under way; objects that others use too. */
export const moreSituations: readonly FaultStory[] = [
  {
    before: [],
    call: { call: 'do_setup' },
    after: [{ restart: 'driver' }, volume, checkEverything, ...goes('vol')],
  },
  {
    before: [volume, ...snapshots('s1'), attached],
    call: { call: 'do_setup' },
    after: [
      { restart: 'driver' },
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      ...dropped('s1'),
      checkEverything,
      ...goes('vol'),
    ],
  },
  {
    before: [slowCopies, volume, ...snapshots('s1')],
    call: { call: 'create_volume_from_snapshot', from: 's1', as: 'copy' },
    after: [checkEverything, ...goes('copy'), ...dropped('s1'), checkEverything, ...goes('vol')],
  },
  {
    before: [slowCopies, volume],
    call: { call: 'create_cloned_volume', from: 'vol', as: 'copy', size: 2 },
    after: [checkEverything, ...goes('copy'), ...snapshots('s1'), ...dropped('s1'), checkEverything, ...goes('vol')],
  },
  {
    before: [volume, { call: 'create_cloned_volume', from: 'vol', as: 'copy' }],
    call: { call: 'delete_volume', of: 'vol' },
    after: [...goes('vol'), checkEverything, ...goes('copy')],
  },
  {
    before: [{ call: 'create_volume', as: 'vol', type: { netapp_thin_provisioned: 'true' } }],
    call: { call: 'delete_volume', of: 'vol' },
    after: [...goes('vol'), checkEverything],
  },
  {
    before: [{ call: 'create_volume', as: 'vol', type: { netapp_thin_provisioned: 'true' } }],
    call: { call: 'extend_volume', of: 'vol', size: 3 },
    after: [...goes('vol'), checkEverything],
  },
  {
    before: [volume, ...snapshots('s1'), attached],
    call: { call: 'extend_volume', of: 'vol', size: 3 },
    after: [
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      ...dropped('s1'),
      ...goes('vol'),
      checkEverything,
    ],
  },
  {
    before: [...group],
    call: { call: 'create_snapshot', of: 'a', as: 's1' },
    after: [checkEverything, ...dropped('s1'), checkEverything, groupGoes],
  },
  {
    before: [volume, ...snapshots('s1')],
    call: { call: 'delete_snapshot', of: 's1' },
    after: [...dropped('s1'), checkEverything, ...snapshots('s2'), ...dropped('s2'), checkEverything, ...goes('vol')],
  },
  {
    before: [volume, ...snapshots('s1'), { call: 'create_volume_from_snapshot', from: 's1', as: 'copy' }],
    call: { call: 'delete_snapshot', of: 's1' },
    after: [...dropped('s1'), checkEverything, ...goes('vol', 'copy')],
  },
  {
    before: [volume, attached],
    call: { call: 'initialize_connection', of: 'vol', host: 'host-1', as: 'twice' },
    after: [checkEverything, { call: 'terminate_connection', of: 'vol', host: 'host-1' }],
  },
  {
    before: [volume, attached, { call: 'create_volume', as: 'other' }],
    call: { call: 'initialize_connection', of: 'other', host: 'host-1' },
    after: [
      checkEverything,
      { call: 'terminate_connection', of: 'other', host: 'host-1' },
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      checkEverything,
      ...goes('vol', 'other'),
    ],
  },
  {
    before: [
      volume,
      attached,
      { call: 'create_volume', as: 'other' },
      { call: 'initialize_connection', of: 'other', host: 'host-1' },
    ],
    call: { call: 'terminate_connection', of: 'other', host: 'host-1' },
    after: [
      { call: 'terminate_connection', of: 'other', host: 'host-1' },
      checkEverything,
      ...goes('other'),
      { call: 'terminate_connection', of: 'vol', host: 'host-1' },
      ...goes('vol'),
    ],
  },
  {
    before: [
      volume,
      { rest: 'GET volumes/{vol}', as: 'kept' },
      { call: 'unmanage', of: 'vol' },
      { rest: 'GET volumes/{kept}', as: 'given', property: 'label' },
    ],
    call: { call: 'manage_existing', as: 'mine', reference: { 'source-name': '{given}' } },
    after: [
      checkEverything,
      { call: 'unmanage', of: 'mine', ifThere: true },
      { rest: 'GET volumes/{kept}', as: 'then', property: 'label' },
      { call: 'manage_existing', as: 'again', reference: { 'source-name': '{then}' } },
      checkEverything,
      ...goes('again'),
    ],
  },
  {
    before: [
      volume,
      {
        rest: 'POST snapshot-groups',
        as: 'group',
        body: { baseMappableObjectId: '{vol}', name: 'by-hand', repositoryPercentage: 20 },
      },
      { rest: 'POST snapshot-images', as: 'image', body: { groupId: '{group}' } },
    ],
    call: { call: 'manage_existing_snapshot', as: 'mine', of: 'vol', reference: { 'source-id': '{image}' } },
    after: [checkEverything],
    needs: ['manage_existing_snapshot'],
  },
  {
    before: [volume, ...snapshots('s1', 's2'), checkEverything],
    call: { call: 'unmanage_snapshot', of: 's1' },
    after: [checkEverything, ...dropped('s2'), checkEverything],
    needs: ['unmanage_snapshot'],
  },
  {
    before: [volume],
    call: { call: 'get_manageable_volumes' },
    after: [...goes('vol'), checkEverything],
    needs: ['get_manageable_volumes'],
  },
  {
    before: [volume, ...snapshots('s1')],
    call: { call: 'get_manageable_snapshots' },
    after: [...dropped('s1'), ...goes('vol'), checkEverything],
    needs: ['get_manageable_snapshots'],
  },
  {
    before: [...group, { call: 'create_group_snapshot', of: 'group', as: 'g1' }],
    call: { call: 'update_group', of: 'group', remove: ['a'] },
    after: [
      { call: 'delete_group_snapshot', of: 'g1', ifThere: true, expect: { status: 'gone' } },
      checkEverything,
      groupGoes,
    ],
  },
  {
    before: [slowCopies, ...group],
    call: { call: 'create_group_from_src', from: 'group', as: 'copy', names: ['c', 'd'] },
    after: [
      checkEverything,
      { call: 'delete_group', of: 'copy', ifThere: true, expect: { status: 'gone' } },
      checkEverything,
      groupGoes,
    ],
  },
];
