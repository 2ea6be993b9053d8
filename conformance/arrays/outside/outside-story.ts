import { refsOf, takeInventory } from '../../oracle/inventory.js';
import { ArrayDoor } from '../array-door.js';
import { type Custody, Guard, guardedOrigin } from './guard.js';
import { hostMark } from './marks.js';
import type { OutsideArray } from './outside-array.js';
import { type Knowledge, type OwnObject, ownObjects } from './own-objects.js';
import { OwnRecords } from './own-records.js';
import type { Writing } from './write-rules.js';

/** An outside array while one story is played on it: what the story makes is known, and is taken away again. */
export interface OutsideStory {
  readonly door: ArrayDoor;
  /** Carries what drivers ask for. */
  readonly guard: Guard;
  /** The options that say where the array is. */
  readonly reaching: Readonly<Record<string, unknown>>;
  /** Takes away what the story has made, and nothing else. Gives what could not be. */
  takeAway(): Promise<string[]>;
}

/** How often it is tried to take away what is busy, and how long is waited in between. */
const rounds = 5;
const betweenRoundsMs = 2000;

/** Begins a story: what is there now is not the story's. Rejects with DoorError. */
export async function beginOutsideStory(array: OutsideArray): Promise<OutsideStory> {
  const { url, dispatcher, systemId, user, password, pool, time } = array;
  const door = new ArrayDoor({ url, dispatcher, systemId, user, password });
  const before = await takeInventory(door);
  const records = new OwnRecords(before);
  const made = new Set<string>();
  const knowledge: Knowledge = { before: refsOf(before), made, hostMark: hostMark(array.startMs) };
  const guard = new Guard({
    target: dispatcher,
    origin: url,
    systemId,
    custody: custodyOf({ door, knowledge, records, pool: pool.ref, made }),
    nowMs: () => time.nowMs(),
  });
  return {
    door,
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
      let left: OwnObject[] = [];
      for (let round = 0; round < rounds; round++) {
        if (round > 0) await time.pass(betweenRoundsMs);
        left = ownObjects(await takeInventory(door), knowledge);
        if (left.length === 0) break;
        for (const { path } of left) if (path !== undefined) await door.request('DELETE', path);
      }
      left = ownObjects(await takeInventory(door), knowledge);
      await records.putBack(door, await takeInventory(door));
      return left.map(({ what, ref, label }) => `${what} '${label}' (${ref})`);
    },
  };
}

interface CustodyOptions {
  readonly door: ArrayDoor;
  readonly knowledge: Knowledge;
  readonly records: OwnRecords;
  /** The reference of the only pool in which something may be made. */
  readonly pool: string;
  readonly made: Set<string>;
}

function custodyOf({ door, knowledge, records, pool, made }: CustodyOptions): Custody {
  const own = new Set<string>();
  const decideObjects: (writing: Extract<Writing, { kind: 'objects' }>) => ReturnType<Custody['decide']> = async ({
    changed,
    mentioned,
  }) => {
    const isStrange = (ref: string) => !own.has(ref) && ref !== pool;
    if (![...changed, ...mentioned].some(isStrange)) return changed.includes(pool) ? notOwn(pool) : 'carry on';
    const inventory = await takeInventory(door);
    for (const { ref } of ownObjects(inventory, knowledge)) own.add(ref);
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
    made(answer) {
      for (const each of Array.isArray(answer) ? (answer as unknown[]) : [answer]) {
        const { id } = (each ?? {}) as { readonly id?: unknown };
        if (typeof id === 'string' && !knowledge.before.has(id)) made.add(id);
      }
    },
  };
}

function notOwn(ref: string): { readonly refused: string } {
  return { refused: `${ref} was not made by the story` };
}
