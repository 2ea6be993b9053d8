import { isDeepStrictEqual } from 'node:util';
import { parseProgression } from '../array/jobs.js';
import type { JobKind, Progression } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { FaultRules } from './fault-rules.js';
import { wordsOfRecord } from './objects.js';

/** How a rule makes work proceed that starts on an array; undefined when no rule concerns it. */
export function overriddenProgression(
  rules: Pick<FaultRules, 'all' | 'clock' | 'systemOf'>,
  array: StorageArray,
  kind: JobKind,
  objectRef: string,
): Progression | undefined {
  const system = rules.systemOf(array);
  if (system === undefined) return undefined;
  const now = rules.clock.now();
  const facts = { kind, array, words: wordsOfRecord(array, objectRef) };
  for (const state of rules.all) {
    const { what } = state.rule;
    if (what.do !== 'job' || !state.belongsTo(system.id) || !state.isTime(now) || !state.isJob(facts)) continue;
    if (!state.fires(now, system, `job ${kind} ${objectRef}`)) continue;
    const progression = parseProgression(what.progression);
    state.broken.push({
      undo: () => endOverride(array, kind, objectRef, progression),
      untilMs: Number.POSITIVE_INFINITY,
    });
    return progression;
  }
  return undefined;
}

/** Lets a job that a rule slowed down go on as the array is configured; one that was changed since stays as it is. */
function endOverride(array: StorageArray, kind: JobKind, objectRef: string, progression: Progression): void {
  const job = array.jobs.find(kind, objectRef);
  if (job === undefined || !isDeepStrictEqual(job.progression, progression)) return;
  array.jobs.setProgressionOn([objectRef], array.system.progressions[kind], [kind]);
}
