import fc from 'fast-check';
import type { Scenario } from '../../scenario/format.js';
import type { Check } from '../check.js';
import { search } from '../search.js';
import { type CommandOptions, commands } from './command.js';
import { improvise } from './improvise.js';

/** Stories that abstract commands come to, and what must hold after each of their steps. */
export interface Model extends CommandOptions {
  /** `model/…` */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Ids of requirements. */
  readonly verifies: readonly string[];
  /** How many stories are played by default, and how many commands one has at most. */
  readonly runs: number;
  readonly mostCommands: number;
  /** Whether hosts read and write over iSCSI. */
  readonly wire?: boolean;
  /** Configurations that stories have, one each. */
  readonly configurations?: readonly Readonly<Record<string, unknown>>[];
  readonly secondDriver?: boolean;
  readonly surfaces?: readonly ('generic' | 'consistency')[];
}

/** A model as a check: the shortest story after which something did not hold is what it came to. */
export function modelCheck(model: Model): Check {
  const { id, title, why, verifies, runs, mostCommands, wire = false, secondDriver = false } = model;
  const examples = fc.record({
    seed: fc.nat({ max: 0xffff }),
    configuration: fc.constantFrom(...(model.configurations ?? [{}])),
    surface: fc.constantFrom(...(model.surfaces ?? (['generic'] as const))),
    commands: commands(model, mostCommands),
  });
  return {
    id,
    kind: 'model',
    title,
    verifies,
    run: (context) =>
      search(context, {
        examples,
        runs,
        large: true,
        async attempt({ seed, configuration, surface, commands: list }) {
          const beginning: Scenario = {
            name: title.slice(0, 200),
            why,
            verifies: [...verifies],
            array: { seed },
            ...(Object.keys(configuration).length === 0 ? {} : { driver: { ...configuration } }),
            ...(secondDriver ? { drivers: { second: {} } } : {}),
            ...(surface === 'generic' ? {} : { surface }),
            steps: [],
          };
          const improvised = improvise(list, { wire, sharing: configuration.netapp_enable_multiattach === true });
          const report = await context.play(beginning, id, { improvisation: improvised });
          return { scenario: { ...beginning, steps: [...improvised.steps] }, report };
        },
      }),
  };
}
