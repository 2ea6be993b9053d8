import type { Mutant } from '../mutant.js';

/** Replicas under extension, retype, failing pairs, several at once and several pools. */
export const replicaAreaMutants: readonly Mutant[] = [
  {
    id: 'extension-leaves-the-replica-small',
    rule: 'C-create-volume-4',
    file: 'provisioning/provisioning.ts',
    find: 'await this.replication.extend(await this.volumes.find(volume), replicaOf(volume), sizeGib);',
    replace: 'void sizeGib;',
  },
  {
    id: 'replica-forgotten-after-a-retype',
    rule: 'C-delete-volume-2',
    file: 'provisioning/provisioning.ts',
    find: "return isReplicated(extraSpecs(volume)) || keptOf(volume).includes('mirror_pair');",
    replace: 'return isReplicated(extraSpecs(volume));',
  },
  {
    id: 'mirror-group-made-twice-at-once',
    rule: 'C-create-volume-3',
    file: 'provisioning/replication.ts',
    find: "return this.locks.run('mirror group', async () => {",
    replace: 'return this.locks.run(`mirror group ${this.runtime.randomUuid()}`, async () => {',
    also: [
      {
        file: 'provisioning/replication.ts',
        find: 'return made(() => this.client.createMirrorGroup(label, secondaryArrayId, syncIntervalMinutes), find);',
        replace: 'return this.client.createMirrorGroup(label, secondaryArrayId, syncIntervalMinutes);',
      },
    ],
  },
  {
    id: 'replica-in-the-first-pool',
    rule: 'C-create-volume-3',
    file: 'provisioning/replication.ts',
    find: 'this.device.pool === undefined ? free(pool) >= bytes : pool.label === this.device.pool',
    replace: 'this.device.pool === undefined || pool.label === this.device.pool',
    also: [{ file: 'provisioning/replication.ts', find: '.sort((a, b) => (free(b) > free(a) ? 1 : -1))', replace: '' }],
  },
  {
    id: 'replica-in-the-fullest-pool',
    rule: 'C-create-volume-3',
    file: 'provisioning/replication.ts',
    find: 'this.device.pool === undefined ? free(pool) >= bytes : pool.label === this.device.pool',
    replace: 'this.device.pool === undefined || pool.label === this.device.pool',
    also: [
      {
        file: 'provisioning/replication.ts',
        find: '.sort((a, b) => (free(b) > free(a) ? 1 : -1))',
        replace: '.sort((a, b) => (free(b) > free(a) ? -1 : 1))',
      },
    ],
  },
  {
    id: 'configured-pool-of-the-replica-ignored',
    rule: 'C-create-volume-3',
    file: 'provisioning/replication.ts',
    find: 'this.device.pool === undefined ? free(pool) >= bytes : pool.label === this.device.pool',
    replace: 'free(pool) >= bytes',
  },
  {
    id: 'replica-of-one-gib',
    rule: 'C-create-volume-3',
    file: 'provisioning/replication.ts',
    find: '{ ...like, poolId, thinProvision: false }',
    replace: '{ ...like, size: 1, poolId, thinProvision: false }',
  },
  {
    id: 'all-pairs-of-the-group-go-with-one-volume',
    rule: 'C-delete-volume-2',
    file: 'provisioning/replication.ts',
    find: '    const pair = await this.pairOf(volume);\n    if (pair !== undefined) await',
    replace: '    for (const pair of await this.client.mirrorPairs()) await',
  },
  {
    id: 'replica-that-is-missing-fails-the-deletion',
    rule: 'C-delete-volume-2',
    file: 'provisioning/replication.ts',
    find: 'if (secondary !== undefined) await ignoreMissing(this.remote.deleteVolume(secondary.volumeRef));',
    replace: "await this.remote.deleteVolume(secondary?.volumeRef ?? '0200000000000000000000000000000000000000');",
  },
  {
    id: 'replica-that-cannot-grow-is-left-behind',
    rule: 'C-create-volume-4',
    file: 'provisioning/provisioning.ts',
    find: 'replicaOf(volume), sizeGib);',
    replace: 'replicaOf(volume), sizeGib).catch(() => undefined);',
  },
  {
    id: 'replica-of-a-migrated-volume-is-looked-for-by-name',
    rule: 'C-create-volume-4',
    file: 'provisioning/replication.ts',
    find: 'for (const known of [pair?.remoteVolume, ref, name]) {',
    replace: 'for (const known of ref === pair?.id ? [] : [name]) {',
  },
  {
    id: 'password-of-the-second-array-ends-at-a-colon',
    rule: 'C-check-for-setup-error-1',
    file: 'config.ts',
    find: "return [String(name).trim(), rest.join(':').trim()];",
    replace: "return [String(name).trim(), String(rest[0] ?? '').trim()];",
  },
  {
    id: 'any-mirror-group-of-cinder-is-taken',
    rule: 'C-create-volume-4',
    file: 'provisioning/replication.ts',
    find: '.find((group) => group.label === label);',
    replace: ".find((group) => group.label.startsWith('cinder-'));",
  },
];
