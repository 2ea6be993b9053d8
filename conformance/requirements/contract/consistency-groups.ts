import type { Requirement } from '../requirement.js';

/** What the document says of consistency groups. */
export const consistencyGroups: readonly Requirement[] = [
  {
    id: 'C-create-consistencygroup-1',
    level: 'must',
    methods: ['create_consistencygroup'],
    source: 'documented driver, create_consistencygroup',
    clause:
      'Given context and group, create_consistencygroup makes a consistency group on the array that volumes can join.',
  },
  {
    id: 'C-delete-consistencygroup-1',
    level: 'must',
    methods: ['delete_consistencygroup'],
    source: 'documented driver, delete_consistencygroup',
    clause:
      'Given context, group and volumes, delete_consistencygroup removes the consistency group and these volumes from the array.',
  },
  {
    id: 'C-update-consistencygroup-1',
    level: 'must',
    methods: ['update_consistencygroup'],
    source: 'documented driver, update_consistencygroup',
    clause:
      "Volumes in add_volumes are members of the array's consistency group afterwards, those in remove_volumes are not, and all keep their contents.",
  },
  {
    id: 'C-update-consistencygroup-2',
    level: 'must',
    methods: ['update_consistencygroup'],
    source: 'documented driver, update_consistencygroup',
    clause: 'Either list may be left out or be None, which means no volume.',
  },
  {
    id: 'C-create-consistencygroup-from-src-1',
    level: 'must',
    methods: ['create_consistencygroup_from_src'],
    source: 'documented driver, create_consistencygroup_from_src',
    clause:
      'From a cgsnapshot and its snapshots come a new consistency group and new volumes in it, each with the contents of its snapshot.',
  },
  {
    id: 'C-create-consistencygroup-from-src-2',
    level: 'must',
    methods: ['create_consistencygroup_from_src'],
    source: 'documented driver, create_consistencygroup_from_src',
    clause:
      'From a source group and its volumes come a new consistency group and new volumes in it, each with the contents of its source volume.',
  },
  {
    id: 'C-create-consistencygroup-from-src-3',
    level: 'must',
    methods: ['create_consistencygroup_from_src'],
    source: 'documented driver, create_consistencygroup_from_src',
    clause: 'The arguments of the source that is not used may be left out or be None.',
  },
  {
    id: 'C-create-cgsnapshot-1',
    level: 'must',
    methods: ['create_cgsnapshot'],
    source: 'documented driver, create_cgsnapshot',
    clause: 'All given snapshots hold their volumes as of one and the same moment.',
  },
  {
    id: 'C-delete-cgsnapshot-1',
    level: 'must',
    methods: ['delete_cgsnapshot'],
    source: 'documented driver, delete_cgsnapshot',
    clause:
      'The given snapshots of the cgsnapshot are deleted together, while volumes and other cgsnapshots keep their contents.',
  },
];
