import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { GeneratedMutant } from './instrument.js';

/** A mutant with which nothing documented changes, named by what it changes, not by where that stands. */
export interface Equivalent {
  readonly file: string;
  readonly mutator: string;
  /** The line that the changed text begins in, without blanks around it. */
  readonly line: string;
  readonly original: string;
  readonly replacement: string;
  /** Which of several alike in the file, in their order, from 1; left out where there is one. */
  readonly occurrence?: number;
  readonly reason: string;
}

/** Entries that name no mutant any more, or more than one, or the same one twice, or lack a part. */
export class StaleEquivalents extends Error {
  override readonly name = 'StaleEquivalents';
}

const listFile = fileURLToPath(new URL('./equivalents.yaml', import.meta.url));

/** The reviewed list. Throws StaleEquivalents for an entry that lacks a part. */
export function listedEquivalents(text: string = readFileSync(listFile, 'utf8')): Equivalent[] {
  const entries = (parse(text) ?? []) as readonly Partial<Equivalent>[];
  const parts = ['file', 'mutator', 'line', 'original', 'replacement', 'reason'] as const;
  for (const [index, entry] of entries.entries()) {
    const lacking = parts.filter(
      (part) => typeof entry[part] !== 'string' || (part === 'reason' && entry[part] === ''),
    );
    if (lacking.length > 0)
      throw new StaleEquivalents(
        `equivalents.yaml, entry ${index + 1} (${entry.file}): it lacks ${lacking.join(', ')}`,
      );
  }
  return entries as readonly Equivalent[] as Equivalent[];
}

/** The reason for each mutant that a rule or the list says is equivalent, by its id. Throws StaleEquivalents. */
export function reasonsOf(
  mutants: readonly GeneratedMutant[],
  listed: readonly Equivalent[],
): ReadonlyMap<string, string> {
  const reasons = new Map(mutants.flatMap(({ id, exempt }) => (exempt === undefined ? [] : [[id, exempt] as const])));
  const stale: string[] = [];
  for (const { reason, ...entry } of listed) {
    const alike = mutants.filter((mutant) => isMeant(mutant, entry));
    const meant = entry.occurrence === undefined ? alike : alike.slice(entry.occurrence - 1, entry.occurrence);
    const where = `${entry.file}: ${entry.mutator} of '${entry.original}' to '${entry.replacement}' in '${entry.line}'`;
    if (meant.length === 0) stale.push(`${where}: there is no such mutant`);
    if (meant.length > 1) stale.push(`${where}: there are ${meant.length}: say which one by its occurrence`);
    for (const { id } of meant) {
      if (reasons.has(id)) stale.push(`${where}: it is said twice, or by a rule too`);
      reasons.set(id, reason);
    }
  }
  if (stale.length > 0) throw new StaleEquivalents(`equivalents.yaml is out of date:\n${stale.join('\n')}`);
  return reasons;
}

function isMeant(mutant: GeneratedMutant, entry: Omit<Equivalent, 'reason'>): boolean {
  return (
    mutant.file === entry.file &&
    mutant.mutator === entry.mutator &&
    mutant.context === entry.line &&
    mutant.original === entry.original &&
    mutant.replacement === entry.replacement
  );
}
