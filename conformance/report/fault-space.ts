import type { Explored, FaultOutcome } from '../checks/check.js';
import type { ConformanceReport } from './report.js';

/** How many faults there are, and what became of them. */
export interface FaultCount {
  readonly total: number;
  /** Those whose story was played, or whose trace was that of one that was. */
  readonly explored: number;
  readonly merged: number;
  readonly failed: number;
}

/** The faults that one method can meet. */
export interface MethodSpace {
  readonly method: string;
  readonly situations: readonly SituationSpace[];
  /** By fault. */
  readonly faults: ReadonlyMap<string, FaultCount>;
  readonly all: FaultCount;
}

/** One call of a method: its requests, and what became of each fault at each of them. */
export interface SituationSpace {
  readonly situation: string;
  readonly places: readonly string[];
  readonly outcomes: ReadonlyMap<string, readonly FaultOutcome[]>;
}

/** What a run has enumerated. */
export interface FaultSpace {
  /** In the order of their first check. */
  readonly faults: readonly string[];
  readonly methods: readonly MethodSpace[];
  readonly all: FaultCount;
}

/** What the checks of a run went through; undefined where none enumerates faults. */
export function faultSpaceOf({ checks }: Pick<ConformanceReport, 'checks'>): FaultSpace | undefined {
  const parts = checks.flatMap(({ explored }) => (explored === undefined ? [] : [explored]));
  if (parts.length === 0) return undefined;
  const byMethod = groupedBy(parts, ({ method }) => method);
  return {
    faults: [...new Set(parts.map(({ fault }) => fault))],
    methods: [...byMethod].map(([method, own]) => ({
      method,
      situations: situationsOf(own),
      faults: new Map([...groupedBy(own, ({ fault }) => fault)].map(([fault, all]) => [fault, countOf(all)])),
      all: countOf(own),
    })),
    all: countOf(parts),
  };
}

function situationsOf(parts: readonly Explored[]): SituationSpace[] {
  return [...groupedBy(parts, ({ situation }) => situation)].map(([situation, own]) => ({
    situation,
    places: own[0]?.places ?? [],
    outcomes: new Map(own.map(({ fault, outcomes }) => [fault, outcomes])),
  }));
}

/** In the order of their first. */
function groupedBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

function countOf(parts: readonly Explored[]): FaultCount {
  const outcomes = parts.flatMap((part) => part.outcomes).filter((each) => each !== 'none');
  const count = (...wanted: readonly FaultOutcome[]) => outcomes.filter((each) => wanted.includes(each)).length;
  return {
    total: outcomes.length,
    explored: outcomes.length - count('unexplored'),
    merged: count('merged'),
    failed: count('fail'),
  };
}
