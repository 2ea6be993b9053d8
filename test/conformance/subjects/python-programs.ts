import { fileURLToPath } from 'node:url';
import type { SubjectRuntime } from '../../../conformance/subjects/subject.js';
import { runChildInPlace } from '../../child-process.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const script = fileURLToPath(new URL('../../../conformance/subjects/python/cinder_subject.py', import.meta.url));

/** The command line that serves a driver of this folder. */
export function serving(python: string, driver: string, ...more: readonly string[]): readonly string[] {
  // -B: no compiled copies beside the sources.
  return [python, '-B', script, '--path', folder, '--driver', driver, ...more];
}

/** A Python of at least 3.9; undefined where there is none, and then it says so. */
export function pythonHere(): string | undefined {
  const found = runChildInPlace('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).code === 0;
  if (found) return 'python3';
  process.stderr.write('Skipped: there is no python3 of at least 3.9, so the Python subject is not tested.\n');
  return undefined;
}

/** A Python that has Cinder; undefined where there is none, and then it says so. */
export function pythonWithCinder(): string | undefined {
  const source = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("cinder") is None)';
  const found = ['python3', '/usr/bin/python3'].find((each) => {
    try {
      return runChildInPlace(each, ['-c', source]).code === 0;
    } catch {
      return false;
    }
  });
  if (found === undefined)
    process.stderr.write('Skipped: no python3 here has Cinder (Debian: python3-cinder), so it is not tried with it.\n');
  return found;
}

/** What drivers look up and save. */
export type Records = NonNullable<SubjectRuntime['records']>;

export interface SuiteTime {
  readonly runtime: SubjectRuntime;
  /** How much time the program has asked for, wait by wait. */
  readonly waits: number[];
  advance(seconds: number): void;
}

/** The epoch of a suite's time here: 1 January 2030. */
export const startSeconds = 1_893_456_000;

/** A suite whose time passes when the program waits; UUIDs are counted. */
export function suiteTime(records?: Records, host?: string): SuiteTime {
  let now = startSeconds * 1000;
  let uuids = 0;
  const waits: number[] = [];
  return {
    waits,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    runtime: {
      sleep: async (milliseconds) => {
        waits.push(milliseconds / 1000);
        now += milliseconds;
      },
      now: () => now,
      randomUuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
      ...(records === undefined ? {} : { records }),
      ...(host === undefined ? {} : { host }),
      log: () => undefined,
    },
  };
}
