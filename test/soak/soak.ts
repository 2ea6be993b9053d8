import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../child-process.js';
import { rest } from '../crash/clients.js';
import type { Measure, SoakReady, SoakStart } from './child.js';
import { playRound } from './traffic.js';

/** A measure with what the control API says. */
export interface SoakMeasure extends Measure {
  readonly journalEntries: number;
}

interface SoakResult {
  readonly rounds: number;
  readonly first: SoakMeasure;
  readonly last: SoakMeasure;
  /** What is not at the end as it was at the start. */
  readonly problems: readonly string[];
}

/** Until then what is kept ready is made, the journal gets full and code is compiled. */
const warmUpRounds = 40;

/** What the heap may have grown by: what it holds for reuse is not always the same. */
const heapSlackBytes = 8 * 2 ** 20;
const residentSlackBytes = 96 * 2 ** 20;

/** The journal keeps so many requests. */
const journalMost = 1000;

/** How often it is looked again for connections that end a little later. */
const looks = 100;

interface SoakOptions {
  /** The compiled `simulator/index.js`. */
  readonly package: string;
  /** Where the state is kept. */
  readonly folder: string;
  /** Whether it ends after so many rounds; not before as many were compared as were played before. */
  isOver(rounds: number): boolean;
}

/** Plays rounds until it is over, and compares the process after the first ones with the process at the end. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const start: SoakStart = { package: options.package, state: join(options.folder, 'state.json') };
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = startChild(process.execPath, ['--expose-gc', '--import', 'tsx', script, JSON.stringify(start)]);
  try {
    const ready = JSON.parse(await child.line('the line that says that it is ready')) as SoakReady;
    const measure = async (): Promise<SoakMeasure> => {
      child.write('measure');
      const measured = JSON.parse(await child.line('a measure')) as Measure;
      const journal = await rest<unknown[]>(ready.url, 'GET', '/sim/v1/journal');
      return { ...measured, journalEntries: journal.length };
    };
    let rounds = 0;
    let first: SoakMeasure | undefined;
    while (first === undefined || rounds < 2 * warmUpRounds || !options.isOver(rounds)) {
      await child.during('a round', playRound(ready, rounds++));
      if (rounds === warmUpRounds) first = await measure();
    }
    let last = await measure();
    for (let look = 0; look < looks && differences(first, last).length > 0; look++) last = await measure();
    return { rounds, first, last, problems: differences(first, last) };
  } finally {
    child.kill('SIGKILL');
    await child.end('the end');
  }
}

/** What grew from one measure to a later one. */
export function differences(first: SoakMeasure, last: SoakMeasure): string[] {
  const kinds = new Set([...Object.keys(first.resources), ...Object.keys(last.resources)]);
  const grown = [...kinds].filter((kind) => (last.resources[kind] ?? 0) > (first.resources[kind] ?? 0));
  return [
    ...grown.map((kind) => `${kind}: ${first.resources[kind] ?? 0} at the start, ${last.resources[kind]} at the end`),
    ...(last.openFiles > first.openFiles
      ? [`open files: ${first.openFiles} at the start, ${last.openFiles} at the end`]
      : []),
    ...(last.heapBytes > first.heapBytes + heapSlackBytes
      ? [`heap: ${first.heapBytes} bytes at the start, ${last.heapBytes} at the end`]
      : []),
    ...(last.residentBytes > first.residentBytes + residentSlackBytes
      ? [`resident: ${first.residentBytes} bytes at the start, ${last.residentBytes} at the end`]
      : []),
    ...(last.journalEntries > journalMost ? [`the journal has ${last.journalEntries} requests`] : []),
  ];
}
