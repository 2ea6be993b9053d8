import type { Mutant } from '../mutant.js';

/** Members of groups: an administrator's own, those that leave, are missing or come back, and the undo of each. */
export const memberAreaMutants: readonly Mutant[] = [
  {
    id: 'deleting-a-group-deletes-all-its-members',
    rule: 'Q29',
    file: 'groups/groups.ts',
    find: '        await ignoreMissing(this.client.deleteGroup(found.id));\n        await this.deferredDeletions',
    replace:
      '        for (const member of await this.client.groupMembers(found.id))\n          await ignoreMissing(this.client.deleteVolume(member.volumeId));\n        await ignoreMissing(this.client.deleteGroup(found.id));\n        await this.deferredDeletions',
  },
  {
    id: 'update-throws-out-members-of-others',
    rule: 'Q29',
    file: 'groups/groups.ts',
    find: '      if (leaving.length > 0) await this.checkNoSnapshots(group, found, leaving);',
    replace:
      '      for (const member of members)\n        if (![...present].some(([label, each]) => each.volumeRef === member.volumeId && /^[A-Z2-7]{26}$/.test(label)))\n          await this.client.removeGroupMember(found.id, member.volumeId);\n      if (leaving.length > 0) await this.checkNoSnapshots(group, found, leaving);',
  },
  {
    id: 'snapshot-of-a-group-with-a-member-of-others-fails',
    rule: 'Q29',
    file: 'groups/groups.ts',
    find: '    const updates: ObjectUpdate[] = [];\n    for (const snapshot of snapshots) {',
    replace:
      "    const updates: ObjectUpdate[] = [];\n    if (images.length !== snapshots.length) throw new NetAppDriverException('The group has other members.');\n    for (const snapshot of snapshots) {",
  },
  {
    id: 'images-taken-in-the-order-of-the-array',
    rule: 'R49',
    file: 'groups/groups.ts',
    find: 'const image = images.find((each) => each.baseVol === base?.volumeRef);\n        if (image === undefined)',
    replace:
      'const image = images[sourceVolumes.indexOf(volume)];\n        if (image === undefined || base === undefined)',
  },
  {
    id: 'members-that-left-do-not-come-back',
    rule: 'R47',
    file: 'groups/groups.ts',
    find: "undo.add(`Leaving of volume '${target.label}'`, () => this.rejoin(found, target));",
    replace: '',
  },
  {
    id: 'members-that-joined-stay-after-a-failure',
    rule: 'R47',
    file: 'groups/groups.ts',
    find: "        undo.add(`Membership of volume '${volume.id}'`, () =>\n          this.client.removeGroupMember(found.id, target.volumeRef),\n        );",
    replace: '',
  },
  {
    id: 'failed-update-throws-out-those-who-were-members-before',
    rule: 'R47',
    file: 'groups/groups.ts',
    find: '        if (isMember(target)) continue;\n',
    replace: '',
    also: [
      {
        file: 'groups/groups.ts',
        find: 'await this.groups.join(found, target);\n      }\n      const leaving',
        replace: 'if (!isMember(target)) await this.groups.join(found, target);\n      }\n      const leaving',
      },
    ],
  },
  {
    id: 'volume-to-remove-that-is-missing-fails-the-update',
    rule: 'R44',
    file: 'groups/groups.ts',
    find: 'return target !== undefined && isMember(target) ? [target] : [];',
    replace:
      'if (target === undefined) throw new VolumeNotFound({ volume_id: volume.id });\n        return isMember(target) ? [target] : [];',
  },
  {
    id: 'volume-to-remove-that-is-no-member-fails-the-update',
    rule: 'R44',
    file: 'groups/groups.ts',
    find: 'return target !== undefined && isMember(target) ? [target] : [];',
    replace: 'return target !== undefined ? [target] : [];',
    also: [
      {
        file: 'groups/groups.ts',
        find: 'await ignoreMissing(this.client.removeGroupMember(found.id, target.volumeRef));\n      }',
        replace: 'await this.client.removeGroupMember(found.id, target.volumeRef);\n      }',
      },
    ],
  },
  {
    id: 'volume-to-add-that-is-missing-is-left-out',
    rule: 'R46',
    file: 'groups/groups.ts',
    find: 'if (target === undefined) throw new VolumeNotFound({ volume_id: volume.id });\n        if (isMember(target)) continue;',
    replace: 'if (target === undefined || isMember(target)) continue;',
  },
  {
    id: 'member-leaves-with-its-images',
    rule: 'Q37',
    file: 'groups/groups.ts',
    find: '      if (leaving.length > 0) await this.checkNoSnapshots(group, found, leaving);',
    replace: '      void group;',
  },
  {
    id: 'group-that-is-missing-fails-the-deletion',
    rule: 'B17',
    file: 'groups/groups.ts',
    find: 'const found = await foundIfThere(this.runtime, () => this.groups.find(group.id));\n      if (found === undefined) {',
    replace: 'const found = await this.groups.require(group.id);\n      if (found === undefined) {',
  },
  {
    id: 'member-that-is-missing-fails-the-deletion',
    rule: 'C-delete-group-1',
    file: 'groups/groups.ts',
    find: '        await this.provisioning.delete(volume);\n        updates',
    replace:
      '        if (!(await this.client.volumes()).some(({ label }) => label === labelOf(nameId(volume)))) throw new VolumeNotFound({ volume_id: volume.id });\n        await this.provisioning.delete(volume);\n        updates',
  },
  {
    id: 'temporary-snapshot-of-a-group-stays-after-a-failure',
    rule: 'R52',
    file: 'groups/groups.ts',
    find: '    } finally {\n      await this.release(found, images);\n      await this.deferredDeletions.letGo(found.id, images);\n    }',
    replace:
      '    } catch (error) {\n      throw error;\n    } finally {\n      await this.deferredDeletions.letGo(found.id, images);\n    }',
  },
  {
    id: 'group-snapshot-without-a-member-leaves-the-images-of-the-others',
    rule: 'Q39',
    file: 'groups/groups.ts',
    find: '        await this.release(group, images);\n        throw',
    replace: '        throw',
  },
  {
    id: 'only-the-first-leaving-volume-is-looked-at',
    rule: 'R47',
    file: 'groups/groups.ts',
    find: 'leaving.some((volume) => volume.volumeRef === image.baseVol),',
    replace: 'leaving[0]?.volumeRef === image.baseVol,',
  },
  {
    id: 'oldest-group-snapshot-goes-in-place-of-the-temporary-one',
    rule: 'C-delete-cgsnapshot-1',
    file: 'groups/groups.ts',
    find: '      this.drop(group, () => images[0]),',
    replace: '      this.drop(group, (present) => present[0]),',
  },
];
