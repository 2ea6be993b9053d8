import type { Mutant } from '../mutant.js';

/** Odd sizes, metadata that must survive, numbers that floats do not hold, copies that take long. */
export const sizeAreaMutants: readonly Mutant[] = [
  {
    id: 'managed-size-rounded-to-the-nearest',
    rule: 'R22',
    file: 'provisioning/volumes.ts',
    find: 'return Number((BigInt(volume.capacity) + gib - 1n) / gib);',
    replace: 'return Math.round(Number(BigInt(volume.capacity)) / Number(gib));',
  },
  {
    id: 'managed-size-one-too-large-for-whole-gib',
    rule: 'R22',
    file: 'provisioning/volumes.ts',
    find: 'return Number((BigInt(volume.capacity) + gib - 1n) / gib);',
    replace: 'return Number(BigInt(volume.capacity) / gib) + 1;',
  },
  {
    id: 'odd-size-grows-by-the-difference',
    rule: 'C-extend-volume-1',
    file: 'provisioning/volumes.ts',
    find: 'const wanted = BigInt(sizeGib) * gib;\n    const thin',
    replace:
      'const wanted = BigInt(sizeGib) * gib;\n    const more = sizeGib - Number(volume.size);\n    sizeGib = Number(BigInt(found.capacity) / gib) + more;\n    const thin',
  },
  {
    id: 'odd-size-counts-as-extended-already',
    rule: 'C-extend-volume-1',
    file: 'provisioning/volumes.ts',
    find: 'if (BigInt(found.capacity) < wanted) {',
    replace: 'if (sizeOf(found) < sizeGib) {',
  },
  {
    id: 'snapshot-of-an-odd-size-is-copied-to-a-smaller-volume',
    rule: 'C-create-volume-from-snapshot-1',
    file: 'provisioning/provisioning.ts',
    find: 'const target = await this.volumes.create(volume, undo);',
    replace:
      'const size = image === undefined ? volume.size : Number(BigInt(image.pitCapacity ?? 0) / 2n ** 30n) || volume.size;\n    const target = await this.volumes.create({ ...volume, size }, undo);',
  },
  {
    id: 'provisioned-capacity-added-up-in-32-bits',
    rule: 'B3',
    file: 'provisioning/pools.ts',
    find: 'inGib(provisioned(pool))',
    replace: 'inGib(BigInt.asUintN(32, provisioned(pool)))',
  },
  {
    id: 'metadata-of-the-volume-replaced',
    rule: 'R7',
    file: 'provisioning/provisioning.ts',
    find: 'if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return null;',
    replace:
      'if (this.replication === undefined || !isReplicated(extraSpecs(volume))) return { metadata: { array_label: labelOf(nameId(volume)) } };',
  },
  {
    id: 'metadata-of-the-snapshot-emptied',
    rule: 'R17',
    file: 'driver.ts',
    find: 'return { provider_id: image.id };\n    });\n  }\n\n  /** Deletes a snapshot, in any order.',
    replace: 'return { provider_id: image.id, metadata: {} };\n    });\n  }\n\n  /** Deletes a snapshot, in any order.',
  },
  {
    id: 'metadata-of-a-managed-volume-replaced',
    rule: 'R22',
    file: 'driver.ts',
    find: 'await this.ready().volumes.manage(volume, existingRef);\n      return null;',
    replace:
      "await this.ready().volumes.manage(volume, existingRef);\n      return { metadata: { was: String(existingRef['source-name']) } } as never;",
  },
  {
    id: 'copies-given-up-after-five-minutes',
    rule: 'C-create-volume-from-snapshot-1',
    file: 'snapshots/copier.ts',
    find: 'workSeconds(this.limits, sizeGib), async',
    replace: 'Math.min(300, workSeconds(this.limits, sizeGib)), async',
  },
  {
    id: 'clones-given-up-after-twenty-looks',
    rule: 'C-create-cloned-volume-1',
    file: 'snapshots/copier.ts',
    find: 'workSeconds(this.limits, sizeGib), async',
    replace: '20 * 5, async',
  },
  {
    id: 'expansions-given-up-after-five-minutes',
    rule: 'B14',
    file: 'provisioning/volumes.ts',
    find: 'workSeconds(this.limits, sizeGib),\n      async',
    replace: '300,\n      async',
  },
];
