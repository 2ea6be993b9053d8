import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group, GroupSnapshot } from '../../../driver/index.js';
import { type Backend, backendTools, closeConsistent, newBackend, newSnapshot, newVolume } from '../backends.js';

/** Every step when its answer is lost, cut, garbled, repeated or late. */

let backend: Backend;
const { array } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

const group: Group = { id: '11111111-2222-4333-8444-555555555555' };

describe('what an unfinished or foreign answer does', () => {
  const cgsnapshot: GroupSnapshot = { id: '22222222-2222-4333-8444-555555555555', group_id: group.id };

  it.each(['lost', 'cut', 'garbled', 'twice', 'reset', 'late'] as const)(
    'every step of a life survives or fails cleanly when its answer is %s',
    async (fault) => {
      const paths: { method: string; path: RegExp }[] = [
        { method: 'POST', path: /^snapshot-groups/ },
        { method: 'POST', path: /^snapshot-images/ },
        { method: 'POST', path: /^snapshot-volumes/ },
        { method: 'POST', path: /^volume-copy-jobs/ },
        { method: 'POST', path: /^consistency-groups$/ },
        { method: 'POST', path: /member-volumes/ },
        { method: 'POST', path: /^consistency-groups\/[^/]+\/snapshots/ },
        { method: 'DELETE', path: /^volume-copy-jobs/ },
        { method: 'DELETE', path: /^snapshot-volumes/ },
        { method: 'DELETE', path: /^snapshot-groups/ },
        { method: 'DELETE', path: /^ssc\/volumes/ },
      ];
      for (const rule of paths) {
        backend.proxy.fail({ ...rule, fault });
        const attempt = (action: () => Promise<unknown>) => action().catch((error: unknown) => error);
        const volume = newVolume();
        await attempt(() => backend.driver.createVolume(volume));
        const snapshot = newSnapshot(volume);
        const taken = await attempt(() => backend.driver.createSnapshot(snapshot));
        const kept = { ...snapshot, provider_id: String((taken as { provider_id?: string }).provider_id ?? '') };
        const copies = [newVolume(), newVolume()];
        await attempt(() => backend.driver.createVolumeFromSnapshot(copies[0] ?? volume, kept));
        await attempt(() => backend.driver.createClonedVolume(copies[1] ?? volume, volume));
        await attempt(() => backend.driver.createGroup({}, group));
        await attempt(() => backend.driver.updateGroup({}, group, { add_volumes: [volume] }));
        const members = [newSnapshot(volume)];
        await attempt(() => backend.driver.createGroupSnapshot({}, cgsnapshot, members));
        backend.proxy.clear();
        for (const each of copies) await backend.driver.deleteVolume(each);
        await backend.driver.deleteGroup({}, group, [volume]);
        await backend.driver.deleteSnapshot(kept);
        const { tables } = array();
        expect([rule, tables.volumes.size, tables.snapshotGroups.size, tables.consistencyGroups.size]).toEqual([
          rule,
          0,
          0,
          0,
        ]);
        expect([rule, tables.snapshotVolumes.size, tables.volumeCopies.size, tables.repositories.size]).toEqual([
          rule,
          0,
          0,
          0,
        ]);
      }
    },
  );
});
