import type { Arbitrary } from 'fast-check';
import type { Scenario } from '../../scenario/format.js';
import { applicability } from '../../subjects/methods.js';
import type { Check, CheckContext, CheckRun } from '../check.js';
import { search } from '../search.js';

/** What must hold of every story of a kind. */
export interface Property {
  /** `property/…` */
  readonly id: string;
  readonly title: string;
  /** Ids of requirements. */
  readonly verifies: readonly string[];
  /** How many stories are played by default. */
  readonly runs: number;
  /** Methods without which the stories make no sense. */
  readonly needs?: readonly string[];
  /** The stories; they may depend on what methods the driver has. */
  scenario(methods: ReadonlySet<string>): Arbitrary<Scenario>;
}

/** A property as a check: the shortest story that breaks it is what it came to. */
export function propertyCheck({ id, title, verifies, runs, needs = [], scenario }: Property): Check {
  return {
    id,
    kind: 'property',
    title,
    verifies,
    async run(context: CheckContext): Promise<CheckRun> {
      const needed = applicability(context.methods, needs);
      // A mandatory method that is missing is told of by the checks of that method.
      if (!needed.run) return { outcome: 'skipped', reason: needed.reason, stories: 0, driverCalls: 0 };
      return search(context, {
        examples: scenario(context.methods),
        runs,
        attempt: async (example) => ({ scenario: example, report: await context.play(example, id, {}) }),
      });
    },
  };
}
