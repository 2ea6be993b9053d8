import type { Mutant } from '../mutant.js';

/** Volumes taken over, given up and migrated. */
export const managingMutants: readonly Mutant[] = [
  {
    id: 'size-rounded-down',
    rule: 'B37',
    file: 'provisioning/volumes.ts',
    find: 'return Number((BigInt(volume.capacity) + gib - 1n) / gib);',
    replace: 'return Number(BigInt(volume.capacity) / gib);',
  },
  {
    id: 'managed-volume-keeps-its-name',
    rule: 'B37',
    file: 'provisioning/volumes.ts',
    find: '        await this.rename(found, name);',
    replace: '',
  },
  {
    id: 'volume-given-up-is-deleted',
    rule: 'C-unmanage-1',
    file: 'provisioning/volumes.ts',
    find: 'await this.unmanaged.add(found.volumeRef);\n    });\n  }\n\n  /** The',
    replace: 'await this.client.deleteVolume(found.volumeRef);\n    });\n  }\n\n  /** The',
  },
  {
    id: 'volume-given-up-cannot-be-managed-again',
    rule: 'C-unmanage-1',
    file: 'provisioning/volumes.ts',
    find: 'await this.unmanaged.add(found.volumeRef);\n    });\n  }\n\n  /** The',
    replace: 'void found;\n    });\n  }\n\n  /** The',
  },
  {
    id: 'mapped-volume-taken-over',
    rule: 'Q42',
    file: 'provisioning/volumes.ts',
    find: 'if (found.listOfMappings.length > 0) return refuse(',
    replace: 'if (found.listOfMappings.length > 999) return refuse(',
  },
  {
    id: 'repository-taken-over',
    rule: 'Q42',
    file: 'provisioning/volumes.ts',
    find: 'if (!isUsers(found)) return refuse(',
    replace: "if (found.label === '') return refuse(",
  },
  {
    id: 'volume-of-another-pool-taken-over',
    rule: 'Q42',
    file: 'provisioning/volumes.ts',
    find: 'if (!(await this.pools.list()).some((pool) =>',
    replace: 'if (!(await this.client.pools()).some((pool) =>',
  },
  {
    id: 'managed-volume-taken-over',
    rule: 'Q42',
    file: 'provisioning/volumes.ts',
    find: 'if (given) await this.checkUnmanaged(found, reference);',
    replace: '',
  },
  {
    id: 'refusal-to-manage-is-an-error-of-the-driver',
    rule: 'Q42',
    file: 'provisioning/volumes.ts',
    find: 'throw new ManageExistingInvalidReference({ existing_ref: reference, reason });',
    replace: 'throw new NetAppDriverException(reason);',
  },
  {
    id: 'given-up-by-its-id',
    rule: 'Q43',
    file: 'provisioning/volumes.ts',
    find: 'const found = await this.require(volume);\n      await this.unmanaged.add',
    replace:
      'const found = await this.require({ ...volume, _name_id: null, name_id: null });\n      await this.unmanaged.add',
  },
  {
    id: 'record-left-over-deletes-the-new-volume',
    rule: 'R21',
    file: 'model.ts',
    find: 'return volume._name_id || volume.name_id || volume.id;',
    replace: 'return volume.id;',
  },
  {
    id: 'managed-size-rounded-down',
    rule: 'C-manage-existing-get-size-2',
    file: 'provisioning/volumes.ts',
    find: 'return Number((BigInt(volume.capacity) + gib - 1n) / gib);',
    replace: 'return Number(BigInt(volume.capacity) / gib);',
  },
  {
    id: 'size-in-bytes',
    rule: 'C-manage-existing-get-size-1',
    file: 'provisioning/volumes.ts',
    find: 'return Number((BigInt(volume.capacity) + gib - 1n) / gib);',
    replace: 'return Number(BigInt(volume.capacity));',
  },
  {
    id: 'what-is-not-there-is-managed',
    rule: 'C-manage-existing-2',
    file: 'driver.ts',
    find: 'await this.ready().volumes.manage(volume, existingRef);',
    replace: 'await this.ready().volumes.manage(volume, existingRef).catch(() => undefined);',
    also: [
      {
        file: 'driver.ts',
        find: 'return this.ready().volumes.managedSize(existingRef);',
        replace: 'return this.ready().volumes.managedSize(existingRef).catch(() => 1);',
      },
    ],
  },
  {
    id: 'managing-renames-only-for-a-while',
    rule: 'C-manage-existing-1',
    file: 'provisioning/volumes.ts',
    find: '        await this.rename(found, name);',
    replace: '        await this.rename(found, name);\n        await this.rename(found, found.label);',
  },
];
