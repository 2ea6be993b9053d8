import type { ArrayAdminClient } from '../arrays/array-admin-client.js';
import { AdminRequestError } from '../arrays/array-admin-client.js';
import {
  type Inventory,
  type InventoryConsistencyGroup,
  type InventoryImage,
  type InventoryVolume,
  isRepository,
} from '../arrays/inventory.js';
import { labelOf } from './labels.js';
import { type MadeRecord, type Making, madeBy, nameIdGiven, type Objects } from './makings.js';

/** A call of a driver, as far as it matters for what it makes. */
export interface WatchedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Objects of the array that the requests of this call made, where the suite carries them; undefined where it does not. */
type OwnRequests = () => ReadonlySet<string> | undefined;

type Look = Pick<Inventory, 'volumes' | 'consistencyGroups' | 'images'>;

/** A call that has ended, of which it is not said yet what it made. */
interface Ended {
  readonly making: Making;
  readonly own: ReadonlySet<string> | undefined;
  /** The object that it was to take over. */
  readonly managed: string | undefined;
}

const kinds = ['volume', 'group', 'image'] as const;
type Kind = (typeof kinds)[number];

/**
 * Which objects of the array belong to which records, for drivers that do not name them as the documented one does: an
 * object that appears while the call for a record runs is that record's. Drivers that do use the documented names, or tell
 * the image of a snapshot in its provider_id, are not watched after their first object of the kind.
 */
export class Sightings {
  /** References by kind and the record's id; of volumes the id that they are named by. */
  private readonly refs: Readonly<Record<Kind, Map<string, string>>> = {
    volume: new Map(),
    group: new Map(),
    image: new Map(),
  };
  private readonly labels = new Map<string, string>();
  /** Objects that no record of a call to come can be about. */
  private readonly known = new Set<string>();
  private readonly documented = new Set<Kind>();
  private pending: Ended[] = [];
  private underWay = 0;
  private hasBegun = false;

  constructor(private readonly admin: ArrayAdminClient) {}

  /** All that is there now belongs to no record. */
  begin(inventory: Inventory): void {
    for (const { ref } of objectsIn(inventory)) this.known.add(ref);
    this.hasBegun = true;
  }

  /** An object that no call of a driver made. */
  announce(ref: string): void {
    this.known.add(ref);
  }

  /** The volume that appeared for a record, by the id that it is named by. */
  volume(nameId: string): string | undefined {
    return this.refs.volume.get(nameId);
  }

  group(groupId: string): string | undefined {
    return this.refs.group.get(groupId);
  }

  image(snapshotId: string): string | undefined {
    return this.refs.image.get(snapshotId);
  }

  /** The label that the volume or group of a record was last seen with. */
  labelOf(id: string): string | undefined {
    const ref = this.refs.volume.get(id) ?? this.refs.group.get(id);
    return ref === undefined ? undefined : this.labels.get(ref);
  }

  /** Runs a call and notes what appeared for its records. Rejects as the call does. */
  async during<T extends object>(call: WatchedCall, run: () => Promise<T>, own?: OwnRequests): Promise<T> {
    if (!this.hasBegun) return run();
    if (call.method === 'update_migrated_volume') return this.migrated(call, await run());
    const making = madeBy(call);
    if (making === undefined || making.records.every(({ kind }) => this.documented.has(kind))) return run();
    const managed = making.reference === undefined ? undefined : await this.referenced(making.reference);
    this.underWay++;
    let answer: object | undefined;
    try {
      const given = await run();
      answer = given;
      return given;
    } finally {
      this.underWay--;
      this.pending.push({ making: { ...making, answer }, own: own?.(), managed: managed?.ref });
      if (this.underWay === 0 && this.pending.length > 0) await this.attribute();
    }
  }

  /** Gives what has appeared to the records whose calls have ended. */
  private async attribute(): Promise<void> {
    const look = await this.look();
    if (look === undefined) return;
    const calls = this.pending.splice(0);
    for (const each of calls) this.give(each, look);
    for (const { ref } of objectsIn(look)) this.known.add(ref);
  }

  private give({ making: { records, answer }, own, managed }: Ended, look: Look): void {
    for (const record of records) {
      const { kind, id } = record;
      if (this.documented.has(kind)) continue;
      if (isDocumented(record, look, answer)) {
        this.documented.add(kind);
        continue;
      }
      const objects = objectsIn(look).filter((object) => object.kind === kind);
      const free = objects.filter(({ ref }) => !this.known.has(ref) && (own === undefined || own.has(ref)));
      const isDone = answer !== undefined && 'returned' in answer;
      const chosen =
        managed === undefined
          ? (free.find((each) => isTold(each, record, answer)) ??
            free.find((each) => fits(each, record, (nameId) => this.baseOf(nameId, look))))
          : objects.find(({ ref }) => ref === managed && isDone);
      if (chosen === undefined) continue;
      this.refs[kind].set(id, chosen.ref);
      this.known.add(chosen.ref);
      if (chosen.label !== undefined) this.labels.set(chosen.ref, chosen.label);
    }
  }

