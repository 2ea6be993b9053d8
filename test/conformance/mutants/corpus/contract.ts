import type { Mutant } from '../mutant.js';

const groupsGo = "    return [{ status: 'deleted' }, updates];";

/** Answers that the volume manager cannot do with, of whichever method. */
export const contractMutants: readonly Mutant[] = [
  {
    id: 'deleted-volumes-handed-back',
    rule: 'C-delete-group-3',
    file: 'groups/groups.ts',
    find: groupsGo,
    replace: "    return [{ status: 'deleted' }, volumes as unknown as ObjectUpdate[]];",
  },
  {
    id: 'updates-are-what-was-handed-in',
    rule: 'C-delete-group-4',
    file: 'groups/groups.ts',
    find: groupsGo,
    replace:
      "    return [{ status: 'deleted' }, volumes.map((volume) => Object.assign(volume, { status: 'deleted' }) as never)];",
  },
  {
    id: 'deleted-volume-without-an-id',
    rule: 'C-delete-group-5',
    file: 'groups/groups.ts',
    find: "updates.push({ id: volume.id, status: 'deleted' });",
    replace: "updates.push({ status: 'deleted' } as ObjectUpdate);",
  },
  {
    id: 'deleted-volume-without-a-status',
    rule: 'R39',
    file: 'groups/groups.ts',
    find: groupsGo,
    replace: "    return [{ status: 'deleted' }, updates.map(({ id }) => ({ id }))];",
  },
  {
    id: 'deleted-group-without-a-status',
    rule: 'C-delete-group-6',
    file: 'groups/groups.ts',
    find: groupsGo,
    replace: "    return [{ name: 'deleted' }, updates];",
  },
  {
    id: 'deleted-group-is-no-pair',
    rule: 'C-delete-group-2',
    file: 'groups/groups.ts',
    find: groupsGo,
    replace: '    return updates as unknown as [ModelUpdate, ObjectUpdate[]];',
  },
  {
    id: 'failed-deletion-without-updates',
    rule: 'C-delete-group-7',
    file: 'groups/groups.ts',
    find: "if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'error_deleting' }, updates];",
    replace:
      "if (updates.some((update) => update.status !== 'deleted'))\n      return [{ status: 'error_deleting' }, null as unknown as ObjectUpdate[]];",
  },
  {
    id: 'member-that-stays-told-as-available',
    rule: 'C-delete-group-8',
    file: 'groups/groups.ts',
    find: "updates.push({ id: volume.id, status: 'error_deleting' });",
    replace: "updates.push({ id: volume.id, status: 'available' });",
  },
  {
    id: 'one-failure-counts-for-all-members',
    rule: 'C-delete-group-9',
    file: 'groups/groups.ts',
    find: "if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'error_deleting' }, updates];",
    replace:
      "if (updates.some((update) => update.status !== 'deleted'))\n      return [{ status: 'error_deleting' }, updates.map(({ id }) => ({ id, status: 'error_deleting' }))];",
  },
  {
    id: 'failed-member-raises-what-was-known',
    rule: 'R42',
    file: 'groups/groups.ts',
    find: "updates.push({ id: volume.id, status: 'error_deleting' });",
    replace: 'throw error;',
  },
  {
    id: 'failed-member-told-as-available-in-a-deleted-group',
    rule: 'R43',
    file: 'groups/groups.ts',
    find: "updates.push({ id: volume.id, status: 'error_deleting' });",
    replace: "updates.push({ id: volume.id, status: 'available' });",
    also: [
      {
        file: 'groups/groups.ts',
        find: "if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'error_deleting' }, updates];",
        replace: "if (updates.some((update) => update.status !== 'deleted')) return [{ status: 'deleted' }, updates];",
      },
    ],
  },
  {
    id: 'group-that-stays-told-as-deleted',
    rule: 'C-delete-group-15',
    file: 'groups/groups.ts',
    find: "      return [{ status: 'error_deleting' }, updates];\n    }",
    replace: '    }',
  },
  {
    id: 'members-stay-when-the-group-goes',
    rule: 'C-delete-group-1',
    file: 'groups/groups.ts',
    find: '        await this.provisioning.delete(volume);\n',
    replace: '',
  },
  {
    id: 'group-made-without-a-status',
    rule: 'C-create-group-3',
    file: 'driver.ts',
    find: "return { status: 'available' };",
    replace: "return { name: 'made' };",
  },
  {
    id: 'group-made-and-told-as-an-error',
    rule: 'C-create-group-4',
    file: 'driver.ts',
    find: "return { status: 'available' };",
    replace: "return { status: 'error' };",
  },
  {
    id: 'group-made-and-told-by-a-text',
    rule: 'C-create-group-2',
    file: 'driver.ts',
    find: "return { status: 'available' };",
    replace: "return 'available' as unknown as ModelUpdate;",
  },
  {
    id: 'group-that-could-not-be-made-told-as-available',
    rule: 'R36',
    file: 'driver.ts',
    find: 'await this.ready().arrayGroups.create(group.id);',
    replace: 'await this.ready().arrayGroups.create(group.id).catch(() => undefined);',
  },
  {
    id: 'members-that-are-to-leave-stay',
    rule: 'C-update-consistencygroup-1',
    file: 'groups/groups.ts',
    find: 'for (const target of leaving) {',
    replace: 'for (const target of leaving.slice(1)) {',
  },
  {
    id: 'changed-group-is-no-triple',
    rule: 'R45',
    file: 'driver.ts',
    find: "return [{ status: 'available' }, null, null];",
    replace: "return [{ status: 'available' }, null] as unknown as [ModelUpdate, null, null];",
  },
  {
    id: 'membership-that-failed-told-as-changed',
    rule: 'R46',
    file: 'driver.ts',
    find: 'await this.ready().groups.update(group, add_volumes ?? [], remove_volumes ?? []);',
    replace: 'await this.ready().groups.update(group, add_volumes ?? [], remove_volumes ?? []).catch(() => undefined);',
  },
  {
    id: 'members-added-before-the-failure-stay',
    rule: 'R47',
    file: 'groups/groups.ts',
    find: '          this.client.removeGroupMember(found.id, target.volumeRef),\n',
    replace: '          Promise.resolve(),\n',
  },
  {
    id: 'lists-that-are-none-are-refused',
    rule: 'R48',
    file: 'driver.ts',
    find: 'groups.update(group, add_volumes ?? [], remove_volumes ?? []);',
    replace: 'groups.update(group, add_volumes as readonly Volume[], remove_volumes as readonly Volume[]);',
  },
  {
    id: 'copied-volumes-without-ids',
    rule: 'R50',
    file: 'groups/groups.ts',
    find: "id: volume.id,\n          status: 'available',",
    replace: "id: '',\n          status: 'available',",
  },
  {
    id: 'copy-of-a-group-that-failed-told-by-a-status',
    rule: 'R51',
    file: 'groups/groups.ts',
    find: "return made.map((each) => {\n        if (each.status === 'rejected') throw each.reason;",
    replace:
      "return made.map((each, index) => {\n        if (each.status === 'rejected') return { id: volumes[index]?.id ?? '', status: 'error' };",
  },
  {
    id: 'group-snapshot-that-stays-told-as-deleted',
    rule: 'R58',
    file: 'driver.ts',
    find: 'await this.ready().groups.deleteSnapshot(groupSnapshot, snapshots);',
    replace: 'await this.ready().groups.deleteSnapshot(groupSnapshot, snapshots).catch(() => undefined);',
  },
  {
    id: 'snapshots-of-a-group-snapshot-handed-back',
    rule: 'R34',
    file: 'driver.ts',
    find: "return [{ status: 'deleted' }, snapshots.map(({ id }) => ({ id, status: 'deleted' }))];",
    replace:
      "return [{ status: 'deleted' }, snapshots.map((snapshot) => Object.assign(snapshot, { status: 'deleted' }) as never)];",
  },
  {
    id: 'group-snapshot-without-a-status',
    rule: 'R33',
    file: 'driver.ts',
    find: "return [{ status: 'available' }, await this.ready().groups.createSnapshot(groupSnapshot, snapshots)];",
    replace: "return [{ name: 'made' }, await this.ready().groups.createSnapshot(groupSnapshot, snapshots)];",
  },
  {
    id: 'error-of-the-language-from-a-group-snapshot',
    rule: 'R32',
    file: 'driver.ts',
    find: 'await this.ready().groups.createSnapshot(groupSnapshot, snapshots)];',
    replace: `await this.ready()
          .groups.createSnapshot(groupSnapshot, snapshots)
          .catch((error: Error) => {
            const bare = Object.assign(new InvalidInput({ reason: error.message }), { name: 'KeyError' });
            throw Object.defineProperty(bare, 'lineage', { value: ['KeyError', 'LookupError', 'Exception'] });
          }),
      ];`,
  },
  {
    id: 'name-of-the-driver-changed',
    rule: 'C-driver-name-1',
    file: 'driver.ts',
    find: "static readonly DRIVER_NAME = 'NetApp_iSCSI_ESeries';",
    replace: "static readonly DRIVER_NAME = 'NetApp_ESeries_iSCSI';",
  },
  {
    id: 'version-of-the-driver-changed',
    rule: 'C-version-1',
    file: 'driver.ts',
    find: "static readonly VERSION = '1.0.0';",
    replace: "static readonly VERSION = '2.0.0';",
  },
  {
    id: 'no-wiki-page',
    rule: 'C-ci-wiki-name-1',
    file: 'driver.ts',
    find: "static readonly CI_WIKI_NAME = 'NetApp_Eseries_CI';",
    replace: "static readonly CI_WIKI_NAME = 'NetApp_CI';",
  },
  {
    id: 'replica-not-made',
    rule: 'C-create-volume-3',
    file: 'provisioning/provisioning.ts',
    find: 'if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return null;',
    replace: 'if (this.replication === undefined || volume.size > 0) return null;',
  },
  {
    id: 'replica-of-a-deleted-volume-stays',
    rule: 'C-delete-volume-2',
    file: 'provisioning/provisioning.ts',
    find: 'await this.replication.remove(target, replicaOf(volume));',
    replace: 'void replicaOf;',
  },
  {
    id: 'replication-in-the-statistics-without-replication',
    rule: 'C-get-volume-stats-5',
    file: 'provisioning/pools.ts',
    find: '      replication,\n      replication_enabled: replication,\n      pools',
    replace: '      replication: true,\n      replication_enabled: replication,\n      pools',
  },
  {
    id: 'statistics-gathered-without-being-asked',
    rule: 'C-get-volume-stats-3',
    file: 'driver.ts',
    find: 'getVolumeStats(refresh = false)',
    replace: 'getVolumeStats(refresh = true)',
  },
  {
    id: 'export-hands-back-a-text',
    rule: 'C-create-export-2',
    file: 'driver.ts',
    find: 'createExport(_context: Context, _volume: Volume, _connector?: Connector): Promise<null> {\n    return Promise.resolve(null);',
    replace:
      "createExport(_context: Context, _volume: Volume, _connector?: Connector): Promise<null> {\n    return Promise.resolve('exported' as unknown as null);",
  },
];
