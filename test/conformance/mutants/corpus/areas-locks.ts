import type { Mutant } from '../mutant.js';

/** All notes are one text that is read, changed and written; `serialised` says how that is kept apart. */
function notesInOneRecord(serialised: (change: string) => string): Pick<Mutant, 'file' | 'find' | 'replace' | 'also'> {
  const file = 'cleanup/notes.ts';
  const written = (change: string) =>
    serialised(`{
      const keys = JSON.parse((await this.client.record('cinder-notes')) || '[]') as string[];
      await this.client.setRecord('cinder-notes', JSON.stringify(${change}));
    }`);
  return {
    file,
    find: 'return this.client.setKeyValue(keyOf(topic, name), { noted: true });',
    replace: `return ${written('[...keys, keyOf(topic, name)]')};`,
    also: [
      {
        file,
        find: 'return ignoreMissing(this.client.deleteKeyValue(keyOf(topic, name)));',
        replace: `return ignoreMissing(${written('keys.filter((key) => key !== keyOf(topic, name))')});`,
      },
      {
        file,
        find: '(await this.client.keyValues()).map(({ key }) => key);',
        replace: "JSON.parse((await this.client.record('cinder-notes')) || '[]') as string[];",
      },
      {
        file,
        find: '  constructor(private readonly client: ArrayClient) {}',
        replace:
          '  private last: Promise<void> = Promise.resolve();\n\n  constructor(private readonly client: ArrayClient) {\n    void this.last;\n  }',
      },
    ],
  };
}

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
        file: 'attach/mapper.ts',
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
        file: 'attach/mapper.ts',
        find: 'if (!isLunTaken(error) || attempt === lunAttempts) throw error;',
        replace: 'throw error;',
      },
    ],
  },
  {
    id: 'lun-taken-by-another-service-fails-the-attachment',
    rule: 'B33',
    file: 'attach/mapper.ts',
    find: 'if (!isLunTaken(error) || attempt === lunAttempts) throw error;',
    replace: 'throw error;',
  },
  {
    id: 'notes-of-two-groups-overwrite-each-other',
    rule: 'B8',
    ...notesInOneRecord((change) => `(async () => ${change})()`),
  },
  {
    id: 'notes-of-two-services-overwrite-each-other',
    rule: 'Q9',
    ...notesInOneRecord((change) => `(this.last = this.last.then(async () => ${change}))`),
  },
  {
    id: 'volumes-given-up-by-two-services-overwrite-each-other',
    rule: 'C-unmanage-1',
    ...notesInOneRecord((change) => `(this.last = this.last.then(async () => ${change}))`),
  },
  {
    id: 'unmapping-under-a-lock-of-its-own',
    rule: 'Q22',
    file: 'attach/mapper.ts',
    find: 'await this.locked(target, initiator, async () => {',
    replace: 'await this.locks.run(`unmapping ${target.volumeRef}`, async () => {',
  },
  {
    id: 'start-takes-the-views-that-hosts-use',
    rule: 'Q29',
    file: 'cleanup/orphan-cleanup.ts',
    find: "return uuidOf(label)?.[14] === '4' && (view.listOfMappings ?? []).length === 0;",
    replace: "return uuidOf(label)?.[14] === '4';",
  },
  {
    id: 'start-takes-all-views',
    rule: 'Q29',
    file: 'cleanup/orphan-cleanup.ts',
    find: "return uuidOf(label)?.[14] === '4' && (view.listOfMappings ?? []).length === 0;",
    replace: "return label !== '' && (view.listOfMappings ?? []).length === 0;",
  },
  {
    id: 'start-takes-copies-of-others',
    rule: 'Q29',
    file: 'cleanup/orphan-cleanup.ts',
    find: 'if (!isAtWork(copy.status) && own.some((view) => view.id === copy.sourceVolume))',
    replace: 'if (!isAtWork(copy.status))',
    also: [
      {
        file: 'cleanup/orphan-cleanup.ts',
        find: 'if (own.length === 0 && !groups.some(isClones)) return;',
        replace: '',
      },
    ],
  },
  {
    id: 'start-empties-the-shared-host-group',
    rule: 'C-do-setup-2',
    file: 'attach/mapper.ts',
    find: 'if (mappings.some((each) => each.mapRef === group.clusterRef && each.volumeRef !== gone?.volumeRef)) return;',
    replace:
      'if (gone && mappings.some((each) => each.mapRef === group.clusterRef && each.volumeRef !== gone.volumeRef)) return;',
  },
  {
    id: 'start-clears-the-notes',
    rule: 'C-do-setup-2',
    file: 'driver.ts',
    find: '      () => deferredDeletions.deleteHeld(),\n',
    replace:
      "      () => deferredDeletions.deleteHeld(),\n      async () => {\n        for (const { key } of await this.ready().client.keyValues())\n          if (key.startsWith('cinder-')) await this.ready().client.deleteKeyValue(key);\n      },\n",
  },
  {
    id: 'marks-without-a-second-look',
    rule: 'Q9',
    file: 'cleanup/deferred-deletions.ts',
    find: '      if (id !== undefined) await this.dropWhatLeadsNow(series, deferred, present.slice(leading.length));\n',
    replace: '',
  },
  {
    id: 'second-look-only-after-marking',
    rule: 'Q9',
    file: 'cleanup/deferred-deletions.ts',
    find: '      if (id !== undefined) await this.drop',
    replace: '      if (id !== undefined && deferred) await this.drop',
  },
];
