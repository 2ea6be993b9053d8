import fc from 'fast-check';
import type { CallStep, Step } from '../../scenario/format.js';
import { faultKinds } from '../model/command.js';
import { mayFail, seed } from './arbitraries.js';
import { faultStories } from './fault-stories.js';
import type { Property } from './property.js';

/** No documented method needs more requests than this for the little that the stories have. */
const mostRequests = 24;

/**
 * Each method with something going wrong at its n-th request, before it was done or after: whatever the method says, the
 * array agrees, and what comes after works as if nothing had been.
 */
export const partialFailures: Property = {
  id: 'property/partial-failures',
  title: 'A method that fails at any of its requests, before or after it was done, leaves nothing, and can be repeated',
  verifies: [
    'B12',
    'B16',
    'Q2',
    'Q7',
    'Q8',
    'Q9',
    'Q10',
    'Q11',
    'Q13',
    'Q14',
    'Q15',
    'Q25',
    'Q31',
    'Q32',
    'Q49',
    'R8',
    'R12',
    'R16',
    'R17',
    'R18',
    'R26',
    'R32',
    'R36',
    'R40',
    'R41',
    'R43',
    'R47',
    'R51',
    'R54',
    'R57',
    'R58',
    'C-create-group-5',
    'C-delete-group-8',
  ],
  runs: 80,
  scenario: (methods) =>
    fc
      .record({
        seed,
        story: fc.constantFrom(...faultStories.filter(({ needs = [] }) => needs.every((name) => methods.has(name)))),
        surface: fc.constantFrom('generic' as const, 'consistency' as const),
        skip: fc.nat({ max: mostRequests }),
        what: fc.constantFrom(...faultKinds),
      })
      .map(({ seed: arraySeed, story, surface, skip, what }) => ({
        name: `${story.call.call} while something goes wrong`,
        why: 'Generated: whatever it says, the array and the records agree, and it can be repeated.',
        verifies: [...partialFailures.verifies],
        array: { seed: arraySeed },
        ...(surface === 'generic' ? {} : { surface }),
        ...(story.driver === undefined ? {} : { driver: { ...story.driver } }),
        steps: [...story.before, ...failing(story.call, { skip, what }), ...story.after] satisfies Step[],
      })),
};

function failing(call: CallStep, { skip, what }: { readonly skip: number; readonly what: object }): Step[] {
  return [
    { fault: { what: { ...what }, ...(skip === 0 ? {} : { skip }) }, as: 'fault', unfired: true },
    mayFail(call),
    { clear: 'all' },
    // What a failed deletion leaves is for the next call to tidy up; that nothing wanted is missing is seen at once.
    { check: ['array'] },
  ];
}
