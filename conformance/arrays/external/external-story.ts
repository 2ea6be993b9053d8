import { ArrayAdminClient } from '../array-admin-client.js';
import { refsOf, takeInventory } from '../inventory.js';
import { type CreatedObject, createdObjects, type Knowledge } from './created-objects.js';
import { CreatedRecords } from './created-records.js';
import type { ExternalArray } from './external-array.js';
import { hostMark } from './label-prefix.js';
import { guardedOrigin, type OwnershipPolicy, WriteGuard } from './write-guard.js';
import type { Writing } from './write-rules.js';

/** An outside array while one story is played on it: what the story makes is known, and is taken away again. */
export interface ExternalStory {
  readonly admin: ArrayAdminClient;
  /** Carries what drivers ask for. */
  readonly guard: WriteGuard;
  /** The options that say where the array is. */
  readonly reaching: Readonly<Record<string, unknown>>;
  /** Takes away what the story has made, and nothing else. Gives what could not be. */
  takeAway(): Promise<string[]>;
}

/** How often it is tried to take away what is busy, and how long is waited in between. */
const rounds = 5;
const betweenRoundsMs = 2000;

/** Begins a story: what is there now is not the story's. Rejects with AdminRequestError. */
export async function beginExternalStory(array: ExternalArray): Promise<ExternalStory> {
  const { url, dispatcher, systemId, user, password, pool, time } = array;
  const admin = new ArrayAdminClient({ url, dispatcher, systemId, user, password });
  const before = await takeInventory(admin);
  const records = new CreatedRecords(before);
  const createdRefs = new Set<string>();
  const knowledge: Knowledge = { before: refsOf(before), createdRefs, hostMark: hostMark(array.startMs) };
  const guard = new WriteGuard({
    target: dispatcher,
    origin: url,
    systemId,
    ownership: ownershipOf({ admin, knowledge, records, pool: pool.ref }),
    nowMs: () => time.nowMs(),
  });
  return {
    admin,
    guard,
    reaching: {
      netapp_server_hostname: guardedOrigin.hostname,
      netapp_server_port: guardedOrigin.port,
      netapp_login: user,
      netapp_password: password,
      netapp_controller_ips: array.controllerAddresses.join(',') || guardedOrigin.hostname,
      netapp_pool_name_search_pattern: pool.label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
    },
    async takeAway() {
      let left: CreatedObject[] = [];
      for (let round = 0; round < rounds; round++) {
        if (round > 0) await time.pass(betweenRoundsMs);
        left = createdObjects(await takeInventory(admin), knowledge);
        if (left.length === 0) break;
        for (const { path } of left) if (path !== undefined) await admin.request('DELETE', path);
      }
      left = createdObjects(await takeInventory(admin), knowledge);
      await records.putBack(admin, await takeInventory(admin));
      return left.map(({ what, ref, label }) => `${what} '${label}' (${ref})`);
    },
  };
}

interface OwnershipOptions {
  readonly admin: ArrayAdminClient;
  readonly knowledge: Knowledge;
  readonly records: CreatedRecords;
  /** The reference of the only pool in which something may be made. */
  readonly pool: string;
}

function ownershipOf({ admin, knowledge, records, pool }: OwnershipOptions): OwnershipPolicy {
  const own = new Set<string>();
  const decideObjects: (writing: Extract<Writing, { kind: 'objects' }>) => ReturnType<OwnershipPolicy['decide']> =
    async ({ changed, mentioned }) => {
      const isStrange = (ref: string) => !own.has(ref) && ref !== pool;
      if (![...changed, ...mentioned].some(isStrange)) return changed.includes(pool) ? notOwn(pool) : 'carry on';
      const inventory = await takeInventory(admin);
      for (const { ref } of createdObjects(inventory, knowledge)) own.add(ref);
      const known = refsOf(inventory);
      for (const { volumeGroupRef } of inventory.pools) known.add(volumeGroupRef);
      const strange = [...changed, ...mentioned].find((ref) => isStrange(ref) && known.has(ref));
      if (strange !== undefined) return notOwn(strange);
      // Parts of objects have references too, which are in no list: they may be mentioned, but not be changed by themselves.
      return changed.some(isStrange) ? 'missing' : 'carry on';
    };
  return {
    async decide(writing) {
      if (writing.kind === 'objects') return decideObjects(writing);
      if (writing.kind === 'counter') return 'carry on';
      if (writing.kind !== 'record') return { refused: 'it is about the array as a whole, or about another one' };
      const decision = records.decide(writing.store, writing.key);
      if (decision === 'refuse') return { refused: `the record '${writing.key}' was there before the story` };
      return decision === 'write' ? 'carry on' : 'pretend';
    },
    recordCreated(answer) {
      for (const each of Array.isArray(answer) ? (answer as unknown[]) : [answer]) {
        const { id } = (each ?? {}) as { readonly id?: unknown };
        if (typeof id === 'string' && !knowledge.before.has(id)) knowledge.createdRefs.add(id);
      }
    },
  };
}

function notOwn(ref: string): { readonly refused: string } {
  return { refused: `${ref} was not made by the story` };
}
