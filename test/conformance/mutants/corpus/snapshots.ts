import type { Mutant } from '../mutant.js';

/** Snapshots, and what is remembered of those deleted out of turn. */
export const snapshotMutants: readonly Mutant[] = [
  {
    id: 'missing-snapshot-is-an-error-of-the-driver',
    rule: 'B4',
    file: 'snapshots/snapshots.ts',
    find: 'throw new SnapshotNotFound(',
    replace: 'throw new NetAppDriverException(',
  },
  {
    id: 'consistency-groups-left-out-of-the-budget',
    rule: 'B7',
    file: 'snapshots/snapshots.ts',
    find: 'if (kept.length >= groupsForSnapshots)',
    replace: 'if (kept.filter((group) => !group.consistencyGroup).length > groupsForSnapshots)',
  },
  {
    id: 'deletion-out-of-turn-forgotten',
    rule: 'B8',
    file: 'cleanup/deferred-deletions.ts',
    find: "if (deferred) await this.notes.write('deleted', nameOf(group, id));",
    replace: '',
  },
  {
    id: 'thirty-two-snapshots-and-no-more',
    rule: 'B8',
    file: 'snapshots/snapshots.ts',
    find: 'const groupsForSnapshots = 3;',
    replace: 'const groupsForSnapshots = 1;',
  },
  {
    id: 'group-deleted-with-its-oldest-snapshot',
    rule: 'B8',
    file: 'cleanup/deferred-deletions.ts',
    find: 'if (firstWanted === -1 && series.deleteAll !== undefined) {',
    replace: 'if (firstWanted !== 0 && series.deleteAll !== undefined) {',
  },
  {
    id: 'failed-snapshot-takes-the-group-along',
    rule: 'Q2',
    file: 'snapshots/snapshots.ts',
    find: 'if (usable !== undefined) return this.image(usable);',
    replace:
      "if (usable !== undefined)\n        return undoing(this.runtime, async (undo) => {\n          undo.add('Snapshot group', () => this.client.deleteSnapshotGroup(usable.id));\n          return this.image(usable);\n        });",
  },
  {
    id: 'first-snapshot-that-fails-leaves-its-group',
    rule: 'Q2',
    file: 'snapshots/snapshots.ts',
    find: "undo.add(`Snapshot group '${group.label}'`, () => this.client.deleteSnapshotGroup(group.id));",
    replace: 'void undo;',
    // The next deletion would remove it: at once or then is free.
    also: [
      { file: 'snapshots/snapshots.ts', find: '      await this.removeEmptyGroups(snapshot.volume);\n', replace: '' },
    ],
  },
  {
    id: 'marks-are-places-in-a-row',
    rule: 'Q7',
    file: 'cleanup/deferred-deletions.ts',
    find: "await this.notes.write('deleted', nameOf(group, id));",
    replace: "await this.notes.write('deleted', nameOf(group, String(present.indexOf(id))));",
    also: [
      {
        file: 'cleanup/deferred-deletions.ts',
        find: '    const marks = (await this.allMarks()).get(group) ?? new Set();\n    const unwanted',
        replace:
          '    const places = (await this.allMarks()).get(group) ?? new Set();\n    const marks = new Set(present.filter((_, index) => places.has(String(index))));\n    const unwanted',
      },
      {
        file: 'cleanup/deferred-deletions.ts',
        find: 'await this.unmark(group, await this.gone(series, marks, leading));',
        replace:
          "await this.unmark(group, places);\n      for (const place of places)\n        if (Number(place) >= leading.length)\n          await this.notes.write('deleted', nameOf(group, String(Number(place) - leading.length)));",
      },
    ],
  },
  {
    id: 'unreadable-notes-are-empty-notes',
    rule: 'Q8',
    file: 'cleanup/notes.ts',
    find: '(await this.client.keyValues()).map(',
    replace: '(await this.client.keyValues().catch(() => [])).map(',
    also: [
      {
        file: 'cleanup/earlier-marks.ts',
        find: 'await client.record(recordKey);',
        replace: 'await client.record(recordKey).catch(() => undefined);',
      },
    ],
  },
  {
    id: 'refused-deletion-of-a-group-forgotten',
    rule: 'Q9',
    file: 'cleanup/deferred-deletions.ts',
    find: 'await series.deleteAll();',
    replace: 'await series.deleteAll().catch(() => undefined);',
  },
  {
    id: 'snapshot-of-a-gone-volume-cannot-be-deleted',
    rule: 'Q46',
    file: 'snapshots/snapshots.ts',
    find: '      await this.finishDeletions();\n      return;',
    replace: '      throw new SnapshotNotFound({ snapshot_id: snapshot.id });',
  },
  {
    id: 'notes-of-gone-groups-kept',
    rule: 'Q47',
    file: 'cleanup/deferred-deletions.ts',
    find: 'if (marks.size > 0) await this.forget([group]);',
    replace: '',
    also: [
      { file: 'cleanup/deferred-deletions.ts', find: 'else await this.unmark(group, ids);', replace: 'else void ids;' },
    ],
  },
  {
    id: 'failed-snapshot-told-as-a-status',
    rule: 'R17',
    file: 'driver.ts',
    find: 'const image = await snapshots.create(await volumes.require(snapshot.volume));',
    replace:
      "const image = await snapshots.create(await volumes.require(snapshot.volume)).catch(() => undefined);\n      if (image === undefined) return { status: 'error' };",
  },
  {
    id: 'marks-lost-with-the-driver',
    rule: 'B8',
    file: 'cleanup/notes.ts',
    find: 'return this.client.setKeyValue(keyOf(topic, name), { noted: true });',
    replace: 'this.own.add(keyOf(topic, name));\n    return Promise.resolve();',
    also: [
      {
        file: 'cleanup/notes.ts',
        find: '(await this.client.keyValues()).map(({ key }) => key);',
        replace: '[...this.own];',
      },
      {
        file: 'cleanup/notes.ts',
        find: 'return ignoreMissing(this.client.deleteKeyValue(keyOf(topic, name)));',
        replace: 'this.own.delete(keyOf(topic, name));\n    return ignoreMissing(Promise.resolve());',
      },
      {
        file: 'cleanup/notes.ts',
        find: '  constructor(private readonly client: ArrayClient) {}',
        replace:
          '  private readonly own = new Set<string>();\n\n  constructor(private readonly client: ArrayClient) {\n    void this.client;\n  }',
      },
    ],
  },
  {
    id: 'failed-deletion-of-a-snapshot-told-as-done',
    rule: 'R18',
    file: 'driver.ts',
    find: 'await this.ready().snapshots.delete(snapshot);',
    replace: 'await this.ready().snapshots.delete(snapshot).catch(() => undefined);',
  },
  {
    id: 'snapshot-without-a-way-to-find-it-again',
    rule: 'C-create-snapshot-2',
    file: 'driver.ts',
    find: 'require(snapshot.volume));\n      return { provider_id: image.id };',
    replace: 'require(snapshot.volume));\n      return { provider_id: image.pitGroupRef };',
  },
  {
    id: 'last-image-taken-for-the-new-snapshot',
    rule: 'C-create-snapshot-1',
    file: 'snapshots/snapshots.ts',
    find: 'if (usable !== undefined) return this.image(usable);',
    replace: 'if (usable !== undefined) return (await this.imagesIn(usable.id)).at(-1) ?? this.image(usable);',
  },
  {
    id: 'volume-from-a-snapshot-is-empty',
    rule: 'C-create-volume-from-snapshot-1',
    file: 'provisioning/provisioning.ts',
    find: 'if (image !== undefined) await this.copier.copy(image, target, volume.size);',
    replace: 'void image;',
  },
  {
    id: 'volume-from-a-snapshot-cannot-be-written',
    rule: 'C-create-volume-from-snapshot-2',
    file: 'snapshots/copier.ts',
    find: '        await lift();',
    replace: '',
    also: [{ file: 'snapshots/copier.ts', find: ', view.release);', replace: ', async () => undefined);' }],
  },
  {
    id: 'deleted-snapshot-takes-the-next-along',
    rule: 'C-delete-snapshot-1',
    file: 'cleanup/deferred-deletions.ts',
    find: 'const unwanted = new Set(present.filter((each) => marks.has(each) || each === id));',
    replace:
      'const unwanted = new Set(present.filter((each, index) => marks.has(each) || each === id || present[index - 1] === id));',
  },
  {
    id: 'group-of-a-creation-cut-short-stays',
    rule: 'Q9',
    file: 'snapshots/snapshots.ts',
    find: '      await this.removeEmptyGroups(snapshot.volume);\n',
    replace: '',
  },
  {
    id: 'snapshot-missing-in-a-list-counts-as-gone',
    rule: 'B8',
    file: 'cleanup/deferred-deletions.ts',
    find: 'series.present.includes(image.id) ? series : await series.reread(), image.id',
    replace: 'series, image.id',
  },
  {
    id: 'newest-image-is-taken-for-the-lost-one',
    rule: 'Q7',
    file: 'snapshots/snapshots.ts',
    find: 'return images.length === before + 1 ? images[before] : undefined;',
    replace: 'return images.length > before ? images.at(-1) : undefined;',
  },
];
