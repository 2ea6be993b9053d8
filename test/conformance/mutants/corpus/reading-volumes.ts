import type { Mutant } from '../mutant.js';

/** Volumes and snapshots, as a reader of the contract would get them wrong. */
export const readingVolumeMutants: readonly Mutant[] = [
  {
    id: 'new-size-is-an-addition',
    rule: 'C-extend-volume-1',
    file: 'provisioning/volumes.ts',
    find: 'this.client.expandVolume(found.id, sizeGib));',
    replace: 'this.client.expandVolume(found.id, sizeGib + volume.size));',
  },
  {
    id: 'every-refusal-of-a-deletion-is-busy',
    rule: 'Q10',
    file: 'provisioning/volumes.ts',
    find: 'if (isBusy(error)) throw new VolumeIsBusy(',
    replace: "if (isBusy(error) || messageOf(error) !== '') throw new VolumeIsBusy(",
  },
  {
    id: 'revert-is-done-when-it-is-asked-for',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: "return rollbackStatus === 'none' ? true : undefined;",
    replace: 'return rollbackStatus === undefined ? undefined : true;',
  },
  {
    id: 'revert-to-the-snapshot-of-another-volume',
    rule: 'R19',
    file: 'snapshots/rollback.ts',
    find: 'if (image.baseVol !== volume.volumeRef)',
    replace: "if (image.baseVol === '')",
  },
  {
    id: 'revert-to-the-newest-snapshot',
    rule: 'R19',
    file: 'driver.ts',
    find: 'const image = await snapshots.imageOf(snapshot);\n      const target',
    replace:
      'const own = await snapshots.imageOf(snapshot);\n      const image = (await snapshots.imagesIn(own.pitGroupRef)).at(-1) ?? own;\n      const target',
  },
  {
    id: 'pool-told-as-the-scheduler-chose-it',
    rule: 'C-get-pool-1',
    file: 'driver.ts',
    find: 'return (await client.pool(volumeGroupRef))?.label ?? null;',
    replace: "return volume.host?.split('#')[1] ?? (await client.pool(volumeGroupRef))?.label ?? null;",
  },
  {
    id: 'copies-of-hours-are-given-up',
    rule: 'C-create-cloned-volume-1',
    file: 'waiting.ts',
    find: 'return limits.work + limits.workPerGib * sizeGib;',
    replace: 'return Math.min(900, limits.work + limits.workPerGib * sizeGib);',
  },
  {
    id: 'retype-across-pools-is-told-as-done',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'if (moves || different.some((name) => !changeable.has(name))) return false;',
    replace: 'void moves;\n    if (different.some((name) => !changeable.has(name))) return false;',
  },
  {
    id: 'retype-of-what-cannot-change-in-place-is-told-as-done',
    rule: 'R20',
    file: 'provisioning/volumes.ts',
    find: 'if (moves || different.some((name) => !changeable.has(name))) return false;',
    replace: 'void different;\n    if (moves) return false;',
  },
  {
    id: 'migrated-volume-told-to-have-its-name',
    rule: 'R21',
    file: 'provisioning/volumes.ts',
    find: 'if (named !== undefined) return named.volumeRef === found.volumeRef;',
    replace: 'if (named !== undefined) return true;',
  },
  {
    id: 'replica-grows-by-its-type-alone',
    rule: 'C-delete-volume-2',
    file: 'provisioning/provisioning.ts',
    find: "return isReplicated(extraSpecs(volume)) || keptOf(volume).includes('mirror_pair');",
    replace: "return isReplicated(extraSpecs(volume)) && keptOf(volume) !== '';",
  },
  {
    id: 'failed-pairing-leaves-the-replica',
    rule: 'R8',
    file: 'provisioning/replication.ts',
    find: '    removal();\n    undo.add(`The mirrored',
    replace: '    undo.add(`The mirrored',
  },
];
