import type { Coverage } from './coverage.js';
import type { GeneratedMutant } from './instrument.js';
import type { Trial } from './messages.js';

/**
 * The checks that pass a mutant's place, the shortest first. What acts while the module is loaded passes everywhere, and
 * what it does is seen anywhere: it is judged by all checks. `most` is how many are played at most.
 */
export function trialOf(mutant: GeneratedMutant, { measured, loading }: Coverage, most: number): Trial {
  const isLoading = loading.includes(mutant.id);
  const plays = measured
    .filter(({ outcome }) => outcome === 'pass')
    .map(({ check, hits, most, milliseconds }) => ({ check, hits: hits[mutant.id] ?? 0, most, milliseconds }))
    .filter(({ hits }) => isLoading || hits > 0)
    .sort((one, other) => one.milliseconds - other.milliseconds)
    .slice(0, most);
  return { mutant, isLoading, plays };
}
