import { answers, change, notImplemented, type Variant, without } from '../variant.js';

const generic = ['update_group', 'create_group_from_src', 'create_group_snapshot', 'delete_group_snapshot'];
const older = [
  'create_consistencygroup',
  'delete_consistencygroup',
  'update_consistencygroup',
  'create_consistencygroup_from_src',
  'create_cgsnapshot',
  'delete_cgsnapshot',
];

/** Groups, what the driver leaves to Cinder's own code, and what can be managed. */
export const groupVariants: readonly Variant[] = [
  {
    id: 'groups-say-nothing',
    why: 'None is a complete answer to a success (R33, R39, R45, R50, R59).',
    changes: [
      answers(
        "method === 'create_group' || method === 'create_consistencygroup' ? null : /^update_(group|consistencygroup)$/.test(method) ? [null, null, null] : /_from_src$|^delete_(group_|cg)snapshot$/.test(method) ? [null, null] : /^delete_(group|consistencygroup)$/.test(method) && returned[0].status === 'deleted' ? [null, null] : returned",
      ),
    ],
  },
  {
    id: 'groups-say-empty-dicts',
    why: 'A group’s update may be {} (R33), and lists of updates may be empty.',
    changes: [
      answers(
        '/^create_(group|consistencygroup)$/.test(method) ? {} : /^update_(group|consistencygroup)$/.test(method) ? [{}, [], []] : /_from_src$/.test(method) ? [{}, []] : returned',
      ),
    ],
  },
  {
    id: 'group-updates-name-the-members',
    why: 'update_group may return an entry for each volume, of which only the id is needed (R45).',
    changes: [
      change(
        'driver.ts',
        "      return [{ status: 'available' }, null, null];",
        "      const ids = (volumes: readonly { id: string }[] | null | undefined) => (volumes ?? []).map(({ id }) => ({ id }));\n      return [{ status: 'available' }, ids(add_volumes), ids(remove_volumes)] as never;",
      ),
    ],
  },
  {
    id: 'members-in-error-instead-of-error-deleting',
    why: 'A volume that could not be deleted may be reported as error or as error_deleting (R40).',
    changes: [
      change(
        'groups/groups.ts',
        "updates.push({ id: volume.id, status: 'error_deleting' });",
        "updates.push({ id: volume.id, status: 'error' });",
      ),
      change(
        'groups/groups.ts',
        "return [{ status: 'error_deleting' }, updates];\n    try",
        "return [{ status: 'error' }, updates];\n    try",
      ),
    ],
  },
  {
    id: 'entries-in-the-other-order',
    why: 'Entries of an update name their objects by id: their order is free.',
    changes: [
      answers(
        'Array.isArray(returned) && Array.isArray(returned[1]) ? [returned[0], [...returned[1]].reverse(), ...returned.slice(2)] : returned',
      ),
    ],
  },
  {
    id: 'group-copies-one-after-the-other',
    why: 'Whether the volumes of a new group are filled together or one by one is free: they are of one snapshot.',
    changes: [
      change(
        'groups/groups.ts',
        "const made = await Promise.allSettled(\n        volumes.map(async (volume, index) => ({\n          ...(await this.provisioning.create(volume, { image: images[index], group: found }, undo)),\n          id: volume.id,\n          status: 'available',\n        })),\n      );\n      return made.map((each) => {\n        if (each.status === 'rejected') throw each.reason;\n        return each.value;\n      });",
        "const updates: ObjectUpdate[] = [];\n      for (const [index, volume] of volumes.entries()) {\n        const update = await this.provisioning.create(volume, { image: images[index], group: found }, undo);\n        updates.push({ ...update, id: volume.id, status: 'available' });\n      }\n      return updates;",
      ),
    ],
  },
  {
    id: 'generic-groups-left-to-cinder',
    why: 'Cinder has code of its own for groups whose driver implements no more than to create and to delete them (R31); such a driver does not claim consistent group snapshots.',
    changes: [
      notImplemented(...generic),
      change(
        'provisioning/provisioning.ts',
        'return volume.consistencygroup_id && id ? this.groups.require(id) : undefined;',
        'return volume.consistencygroup_id && id ? this.groups.find(id) : undefined;',
      ),
      change(
        'provisioning/pools.ts',
        '      consistent_group_snapshot_enabled: true,\n      replication',
        '      consistent_group_snapshot_enabled: false,\n      replication',
      ),
      change(
        'provisioning/pools.ts',
        '        consistent_group_snapshot_enabled: true,\n        consistencygroup',
        '        consistent_group_snapshot_enabled: false,\n        consistencygroup',
      ),
    ],
  },
  {
    id: 'generic-groups-not-there',
    why: 'The same as generic-groups-left-to-cinder, of a driver that does not have the methods at all.',
    changes: [
      without(...generic),
      change(
        'provisioning/provisioning.ts',
        'return volume.consistencygroup_id && id ? this.groups.require(id) : undefined;',
        'return volume.consistencygroup_id && id ? this.groups.find(id) : undefined;',
      ),
      change(
        'provisioning/pools.ts',
        '      consistent_group_snapshot_enabled: true,\n      replication',
        '      consistent_group_snapshot_enabled: false,\n      replication',
      ),
      change(
        'provisioning/pools.ts',
        '        consistent_group_snapshot_enabled: true,\n        consistencygroup',
        '        consistent_group_snapshot_enabled: false,\n        consistencygroup',
      ),
    ],
  },
  {
    id: 'older-group-methods-not-implemented',
    why: 'Cinder calls the consistency group methods only where a generic one is not implemented (R31): a driver with all generic ones needs none of them.',
    changes: [notImplemented(...older)],
  },
  {
    id: 'retype-left-to-cinder',
    why: 'Without retype Cinder migrates the volume or refuses (R20).',
    changes: [without('retype')],
  },
  {
    id: 'retype-always-says-no',
    why: 'False says that the driver cannot do it in place, and Cinder migrates (R20).',
    changes: [
      change(
        'driver.ts',
        'return [await this.ready().volumes.retype(volume, newType, host?.host), null];',
        'return [host === undefined, null];',
      ),
    ],
  },
  {
    id: 'migrated-volumes-keep-their-names',
    why: 'Without update_migrated_volume Cinder keeps the new name in _name_id (R21).',
    changes: [notImplemented('update_migrated_volume')],
  },
  {
    id: 'migrated-volumes-are-not-told',
    why: 'Without update_migrated_volume Cinder keeps the new name in _name_id (R21).',
    changes: [without('update_migrated_volume')],
  },
  {
    id: 'no-list-of-what-can-be-managed',
    why: 'A driver need not list what can be managed: an operator can name it.',
    changes: [without('get_manageable_volumes')],
  },
  {
    id: 'manageable-volumes-say-more',
    why: 'extra_info is free, and entries may have more keys.',
    changes: [
      change(
        'provisioning/managing.ts',
        '      extra_info: null,\n    }));',
        "      extra_info: { pool: volume.volumeGroupRef },\n      vendor: 'NetApp',\n    }));",
      ),
    ],
  },
  {
    id: 'manageable-volumes-in-the-other-order',
    why: 'Beyond the sort that is asked for the order of the list is free.',
    changes: [
      change('provisioning/managing.ts', 'const sorted = [...entries];', 'const sorted = [...entries].reverse();'),
    ],
  },
  {
    id: 'provider-info-is-told',
    why: 'update_provider_info may say nothing in lists as well as in None (R3).',
    changes: [
      change(
        'subject.ts',
        'methods: new Set(Object.keys(methods))',
        "methods: new Set([...Object.keys(methods), 'update_provider_info'])",
      ),
      change(
        'subject.ts',
        '      try {\n        return {',
        "      if (method === 'update_provider_info') return { returned: [[], []] };\n      try {\n        return {",
      ),
    ],
  },
];
