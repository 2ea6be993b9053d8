/** What was measured, each time it was, against what was to be reached. */
export interface Row {
  readonly what: string;
  /** In the order of measuring; one where it is measured once a run. */
  readonly samples: readonly number[];
  /** What is to be reached; undefined where it is only told. */
  readonly wanted?: number | undefined;
  readonly atLeast: boolean;
  readonly unit: string;
}

export type AddRow = (
  what: string,
  measured: number | readonly number[],
  wanted: number | undefined,
  atLeast: boolean,
  unit?: string,
) => void;

/** The middle of what was measured, and the values that a quarter of it lies below and above. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Quartiles by linear interpolation between neighbours; NaN of nothing. */
export function quartiles(values: readonly number[]): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    return below + (place % 1) * ((sorted[Math.ceil(place)] ?? below) - below);
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

export function median(values: readonly number[]): number {
  return quartiles(values).median;
}

/** Alternates measurements, so that a slow moment of the machine hits all: what each came to in each round. */
export async function compare<Name extends string>(
  measures: Readonly<Record<Name, () => Promise<number>>>,
  rounds = 5,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) results[name].push(await measures[name]());
  return results;
}

/** One against the other, round by round. */
export function ratios(ones: readonly number[], others: readonly number[]): number[] {
  return ones.map((one, round) => one / (others[round] ?? Number.NaN));
}

/** Whether the quartile on the wrong side of the median reaches the goal too; undefined where there is no goal. */
export function isMet({ samples, wanted, atLeast }: Row): boolean | undefined {
  if (wanted === undefined) return undefined;
  const { lower, upper } = quartiles(samples);
  return atLeast ? lower >= wanted : upper <= wanted;
}

/** The rows of several runs as one: what was measured in any of them counts alike. */
export function together(runs: readonly (readonly Row[])[]): Row[] {
  const rows = new Map<string, Row>();
  for (const row of runs.flat()) {
    const known = rows.get(row.what);
    rows.set(row.what, { ...row, samples: [...(known?.samples ?? []), ...row.samples] });
  }
  return [...rows.values()];
}

/** A row as people read it. */
function told(row: Row): { readonly measured: string; readonly spread: string; readonly wanted: string } {
  const { lower, median: middle, upper } = quartiles(row.samples);
  const { samples, unit } = row;
  return {
    measured: `${middle.toFixed(2)}${unit}`,
    spread: samples.length > 1 ? `${lower.toFixed(2)} to ${upper.toFixed(2)} (${samples.length})` : 'once',
    wanted: row.wanted === undefined ? '' : `${row.atLeast ? '>=' : '<='} ${row.wanted}${unit}`,
  };
}

/** The rows as a table of Markdown. */
export function tableOf(rows: readonly Row[]): string {
  return [
    '| what | median | quartiles (samples) | to reach | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => {
      const { measured, spread, wanted } = told(row);
      return `| ${row.what} | ${measured} | ${spread} | ${wanted} | ${words(isMet(row), ['met', 'NOT MET'])} |`;
    }),
  ].join('\n');
}

/** Collects rows and shows each as it comes. */
export function rowsOf(): { readonly rows: readonly Row[]; readonly add: AddRow } {
  const rows: Row[] = [];
  return {
    rows,
    add(what, given, wanted, atLeast, unit = 'x') {
      const row = { what, samples: typeof given === 'number' ? [given] : given, wanted, atLeast, unit };
      rows.push(row);
      const { measured, spread } = told(row);
      process.stderr.write(`${words(isMet(row), ['ok', 'MISS']).padEnd(4)} ${what}: ${measured}, ${spread}\n`);
    },
  };
}

function words(isReached: boolean | undefined, [yes, no]: readonly [string, string]): string {
  if (isReached === undefined) return '';
  return isReached ? yes : no;
}
