/** What was measured, against what was to be reached. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly wanted: string;
  readonly met: boolean;
}

export type AddRow = (what: string, ratio: number, wanted: number, atLeast: boolean, unit?: string) => void;

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Alternates measurements, so that a slow moment of the machine hits all; the median of each. */
export async function compare(
  measures: Readonly<Record<string, () => Promise<number>>>,
  rounds = 3,
): Promise<Record<string, number>> {
  const results: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) {
      results[name] ??= [];
      results[name].push(await measure());
    }
  }
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, median(values)]));
}

/** Collects rows and shows each as it comes. */
export function rowsOf(): { readonly rows: readonly Row[]; readonly add: AddRow } {
  const rows: Row[] = [];
  return {
    rows,
    add(what, ratio, wanted, atLeast, unit = 'x') {
      const met = atLeast ? ratio >= wanted : ratio <= wanted;
      rows.push({
        what,
        measured: `${ratio.toFixed(2)}${unit}`,
        wanted: `${atLeast ? '>=' : '<='} ${wanted}${unit}`,
        met,
      });
      process.stderr.write(`${met ? 'ok  ' : 'MISS'} ${what}: ${ratio.toFixed(2)}${unit}\n`);
    },
  };
}