  /** The volume that an image of a record is of. */
  private baseOf(nameId: string, { volumes }: Look): string | undefined {
    return this.refs.volume.get(nameId) ?? volumes.find(({ label }) => label === labelOf(nameId))?.volumeRef;
  }

  /** What an existing reference of a call to manage means. */
  private async referenced(words: readonly string[]): Promise<Objects | undefined> {
    const look = await this.look();
    if (look === undefined) return undefined;
    return objectsIn(look).find(({ names }) => names.some((name) => words.includes(name)));
  }

  /** A driver that gives the volume its old name back says so: from then on the record's own id means the new volume. */
  private migrated<T extends object>({ args }: WatchedCall, answer: T): T {
    const [from, to] = [nameIdGiven(args.volume), nameIdGiven(args.new_volume)];
    const update = 'returned' in answer ? (answer.returned as { readonly _name_id?: unknown } | null) : undefined;
    if (!update || update._name_id || from === undefined || to === undefined) return answer;
    const [old, fresh] = [this.refs.volume.get(from), this.refs.volume.get(to)];
    if (fresh === undefined) return answer;
    this.refs.volume.set(from, fresh);
    if (old === undefined) this.refs.volume.delete(to);
    else this.refs.volume.set(to, old);
    return answer;
  }

  /** undefined where the array can't be looked at now: then nothing is learned. */
  private async look(): Promise<Look | undefined> {
    try {
      const [volumes, consistencyGroups, images] = await this.admin.looks([
        'ssc/volumes',
        'consistency-groups',
        'snapshot-images',
      ]);
      if ([volumes, consistencyGroups, images].some((each) => each === undefined || each.status >= 300))
        return undefined;
      return {
        volumes: (volumes?.body ?? []) as InventoryVolume[],
        consistencyGroups: (consistencyGroups?.body ?? []) as InventoryConsistencyGroup[],
        images: (images?.body ?? []) as InventoryImage[],
      };
    } catch (error) {
      if (error instanceof AdminRequestError) return undefined;
      throw error;
    }
  }
}

const gibBytes = 2n ** 30n;

function objectsIn({ volumes, consistencyGroups, images }: Look): Objects[] {
  return [
    ...volumes
      .filter((volume) => !isRepository(volume))
      .map((volume) => ({
        kind: 'volume' as const,
        ref: volume.volumeRef,
        label: volume.label,
        sizeGib: Number((BigInt(volume.capacity) + gibBytes - 1n) / gibBytes),
        names: [volume.volumeRef, volume.label, ...(volume.worldWideName === undefined ? [] : [volume.worldWideName])],
      })),
    ...consistencyGroups.map(({ cgRef, label }) => ({
      kind: 'group' as const,
      ref: cgRef,
      label,
      names: [cgRef, label],
    })),
    ...images.map(({ pitRef, baseVol }) => ({ kind: 'image' as const, ref: pitRef, baseVol, names: [pitRef] })),
  ];
}

/** Whether the driver names the object of the record as documented. */
function isDocumented({ kind, id }: MadeRecord, look: Look, answer: object | undefined): boolean {
  if (kind === 'image')
    return look.images.some(({ pitRef }) => JSON.stringify(answer ?? null).includes(`"provider_id":"${pitRef}"`));
  const objects = kind === 'volume' ? look.volumes : look.consistencyGroups;
  return objects.some(({ label }) => label === labelOf(id));
}

/** Whether the driver's answer for a record names the object. */
function isTold({ names }: Objects, { id }: MadeRecord, answer: object | undefined): boolean {
  const told = JSON.stringify(answer ?? null);
  // Answers about several records have an entry for each.
  const [, entry = told] = told.includes(`"id":"${id}"`)
    ? [told, told.slice(told.indexOf(`"id":"${id}"`)).split('}')[0]]
    : [told, told];
  return names.some((name) => entry.includes(JSON.stringify(name)));
}

/** Whether an object is as the record asked for it. */
function fits(
  object: Objects,
  { sizeGib, volumeNameId }: MadeRecord,
  baseOf: (nameId: string) => string | undefined,
): boolean {
  if (sizeGib !== undefined && object.sizeGib !== undefined && object.sizeGib !== sizeGib) return false;
  const base = volumeNameId === undefined ? undefined : baseOf(volumeNameId);
  return base === undefined || object.baseVol === undefined || object.baseVol === base;
}
