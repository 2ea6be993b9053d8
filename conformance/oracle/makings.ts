/** An object of the array that a record can be about. */
export interface Objects {
  readonly kind: 'volume' | 'group' | 'image';
  readonly ref: string;
  readonly label?: string;
  readonly sizeGib?: number;
  /** Of an image: the reference of its volume. */
  readonly baseVol?: string;
  /** All by which it can be named. */
  readonly names: readonly string[];
}

/** A record for which a call makes an object. */
export interface MadeRecord {
  readonly kind: Objects['kind'];
  /** The record's id; of a volume the id that it is named by. */
  readonly id: string;
  readonly sizeGib?: number;
  /** Of a snapshot: the id that its volume is named by. */
  readonly volumeNameId?: string;
}

/** What a call makes, and for which records. */
export interface Making {
  readonly records: readonly MadeRecord[];
  /** What names an object that is there already, where the call takes one over. */
  readonly reference?: readonly string[];
  /** What the call came to. */
  readonly answer?: object | undefined;
}

type Args = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<string, (args: Args) => MadeRecord[]>> = {
  create_volume: ({ volume }) => volumesGiven([volume]),
  create_volume_from_snapshot: ({ volume }) => volumesGiven([volume]),
  create_cloned_volume: ({ volume }) => volumesGiven([volume]),
  manage_existing: ({ volume }) => volumesGiven([volume]),
  create_snapshot: ({ snapshot }) => snapshotsGiven([snapshot]),
  manage_existing_snapshot: ({ snapshot }) => snapshotsGiven([snapshot]),
  create_group: ({ group }) => groupsGiven(group),
  create_consistencygroup: ({ group }) => groupsGiven(group),
  create_group_from_src: ({ group, volumes }) => [...groupsGiven(group), ...volumesGiven(volumes)],
  create_consistencygroup_from_src: ({ group, volumes }) => [...groupsGiven(group), ...volumesGiven(volumes)],
  create_group_snapshot: ({ snapshots }) => snapshotsGiven(snapshots),
  create_cgsnapshot: ({ snapshots }) => snapshotsGiven(snapshots),
};

/** What a call is to make; undefined for one that makes nothing. */
export function madeBy({ method, args }: { readonly method: string; readonly args: Args }): Making | undefined {
  const records = Object.hasOwn(makers, method) ? (makers[method]?.(args) ?? []) : [];
  if (records.length === 0) return undefined;
  if (!method.startsWith('manage_')) return { records };
  const reference = Object.values((args.existing_ref ?? {}) as Args).filter((each) => typeof each === 'string');
  return { records, reference };
}

/** The id that the volume of an argument is named by; undefined where the argument is no volume. */
export function nameIdGiven(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name_id, _name_id } = value as { readonly [Name in 'id' | 'name_id' | '_name_id']?: unknown };
  const found = _name_id || name_id || id;
  return typeof found === 'string' ? found : undefined;
}

function volumesGiven(values: unknown): MadeRecord[] {
  return listed(values).flatMap((value) => {
    const id = nameIdGiven(value);
    const { size } = value as { readonly size?: unknown };
    return id === undefined ? [] : [{ kind: 'volume', id, ...(typeof size === 'number' ? { sizeGib: size } : {}) }];
  });
}

function snapshotsGiven(values: unknown): MadeRecord[] {
  return listed(values).flatMap((value) => {
    const { id, volume } = value as { readonly id?: unknown; readonly volume?: unknown };
    const volumeNameId = nameIdGiven(volume);
    if (typeof id !== 'string') return [];
    return [{ kind: 'image', id, ...(volumeNameId === undefined ? {} : { volumeNameId }) }];
  });
}

function groupsGiven(value: unknown): MadeRecord[] {
  const { id } = (value ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? [{ kind: 'group', id }] : [];
}

function listed(values: unknown): unknown[] {
  return Array.isArray(values) ? values.filter((each) => typeof each === 'object' && each !== null) : [];
}
