import type { FuzzArea } from './area.js';
import { iscsiArea } from './iscsi-area.js';
import { restArea } from './rest-area.js';
import { scenarioArea } from './scenario-area.js';
import { subjectArea } from './subject-area.js';

/** Everything that is fuzzed, by name. */
export const fuzzAreas: ReadonlyMap<string, FuzzArea> = new Map(
  [restArea, iscsiArea, scenarioArea, subjectArea].map((area) => [area.name, area]),
);
