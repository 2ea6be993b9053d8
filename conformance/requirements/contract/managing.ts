import type { Requirement } from '../requirement.js';

/** What the document says of taking over volumes and letting them go. */
export const managing: readonly Requirement[] = [
  {
    id: 'C-manage-existing-1',
    level: 'must',
    methods: ['manage_existing'],
    source: 'documented driver, manage_existing',
    clause:
      'After manage_existing the array volume that the reference names is the Cinder volume: the other methods reach it, and its contents are what they were.',
  },
  {
    id: 'C-manage-existing-2',
    level: 'must',
    methods: ['manage_existing'],
    source: 'documented driver, manage_existing',
    clause: 'A reference that names no volume is refused with an exception and nothing on the array is changed.',
  },
  {
    id: 'C-manage-existing-get-size-1',
    level: 'must',
    methods: ['manage_existing_get_size'],
    source: 'documented driver, manage_existing_get_size',
    clause: 'The size of the referenced volume is returned as a whole number of GiB.',
  },
  {
    id: 'C-manage-existing-get-size-2',
    level: 'must',
    methods: ['manage_existing_get_size'],
    source: 'documented driver, manage_existing_get_size',
    clause: 'A capacity that is no whole number of GiB counts up to the next.',
  },
  {
    id: 'C-manage-existing-get-size-3',
    level: 'must',
    methods: ['manage_existing_get_size'],
    source: 'documented driver, manage_existing_get_size',
    clause: 'The volume that is measured is the one that existing_ref identifies, and looking at it changes nothing.',
  },
  {
    id: 'C-unmanage-1',
    level: 'must',
    methods: ['unmanage'],
    source: 'documented driver, unmanage',
    clause:
      'Cinder lets the volume go with unmanage: it stays on the array with its contents and can be managed again.',
  },
];
