import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { carriers, undocumented } from './undocumented.js';

/** One change that the instrumenter made up. */
export interface GeneratedMutant {
  /** The value of the switch that turns it on; another one in each build. */
  readonly id: string;
  /** Below driver/. */
  readonly file: string;
  /** Where the changed text begins; lines count from 1. */
  readonly line: number;
  /** That whole line, without blanks around it. */
  readonly context: string;
  /** The kind of change, e.g. `EqualityOperator`. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** Why a rule says that nothing documented changes with it. */
  readonly exempt?: string;
}

/** The driver's sources with all mutants in them, each behind a switch. */
export interface InstrumentedDriver {
  readonly files: ReadonlyMap<string, string>;
  readonly mutants: readonly GeneratedMutant[];
}

const driverFolder = fileURLToPath(new URL('../../../../driver', import.meta.url));
const quiet = () => undefined;
const isOff = () => false;
const logger = {
  isTraceEnabled: isOff,
  isDebugEnabled: isOff,
  isInfoEnabled: isOff,
  isWarnEnabled: isOff,
  isErrorEnabled: isOff,
  isFatalEnabled: isOff,
  trace: quiet,
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  fatal: quiet,
};

/** Puts all mutants into the driver's sources. The same sources give the same mutants in the same order. */
export async function instrumentedDriver(folder: string = driverFolder): Promise<InstrumentedDriver> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const sources = new Map(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
  const { files, mutants } = await new Instrumenter(logger).instrument(
    names.map((name) => ({ name, mutate: true, content: sources.get(name) ?? '' })),
    { plugins: null, excludedMutations: [], ignorers: [undocumented] },
  );
  return {
    files: new Map(files.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location, mutatorName, replacement, statusReason }) => {
      const exempt = statusReason ?? carriers[fileName];
      const lines = (sources.get(fileName) ?? '').split('\n');
      return {
        id,
        file: fileName,
        line: location.start.line + 1,
        context: lines[location.start.line]?.trim() ?? '',
        mutator: mutatorName,
        original: textAt(lines, location),
        replacement,
        ...(exempt === undefined ? {} : { exempt }),
      };
    }),
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function textAt(
  lines: readonly string[],
  { start, end }: { readonly start: Position; readonly end: Position },
): string {
  if (start.line === end.line) return lines[start.line]?.slice(start.column, end.column) ?? '';
  const between = lines.slice(start.line + 1, end.line);
  return [lines[start.line]?.slice(start.column), ...between, lines[end.line]?.slice(0, end.column)].join('\n');
}
