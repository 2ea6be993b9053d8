import type { Mutant } from '../mutant.js';

/** Copies: of volumes, of snapshots, of groups' views. */
export const cloneMutants: readonly Mutant[] = [
  {
    id: 'clone-uses-a-group-with-snapshots',
    rule: 'Q1',
    file: 'snapshots/snapshots.ts',
    find: 'const group = await this.group(volume, randomReservedLabel(this.runtime));',
    replace: 'const group = groups[0] ?? (await this.group(volume, randomReservedLabel(this.runtime)));',
  },
  {
    id: 'clone-leaves-its-group',
    rule: 'Q1',
    file: 'driver.ts',
    find: 'await release();',
    replace: 'void release;',
  },
  {
    id: 'copy-ignores-the-type',
    rule: 'Q12',
    file: 'provisioning/provisioning.ts',
    find: 'await this.volumes.create(volume, undo);',
    replace: 'await this.volumes.create(image === undefined ? volume : { ...volume, volume_type: null }, undo);',
  },
  {
    id: 'copy-lands-in-the-first-pool',
    rule: 'Q12',
    file: 'provisioning/volumes.ts',
    find: 'const pool = await this.pools.scheduled(volume);',
    replace:
      'const [first] = await this.pools.list();\n    const pool = (volume as { source_volid?: string }).source_volid && first ? first : await this.pools.scheduled(volume);',
  },
  {
    id: 'copy-that-ended-is-a-copy-that-worked',
    rule: 'Q15',
    file: 'snapshots/copier.ts',
    find: "if (status === 'complete') return true;",
    replace: 'if (!isAtWork(status)) return true as const;',
  },
  {
    id: 'copy-not-waited-for',
    rule: 'Q15',
    file: 'snapshots/copier.ts',
    find: 'if (isAtWork(status)) return undefined;',
    replace: 'if (isAtWork(status)) return true as const;',
  },
  {
    id: 'view-of-a-group-left',
    rule: 'Q31',
    file: 'snapshots/copier.ts',
    find: 'const release = () => this.client.deleteGroupView(group, view.cgViewRef);',
    replace: 'const release = async () => undefined;',
  },
  {
    id: 'view-that-fails-left',
    rule: 'Q31',
    file: 'snapshots/copier.ts',
    find: ', release, this.leftovers);',
    replace: ', async () => undefined);',
  },
  {
    id: 'clones-at-once-tidy-each-other-up',
    rule: 'Q40',
    file: 'driver.ts',
    find: 'parts.locks.run(`clone',
    replace: '((_: string, run: () => Promise<ModelUpdate | null>) => run())(`clone',
    also: [
      {
        file: 'snapshots/snapshots.ts',
        find: 'const group = await this.group(volume, randomReservedLabel(this.runtime));',
        replace:
          'for (const each of groups)\n          if (isReserved(each.label)) await this.client.deleteSnapshotGroup(each.id);\n        const group = await this.group(volume, randomReservedLabel(this.runtime));',
      },
    ],
  },
  {
    id: 'mark-of-clones-anywhere-in-the-name',
    rule: 'Q41',
    file: 'labels.ts',
    find: 'label.length === 30 && label.endsWith(reservedSuffix)',
    replace: 'label.includes(reservedSuffix)',
  },
  {
    id: 'source-of-a-clone-by-its-id',
    rule: 'Q43',
    file: 'driver.ts',
    find: 'parts.volumes.require(srcVref)',
    replace: 'parts.volumes.require({ ...srcVref, name_id: null, _name_id: null })',
  },
  {
    id: 'clone-is-empty',
    rule: 'C-create-cloned-volume-1',
    file: 'provisioning/provisioning.ts',
    find: 'if (image !== undefined) await this.copier.copy(image, target, volume.size);',
    replace: 'void image;',
  },
  {
    id: 'clone-cannot-be-written',
    rule: 'C-create-cloned-volume-2',
    file: 'snapshots/copier.ts',
    find: '        await lift();',
    replace: '',
    also: [
      { file: 'snapshots/copier.ts', find: ', view.release);', replace: ', async () => undefined);' },
      { file: 'driver.ts', find: 'await release();', replace: 'void release;' },
    ],
  },
  {
    id: 'what-a-clone-could-not-put-away-stays',
    rule: 'Q1',
    file: 'driver.ts',
    find: '        await leftovers.removeAll();\n',
    replace: '',
  },
  {
    id: 'copy-that-outlives-the-driver-stays',
    rule: 'Q15',
    file: 'cleanup/orphan-cleanup.ts',
    find: '    for (const view of own) if (busy.has(view.id)) this.removeLater(view);\n',
    replace: '',
  },
  {
    id: 'large-copies-get-as-long-as-small-ones',
    rule: 'C-create-volume-from-snapshot-1',
    file: 'waiting.ts',
    find: 'work: 3600, workPerGib: 60 }',
    replace: 'work: 3600, workPerGib: 6 }',
  },
  {
    id: 'create-sent-again-after-a-gateways-error',
    rule: 'B8',
    file: 'transport/rest-client.ts',
    find: "return method === 'GET' && error instanceof WebServiceException &&",
    replace: 'return error instanceof WebServiceException &&',
  },
];
