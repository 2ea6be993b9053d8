import type { Check } from '../check.js';
import { PairMemory, pairsCheck, priorities } from './explore-pairs.js';
import { singlesCheck } from './explore-singles.js';
import { singleFaults } from './single-faults.js';
import { situations } from './situations.js';
import { SituationMemory } from './struck-story.js';

/** What is enumerated: each fault by itself, or each with each that may come after it. */
export const explorations = ['singles', 'pairs'] as const;

type Exploration = (typeof explorations)[number];

/** The checks of an exploration, and what chooses them all. */
export function explorationChecks(what: Exploration): { readonly checks: Check[]; readonly all: string } {
  return what === 'singles'
    ? { checks: singlesChecks(), all: 'explore/*' }
    : { checks: pairsChecks(), all: 'explore-pairs/*' };
}

/** Every single fault at every request of every method in every situation: a check for each situation and fault. */
export function singlesChecks(): Check[] {
  return situations.flatMap((situation) => {
    const memory = new SituationMemory(situation);
    return singleFaults.map((fault) => singlesCheck(memory, fault));
  });
}

/** Every two faults of one call: a check for each situation and priority. Their ids are in the order of priority. */
function pairsChecks(): Check[] {
  const memories = situations.map((situation) => new PairMemory(new SituationMemory(situation)));
  return priorities.flatMap((priority) => memories.map((memory) => pairsCheck(memory, priority)));
}
