import type { Mutant } from '../mutant.js';

/** Retypes and migrations that claim more than they did; exception classes that decide what Cinder does next. */
export const retypeAreaMutants: readonly Mutant[] = [
  {
    id: 'retype-into-another-pool-is-told-as-done',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'if (moves || different.some((name) => !changeable.has(name))) return false;',
    replace: 'void moves;\n    if (different.some((name) => !changeable.has(name))) return false;',
  },
  {
    id: 'retype-changes-nothing',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'await this.client.updateVolume(id, { readCacheEnable, writeCacheEnable, flashCache });',
    replace: 'void [id, readCacheEnable, writeCacheEnable, flashCache];',
  },
  {
    id: 'retype-changes-one-of-two-settings',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'await this.client.updateVolume(id, { readCacheEnable, writeCacheEnable, flashCache });',
    replace:
      'void flashCache;\n    await this.client.updateVolume(id, writeCacheEnable === null ? { readCacheEnable } : { writeCacheEnable });',
  },
  {
    id: 'refused-retype-is-told-as-done',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'await this.client.updateVolume(id, { readCacheEnable, writeCacheEnable, flashCache });',
    replace:
      'await this.client.updateVolume(id, { readCacheEnable, writeCacheEnable, flashCache }).catch(() => undefined);',
  },
  {
    id: 'retype-applies-the-old-type',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'cachingOf(after);',
    replace: 'cachingOf(before);',
  },
  {
    id: 'retype-gives-the-volume-away',
    rule: 'R20',
    file: 'driver.ts',
    find: 'return [await this.ready().volumes.retype(volume, newType, host?.host), null];',
    replace: 'return (await this.ready().volumes.retype(volume, newType, host?.host)) as never;',
    also: [
      {
        file: 'provisioning/volumes.ts',
        find: 'flashCache });\n    return true;',
        replace: "flashCache });\n    return 'yes' as never;",
      },
    ],
  },
  {
    id: 'retype-that-fails-half-way-changes-the-type',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'if (moves || different.some((name) => !changeable.has(name))) return false;',
    replace: 'if (moves || (different.length > 0 && different.every((name) => !changeable.has(name)))) return false;',
  },
  {
    id: 'name-that-is-in-use-is-told-as-taken-over',
    rule: 'R21',
    file: 'provisioning/volumes.ts',
    find: 'if (named !== undefined) return named.volumeRef === found.volumeRef;',
    replace: 'if (named !== undefined) return true;',
  },
  {
    id: 'busy-volume-is-an-error',
    rule: 'R12',
    file: 'provisioning/volumes.ts',
    find: 'if (isBusy(error)) throw new VolumeIsBusy({ volume_name: volume.id, reason: messageOf(error) }, { cause: error });',
    replace:
      'if (isBusy(error)) throw new NetAppDriverException(messageOf(error), { cause: error });\n      void VolumeIsBusy;',
  },
  {
    id: 'every-refused-deletion-is-busy',
    rule: 'R12',
    file: 'provisioning/volumes.ts',
    find: 'if ((await this.find(volume)) !== undefined) throw error;',
    replace: 'throw new VolumeIsBusy({ volume_name: volume.id, reason: messageOf(error) }, { cause: error });',
  },
  {
    id: 'every-refused-deletion-of-a-snapshot-is-busy',
    rule: 'R18',
    file: 'snapshots/snapshots.ts',
    find: 'if (isBusy(error))\n        throw new SnapshotIsBusy',
    replace: 'if (isBusy(error) || error !== undefined)\n        throw new SnapshotIsBusy',
  },
  {
    id: 'limit-of-snapshots-is-an-error-of-the-backend',
    rule: 'B8',
    file: 'snapshots/snapshots.ts',
    find: '      if (kept.length >= groupsForSnapshots)\n        throw new SnapshotLimitExceeded({ allowed: groupsForSnapshots * imagesPerGroup });',
    replace: "      if (kept.length >= groupsForSnapshots) throw new NetAppDriverException('No more snapshots.');",
  },
  {
    id: 'what-can-not-be-done-is-not-implemented',
    rule: 'R31',
    file: 'cleanup/undo.ts',
    find: 'if (error instanceof CinderException) return error;',
    replace:
      "if (error instanceof CinderException) {\n    if (error.message.includes('consistency-groups')) error.name = 'NotImplementedError';\n    return error;\n  }",
  },
  {
    id: 'missing-initiator-is-an-invalid-input',
    rule: 'Q45',
    file: 'validate-arguments.ts',
    find: "throw new InvalidConnectorException({ missing: 'initiator' });",
    replace: "throw new InvalidInput({ reason: 'initiator' });",
    also: [
      {
        file: 'validate-arguments.ts',
        find: 'import { InvalidConnectorException, InvalidVolume }',
        replace: 'import { InvalidInput, InvalidVolume }',
      },
    ],
  },
  {
    id: 'volume-to-manage-that-is-not-there-is-not-found',
    rule: 'R22',
    file: 'provisioning/volumes.ts',
    find: "if (found === undefined) return refuse(`there is no volume '${id}' on the array.`);",
    replace: 'if (found === undefined) throw new VolumeNotFound({ volume_id: id });',
  },
];
