import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measured } from './messages.js';
import { inPool, type Pool } from './pool.js';

/** What the correct driver does in each check, and which mutants' places it passes where. */
export interface Coverage {
  readonly measured: readonly Measured[];
  /** Ids of mutants that act while the module is loaded. */
  readonly loading: readonly string[];
}

const root = fileURLToPath(new URL('../../../..', import.meta.url));
/** What decides it: the driver, the suite, the array, and how mutants are made. */
const sources = ['driver', 'conformance', 'scenarios', 'simulator'];
const makers = ['instrument.ts', 'laboratory.ts'];
/** No check takes longer with the correct driver. */
const longestMs = 180_000;

/**
 * Plays all checks with the correct driver and keeps what was measured until a source changes. Rejects when a check does
 * not pass: nothing can be said of mutants then.
 */
export async function coverageOf(
  checks: readonly string[],
  pool: Pick<Pool, 'workers' | 'build'>,
  onMeasured: (measured: Measured) => void,
): Promise<Coverage> {
  const file = join(root, '.mutants', `coverage-${fingerprint()}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Coverage;
  const measured: Measured[] = [];
  let loading: readonly string[] = [];
  await inPool(
    checks.map((measure) => ({ measure })),
    {
      ...pool,
      limitMs: () => longestMs,
      onAnswer(message) {
        if (!('measured' in message)) return;
        measured.push(message.measured);
        loading = message.loading;
        onMeasured(message.measured);
      },
      onLost(job, _, why) {
        throw new Error(`${JSON.stringify(job)} with the correct driver: ${why}`);
      },
    },
  );
  const broken = measured.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped');
  if (broken.length > 0)
    throw new Error(
      `the correct driver does not pass ${broken.map(({ check }) => check).join(', ')}: nothing is judged`,
    );
  const coverage = { measured, loading };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(coverage));
  return coverage;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const folder of sources)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(ts|yaml|json)$/.test(name)) hash.update(name).update(readFileSync(join(root, folder, name)));
  for (const name of makers) hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))));
  return hash.digest('hex').slice(0, 16);
}
