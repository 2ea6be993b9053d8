import type { Check } from './check.js';
import { directChecks } from './direct.js';
import { introductionChecks } from './introduction.js';
import { modelChecks } from './model/index.js';
import { propertyChecks } from './properties/index.js';

/** Everything that is tried with a driver. Throws ScenarioFileError for a story of this package that is none. */
export async function allChecks(): Promise<Check[]> {
  return [...introductionChecks, ...(await directChecks()), ...propertyChecks, ...modelChecks];
}
