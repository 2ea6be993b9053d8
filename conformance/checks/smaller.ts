import type { Scenario, Step } from '../scenario/format.js';

/**
 * Leaves steps out of a story for as long as what is left still fails: halves first, single steps last. Stories that are
 * generated are told as short as this makes them; a step without which the story can't be played stays.
 */
export async function fewerSteps(
  scenario: Scenario,
  stillFails: (smaller: Scenario) => Promise<boolean>,
): Promise<Scenario> {
  let steps: readonly Step[] = scenario.steps;
  for (let length = Math.ceil(steps.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    // From the end: what comes later depends on what came before, not the other way round.
    for (let end = steps.length; end > 0 && steps.length > 1; end -= length) {
      const rest = [...steps.slice(0, Math.max(0, end - length)), ...steps.slice(end)];
      if (rest.length > 0 && (await stillFails({ ...scenario, steps: rest }))) steps = rest;
    }
  }
  return { ...scenario, steps: [...steps] };
}
