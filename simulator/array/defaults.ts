/**
 * A record's properties stand once, in the defaults of its kind: with their type and the value that a new object begins
 * with. The record's type, the making of objects and the reading of older states all come from there.
 */

/** A default whose type is wider than its value. */
export function initially<T>(value: T): T {
  return value;
}

/** What may be given in place of defaults: any of the properties, of a group of settings any of its members. */
export type Changes<Defaults> = {
  readonly [Name in keyof Defaults]?: Change<Defaults[Name]>;
};

type Change<T> = T extends readonly unknown[] ? T : T extends object ? Partial<T> : T;

/** `present` with those of the changes that are given; what is no property of `kind` is left out. */
export function changed<Kind extends object, Present extends Kind>(
  kind: Kind,
  present: Present,
  changes: Changes<Kind>,
): Kind {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(kind) as (keyof Kind & string)[]) {
    const now: unknown = present[name];
    const change: unknown = changes[name];
    if (change === undefined) result[name] = now;
    else result[name] = isGroup(now) && isGroup(change) ? changed(now, now, change) : change;
  }
  return result as Kind;
}

/** Defaults with what is given in their place. */
export function given<Kind extends object>(defaults: Kind, wanted: Changes<Kind>): Kind {
  return changed(defaults, defaults, wanted);
}

/** The properties that are given. */
export function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A record with the default of each property that it lacks; the very same record when it lacks none. */
export function completed<T extends object>(record: T, defaults: object): T {
  const lacking: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(defaults)) {
    const present = (record as Record<string, unknown>)[name];
    const complete =
      present === undefined ? value : isGroup(present) && isGroup(value) ? completed(present, value) : present;
    if (complete !== present) lacking[name] = complete;
  }
  return Object.keys(lacking).length === 0 ? record : { ...record, ...lacking };
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
