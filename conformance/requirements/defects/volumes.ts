import type { Requirement } from '../requirement.js';

/** Wrong in the last upstream version: volumes and taking them over. */
export const volumeDefects: readonly Requirement[] = [
  {
    id: 'Q10',
    level: 'must',
    methods: ['delete_volume'],
    source: 'defect Q10',
    clause:
      'delete_volume succeeds only if the volume is gone: a refusal because it is busy is VolumeIsBusy, and every other error of the array is raised.',
  },
  {
    id: 'Q11',
    level: 'should',
    methods: ['create_volume'],
    source: 'defect Q11',
    clause: "When creating fails half-way, the driver's clean-up truly removes the half-made volume.",
  },
  {
    id: 'Q12',
    level: 'should',
    methods: ['create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'defect Q12',
    clause:
      "A volume made from a snapshot or a volume lies in the scheduled pool, has what its type's extra specs ask for, and falls under the same cap as a plain one.",
  },
  {
    id: 'Q13',
    level: 'should',
    methods: ['create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'defect Q13',
    clause: 'Whatever kind of error ends the filling of a new volume, the new volume is removed.',
  },
  {
    id: 'Q14',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'],
    source: 'defect Q14',
    clause: 'If the new volume cannot join its group it is removed again, or a second try takes it up.',
  },
  {
    id: 'Q19',
    level: 'should',
    methods: ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume', 'initialize_connection'],
    source: 'defect Q19',
    clause:
      'With multiattach on, no volume is refused that could be attached: a driver may refuse one for which no LUN is left, counted without repositories.',
  },
  {
    id: 'Q28',
    level: 'should',
    methods: ['get_volume_stats', 'create_volume'],
    source: 'defect Q28',
    clause:
      'thin_provisioning_support is a real boolean, and extra specs written as <is> True work at creation as they do in the scheduler.',
  },
  {
    id: 'Q29',
    level: 'must',
    methods: ['get_volume_stats', 'do_setup'],
    source: 'defect Q29',
    clause:
      'Volumes that the driver did not make are never touched, whatever they are called, and no foreign name breaks the statistics.',
  },
  {
    id: 'Q33',
    level: 'must',
    methods: ['manage_existing', 'manage_existing_get_size'],
    source: 'defect Q33',
    clause:
      'A name given by an operator is one segment of the address and nothing else: with a slash, a question mark or the like in it, it means the volume of exactly that name or none.',
  },
  {
    id: 'Q42',
    level: 'must',
    methods: ['manage_existing', 'manage_existing_get_size'],
    source: 'defect Q42',
    clause:
      'Taken over are only volumes that are free and in a configured pool: one that Cinder already has, is mapped, is a repository or lies in another pool is refused with ManageExistingInvalidReference.',
  },
  {
    id: 'Q43',
    level: 'must',
    methods: [
      'create_cloned_volume',
      'update_group',
      'create_group_snapshot',
      'unmanage',
      'create_volume_from_snapshot',
    ],
    source: 'defect Q43',
    clause: 'After a migration cloning, group changes, group snapshots and unmanaging too go by name_id.',
  },
];
