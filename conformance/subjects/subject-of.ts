import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleSubject } from './module-subject.js';
import { type StdioOptions, stdioSubject } from './stdio-subject.js';
import type { SubjectFactory } from './subject.js';

/**
 * The subject that a command line names: `module:PATH` is a module that exports `createSubject`, anything else is the
 * command line of a program that speaks the protocol, and nothing is the driver of this package.
 */
export function subjectOf(text: string | undefined, options: StdioOptions = {}): SubjectFactory {
  if (text === undefined) return moduleSubject(ownDriver(), options.patience);
  const path = /^module:(.*)$/s.exec(text)?.[1];
  if (path === undefined) return stdioSubject(text, options);
  return moduleSubject(/^(file|data|node):/.test(path) ? path : pathToFileURL(resolve(path)).href, options.patience);
}

/** The driver of this package, as it runs: sources from sources, compiled from compiled. */
function ownDriver(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../../driver/subject.${extension}`, import.meta.url).href;
}
