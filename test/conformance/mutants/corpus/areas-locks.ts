import type { Mutant } from '../mutant.js';

/** Locks between several callers, across groups, restarts and services; start-up tidying. */
export const lockAreaMutants: readonly Mutant[] = [
  {
    id: 'lock-that-only-two-can-wait-for',
    rule: 'B33',
    file: 'locks.ts',
    find: 'return await entry.mutex.runExclusive(action);',
    replace: 'return entry.users > 2 ? await action() : await entry.mutex.runExclusive(action);',
    also: [
      {
        file: 'mapper.ts',
        find: 'if (!isLunTaken(error) || attempt === lunAttempts) throw error;',
        replace: 'throw error;',
      },
    ],
  },
  {
    id: 'lock-forgotten-by-the-first-who-leaves',
    rule: 'B33',
    file: 'locks.ts',
    find: 'if (entry.users === 0) this.held.delete(name);',
    replace: 'this.held.delete(name);',
    also: [
      {
        file: 'mapper.ts',
        find: 'if (!isLunTaken(error) || attempt === lunAttempts) throw error;',
        replace: 'throw error;',
      },
    ],
  },
  {
    id: 'lun-taken-by-another-service-fails-the-attachment',
    rule: 'B33',
    file: 'mapper.ts',
    find: 'if (!isLunTaken(error) || attempt === lunAttempts) throw error;',
    replace: 'throw error;',
  },
  {
    id: 'notes-of-two-groups-overwrite-each-other',
    rule: 'Q8',
    file: 'ledger.ts',
    find: "await this.locks.run('ledger', async () => {\n      const all = await this.read();\n      const before",
    replace:
      'await this.locks.run(`ledger ${key}`, async () => {\n      const all = await this.read();\n      const before',
  },
  {
    id: 'forgetting-notes-without-a-lock',
    rule: 'Q8',
    file: 'ledger.ts',
    find: "this.locks.run('ledger', async () => {\n        const all = await this.read();\n        const known",
    replace:
      'this.locks.run(`forget ${groups[0]}`, async () => {\n        const all = await this.read();\n        const known',
  },
  {
    id: 'snapshots-of-one-volume-without-a-lock',
    rule: 'B8',
    file: 'snapshots.ts',
    find: 'create(volume: ArrayVolume): Promise<SnapshotImage> {\n    return this.locks.run(`volume ${volume.volumeRef}`, async',
    replace:
      'create(volume: ArrayVolume): Promise<SnapshotImage> {\n    return this.locks.run(`volume ${this.runtime.randomUuid()}`, async',
  },
  {
    id: 'deletions-of-snapshots-without-a-lock',
    rule: 'B8',
    file: 'snapshots.ts',
    find: 'await this.locks.run(`volume ${image.baseVol}`, () =>',
    replace: 'await this.locks.run(`image ${image.id}`, () =>',
  },
  {
    id: 'deletions-of-group-snapshots-without-a-lock',
    rule: 'Q6',
    file: 'groups.ts',
    find: 'return this.locks.run(`group ${group.id}`, async () => {\n      const images = (await this.client.groupImages(group.id)).sort(bySequence);',
    replace:
      'return this.locks.run(`group ${this.runtime.randomUuid()}`, async () => {\n      const images = (await this.client.groupImages(group.id)).sort(bySequence);',
  },
  {
    id: 'clones-of-one-volume-without-a-lock',
    rule: 'Q40',
    file: 'driver.ts',
    find: 'return parts.locks.run(`clone ${nameId(srcVref)}`, async () => {',
    replace: 'return parts.locks.run(`clone ${volume.id}`, async () => {',
  },
  {
    id: 'a-failed-call-keeps-its-lock',
    rule: 'R10',
    file: 'locks.ts',
    find: 'return await entry.mutex.runExclusive(action);',
    replace:
      'const release = await entry.mutex.acquire();\n      const result = await action();\n      release();\n      return result;',
  },
  {
    id: 'unmapping-under-a-lock-of-its-own',
    rule: 'Q22',
    file: 'mapper.ts',
    find: "await this.locked(target, initiator ?? '', async () => {\n        if (connector === null",
    replace: 'await this.locks.run(`unmapping ${target.volumeRef}`, async () => {\n        if (connector === null',
  },
  {
    id: 'start-takes-the-views-that-hosts-use',
    rule: 'C-do-setup-2',
    file: 'leftovers.ts',
    find: "return uuidOf(label)?.[14] === '4' && (view.listOfMappings ?? []).length === 0;",
    replace: "return uuidOf(label)?.[14] === '4';",
  },
  {
    id: 'start-takes-all-views',
    rule: 'Q29',
    file: 'leftovers.ts',
    find: "return uuidOf(label)?.[14] === '4' && (view.listOfMappings ?? []).length === 0;",
    replace: "return label !== '' && (view.listOfMappings ?? []).length === 0;",
  },
  {
    id: 'start-takes-views-that-are-being-copied',
    rule: 'C-do-setup-2',
    file: 'leftovers.ts',
    find: 'for (const view of own) if (!busy.has(view.id)) await this.removeView(view);',
    replace:
      'void busy;\n    for (const copy of copies) await this.client.deleteCopy(copy.volcopyRef);\n    for (const view of own) await this.removeView(view);',
  },
  {
    id: 'start-leaves-the-groups-of-half-done-clones',
    rule: 'Q1',
    file: 'leftovers.ts',
    find: '    await this.removeGroups(groups);\n  }',
    replace: '    void groups;\n  }',
  },
  {
    id: 'start-leaves-the-views-of-half-done-copies',
    rule: 'Q31',
    file: 'leftovers.ts',
    find: 'for (const view of own) if (!busy.has(view.id)) await this.removeView(view);',
    replace: 'void busy;',
  },
  {
    id: 'start-takes-copies-of-others',
    rule: 'Q29',
    file: 'leftovers.ts',
    find: 'if (!isAtWork(copy.status) && own.some((view) => view.id === copy.sourceVolume))',
    replace: 'if (!isAtWork(copy.status))',
    also: [
      {
        file: 'leftovers.ts',
        find: 'if (own.length === 0 && !groups.some(isClones)) return;',
        replace: '',
      },
    ],
  },
  {
    id: 'start-empties-the-shared-host-group',
    rule: 'C-do-setup-2',
    file: 'mapper.ts',
    find: 'if (mappings.some((each) => each.mapRef === group.clusterRef && !gone.includes(each))) return;',
    replace:
      'if (gone.length > 0 && mappings.some((each) => each.mapRef === group.clusterRef && !gone.includes(each))) return;',
  },
  {
    id: 'start-clears-the-notes',
    rule: 'C-do-setup-2',
    file: 'driver.ts',
    find: '      await ledger.deleteHeld();\n',
    replace: "      await ledger.deleteHeld();\n      await this.ready().client.setRecord('cinder-snapshots', '{}');\n",
  },
  {
    id: 'start-forgets-what-a-group-copy-was-interrupted-in',
    rule: 'Q48',
    file: 'driver.ts',
    find: '      await ledger.deleteHeld();\n',
    replace: '',
  },
];
