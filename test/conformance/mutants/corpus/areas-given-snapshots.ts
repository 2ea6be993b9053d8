import type { Mutant } from '../mutant.js';

/** Snapshots given to and taken from Cinder's care, and reverts. */
export const givenSnapshotAreaMutants: readonly Mutant[] = [
  {
    id: 'image-of-another-volume-is-managed',
    rule: 'R22',
    file: 'provisioning/managing.ts',
    find: 'if (image.baseVol !== base.volumeRef)',
    replace: 'if (image.baseVol === undefined)',
  },
  {
    id: 'size-of-an-image-rounded-down',
    rule: 'R22',
    file: 'provisioning/managing.ts',
    find: '(BigInt(image.pitCapacity) + gib - 1n) / gib',
    replace: 'BigInt(image.pitCapacity) / gib',
  },
  {
    id: 'managed-snapshot-names-no-image',
    rule: 'R22',
    file: 'driver.ts',
    find: 'const image = await this.imageToManage(snapshot, existingRef);\n      return { provider_id: image.id };',
    replace: 'await this.imageToManage(snapshot, existingRef);\n      return {};',
  },
  {
    id: 'managed-snapshot-gets-an-image-of-its-own',
    rule: 'R22',
    file: 'driver.ts',
    find: 'const image = await this.imageToManage(snapshot, existingRef);\n      return { provider_id: image.id };',
    replace:
      'await this.imageToManage(snapshot, existingRef);\n      const image = await this.ready().snapshots.create(await this.ready().volumes.require(snapshot.volume));\n      return { provider_id: image.id };',
  },
  {
    id: 'image-that-is-not-there-is-an-error-of-the-backend',
    rule: 'R22',
    file: 'provisioning/managing.ts',
    find: '      throw new ManageExistingInvalidReference({\n        existing_ref: reference,\n        reason: id === undefined',
    replace: '      throw new VolumeBackendAPIException({\n        data: id === undefined',
    also: [
      {
        file: 'provisioning/managing.ts',
        find: "import { ManageExistingInvalidReference } from '../errors.js';",
        replace: "import { ManageExistingInvalidReference, VolumeBackendAPIException } from '../errors.js';",
      },
    ],
  },
  {
    id: 'unmanaging-a-snapshot-deletes-its-image',
    rule: 'B37',
    file: 'driver.ts',
    find: 'unmanageSnapshot(_snapshot: Snapshot): Promise<void> {\n    return Promise.resolve();',
    replace: 'unmanageSnapshot(snapshot: Snapshot): Promise<void> {\n    return this.deleteSnapshot(snapshot);',
  },
  {
    id: 'unmanaging-a-snapshot-marks-its-image-as-deleted',
    rule: 'B37',
    file: 'driver.ts',
    find: 'unmanageSnapshot(_snapshot: Snapshot): Promise<void> {\n    return Promise.resolve();',
    replace:
      "unmanageSnapshot(snapshot: Snapshot): Promise<void> {\n    return this.guarded(async () => {\n      const image = await this.ready().snapshots.imageOf(snapshot);\n      await this.ready().client.setRecord('cinder-snapshots', JSON.stringify({ [image.pitGroupRef]: [image.id] }));\n    });",
  },
  {
    id: 'revert-does-not-wait',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: "return rollbackStatus === 'none' ? true : undefined;",
    replace: 'return rollbackStatus.length > 0 ? true : undefined;',
  },
  {
    id: 'revert-takes-the-newest-image',
    rule: 'R19',
    file: 'driver.ts',
    find: 'const image = await snapshots.imageOf(snapshot);\n      const target',
    replace:
      'const asked = await snapshots.imageOf(snapshot);\n      const image = (await snapshots.imagesIn(asked.pitGroupRef)).at(-1) ?? asked;\n      const target',
  },
  {
    id: 'revert-to-an-image-of-another-volume',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: 'if (image.baseVol !== volume.volumeRef)',
    replace: 'if (image.baseVol === undefined)',
  },
  {
    id: 'revert-gives-up-after-a-minute',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: "volume.label}'`, seconds, async",
    replace: "volume.label}'`, Math.min(seconds, 60), async",
  },
  {
    id: 'revert-that-the-array-refuses-is-told-as-done',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: 'await client.startRollback([image.pitRef]);',
    replace: 'await client.startRollback([image.pitRef]).catch(() => undefined);',
  },
  {
    id: 'revert-uses-the-snapshot-up',
    rule: 'R19',
    file: 'driver.ts',
    find: 'workSeconds(this.limits, imageSize(image)));\n',
    replace: 'workSeconds(this.limits, imageSize(image)));\n      await snapshots.delete(snapshot);\n',
  },
  {
    id: 'image-that-is-deleted-already-is-managed',
    rule: 'Q7',
    file: 'provisioning/managing.ts',
    find: "return deleted.has(id) ? 'It is deleted, and stays only until older ones are.' : null;",
    replace: "return deleted.has(pitGroupRef) ? 'It is deleted, and stays only until older ones are.' : null;",
  },
  {
    id: 'snapshot-taken-in-a-group-that-prunes-itself',
    rule: 'C-create-snapshot-1',
    file: 'snapshots/snapshots.ts',
    find: 'group.snapshotCount < imagesPerGroup && group.autoDeleteLimit === 0);',
    replace: 'group.snapshotCount < imagesPerGroup);',
  },
];
