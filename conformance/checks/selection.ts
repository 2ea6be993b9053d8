import type { Requirement } from '../requirements/requirement.js';

/** What of the suite a run is asked for. */
export interface Selection {
  /** Ids of checks or requirements, with * for any text; all when there are none. */
  readonly only: readonly string[];
  /** must: checks of musts only, and shoulds do not count. */
  readonly level: Requirement['level'];
  /** A part of the checks, e.g. {index: 2, count: 8}; index counts from 1. */
  readonly shard?: Shard;
}

export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A check as far as it matters for choosing it. */
export interface Choosable {
  readonly id: string;
  readonly verifies: readonly string[];
}

export interface Chosen<One extends Choosable> {
  /** In the order of their ids. */
  readonly checks: readonly One[];
  /** Requirements that the run has to say something of. */
  readonly asked: ReadonlySet<string>;
  /** Requirements of which every check is among those chosen. */
  readonly whole: ReadonlySet<string>;
  /** What of `only` is the id of nothing. */
  readonly unknown: readonly string[];
}

/** Chooses checks. The same selection gives the same checks, and all shards of it together what it is without shards. */
export function choose<One extends Choosable>(
  all: readonly One[],
  requirements: readonly Requirement[],
  { only, level, shard }: Selection,
): Chosen<One> {
  const levels = new Map(requirements.map((each) => [each.id, each.level]));
  const counts = (id: string) => level === 'should' || levels.get(id) !== 'should';
  const patterns = only.map((text) => ({ text, matches: matcher(text) }));
  const isMeant = (id: string) => only.length === 0 || patterns.some(({ matches }) => matches(id));
  const meant = all
    .filter(({ id, verifies }) => isMeant(id) || verifies.some(isMeant))
    .filter(({ verifies }) => verifies.length === 0 || verifies.some(counts))
    .sort(byId);
  const checks = shard === undefined ? meant : meant.filter((_, index) => index % shard.count === shard.index - 1);
  const known = [...all.map(({ id }) => id), ...levels.keys()];
  return {
    checks,
    asked: new Set(askedOf().filter(counts)),
    whole: new Set([...levels.keys()].filter((id) => isWhole(id))),
    unknown: patterns.filter(({ matches }) => !known.some(matches)).map(({ text }) => text),
  };

  function askedOf(): string[] {
    const named = [...levels.keys()].filter(isMeant);
    const throughChecks = meant.filter(({ id }) => isMeant(id)).flatMap(({ verifies }) => verifies);
    const whole = only.length === 0 ? [...levels.keys()] : [...named, ...throughChecks];
    if (shard === undefined) return whole;
    // The other shards have to say the rest, and all of them together what nothing tries.
    const here = new Set(checks.flatMap(({ verifies }) => verifies));
    return whole.filter((id) => here.has(id));
  }

  function isWhole(id: string): boolean {
    const about = all.filter(({ verifies }) => verifies.includes(id));
    return about.length > 0 && about.every((check) => checks.includes(check));
  }
}

/** By code units: the same everywhere, whatever the language. */
export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function matcher(pattern: string): (id: string) => boolean {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i');
  return (id) => expression.test(id);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
