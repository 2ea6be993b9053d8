import { fileURLToPath } from 'node:url';
import { quoted } from '../report/quoted.js';
import { CommandError } from './command.js';

interface Given {
  readonly subject?: string | undefined;
  readonly 'cinder-driver'?: string | undefined;
}

/** What is to be judged as `--subject` has it: `--cinder-driver` is the program of this package that serves such a class. */
export function givenSubject({ subject, 'cinder-driver': driver }: Given): string | undefined {
  if (driver === undefined) return subject;
  if (subject !== undefined) throw new CommandError('Either --subject or --cinder-driver: one driver is judged.');
  if (!/^\w+(\.\w+)+$/.test(driver))
    throw new CommandError(`--cinder-driver ${driver} is not possible: allowed is package.module.Class`);
  // The program in Python is not compiled: it is beside the sources, or two folders above what is compiled.
  const up = import.meta.url.endsWith('.ts') ? '..' : '../../../conformance';
  const program = fileURLToPath(new URL(`${up}/subjects/python/cinder_subject.py`, import.meta.url));
  return `python3 ${quoted(program)} --path . --driver ${driver}`;
}
