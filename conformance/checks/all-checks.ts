import type { Check } from './check.js';
import { directChecks } from './direct.js';
import { introductionChecks } from './introduction.js';

/** Everything that is tried with a driver. Throws ScenarioFileError for a story of this package that is none. */
export async function allChecks(): Promise<Check[]> {
  return [...introductionChecks, ...(await directChecks())];
}
