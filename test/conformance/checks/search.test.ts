import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../conformance/checks/check.js';
import { type Search, search } from '../../../conformance/checks/search.js';
import type { Scenario, Step } from '../../../conformance/scenario/format.js';
import type { Failure } from '../../../conformance/scenario/play.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import type { ScenarioReport } from '../../../conformance/scenario/scenario-report.js';

/** A story of so many steps. */
function storyOf(seconds: readonly number[]): Scenario {
  return { name: 'n', why: 'w', verifies: [], steps: seconds.map((each): Step => ({ advance: `${each}s` })) };
}

function secondsOf({ steps }: Scenario): number[] {
  return steps.map((step) => Number('advance' in step ? step.advance.replace('s', '') : -1));
}

function reportOf(
  { name, why, verifies }: Scenario,
  failures: readonly Failure[],
  dropped: ScenarioReport['dropped'] = [],
): ScenarioReport {
  return {
    ...{ file: 'f', subject: 's', seed: 0, name, why, verifies, verdict: failures.length === 0 ? 'pass' : 'fail' },
    ...{ held: [], steps: [], end: failures, dropped, unsupported: [], unreached: [], trace: '', driverCalls: 1 },
    given: { times: 0, milliseconds: 0 },
  };
}

const of = (exception: string): Failure => ({
  message: 'raised',
  requirement: 'B8',
  method: 'create_volume',
  exception,
});

/** Searches numbers; a number makes a story, and the story's seconds decide how it fails. */
async function searched(
  examples: fc.Arbitrary<number>,
  storyBy: (example: number) => readonly number[],
  failuresBy: (seconds: readonly number[]) => readonly Failure[],
  more: Partial<Search<number>> = {},
) {
  const play = async (scenario: Scenario, file?: string, generated?: object) => {
    // Shorter stories are blamed as the first one is, and each of their steps has to be playable.
    if (file !== undefined) expect(generated).toEqual({ isStrict: true });
    return reportOf(scenario, failuresBy(secondsOf(scenario)));
  };
  const context = { seed: 1, effort: 1, isOver: () => false, play, methods: new Set(), constants: {} };
  const result = await search(context as unknown as CheckContext, {
    examples,
    runs: 200,
    async attempt(example) {
      const scenario = storyOf(storyBy(example));
      return { scenario, report: await play(scenario) };
    },
    ...more,
  });
  expect(result.outcome).toBe('fail');
  const scenario = readScenario(result.failure?.scenario ?? '', 'found.yaml').scenario;
  return { seconds: secondsOf(scenario), failures: result.failure?.failures };
}

describe('the search for a smaller story', () => {
  const large = fc.integer({ min: 0, max: 1000 }).map((each) => 1000 - each);

  it('keeps the class of the exception, though smaller ones break the same requirement', async () => {
    const tried: number[] = [];
    const found = await searched(
      fc.integer({ min: 0, max: 1000 }).filter((each) => each >= 500 || tried.some((earlier) => earlier >= 500)),
      (example) => {
        tried.push(example);
        return [example];
      },
      ([seconds = 0]) => (seconds >= 500 ? [of('KeyError')] : [of('VolumeNotFound')]),
    );
    // Smaller ones were there to be taken.
    expect(tried.some((each) => each < 500)).toBe(true);
    expect(found).toEqual({ seconds: [500], failures: [of('KeyError')] });
  });

  it.each([
    ['requirement', { requirement: 'B9' }],
    ['method', { method: 'delete_volume' }],
    ['code of the array', { retcode: 'volumeNotExist' }],
    ['kind of object', { object: 'snapshot group' }],
  ])('keeps the %s when it leaves out steps', async (_, change) => {
    const found = await searched(
      fc.constant(1),
      () => [1, 2, 3, 4],
      (seconds) => {
        if (seconds.includes(2) && seconds.includes(4)) return [of('KeyError')];
        return seconds.includes(4) ? [{ ...of('KeyError'), ...change }] : [];
      },
    );
    expect(found).toEqual({ seconds: [2, 4], failures: [of('KeyError')] });
  });

  it('takes the first failure for the cause: those that follow may follow from it', async () => {
    const found = await searched(
      fc.constant(1),
      () => [1, 2, 3],
      (seconds) => {
        if (seconds.includes(1)) return [of('KeyError'), of('TypeError')];
        return seconds.includes(2) ? [of('TypeError'), of('KeyError')] : [];
      },
    );
    expect(found).toEqual({ seconds: [1], failures: [of('KeyError'), of('TypeError')] });
  });

  it('never ends with a longer story than it began with', async () => {
    const found = await searched(
      large,
      (example) => (example < 400 ? [example, 1, 1, 1, 1] : [example, 1]),
      (seconds) => (seconds.length >= 2 ? [of('KeyError')] : []),
    );
    expect(found.seconds).toHaveLength(2);
  });

  it('tells steps that were refused and dropped as ones that may be refused', async () => {
    const create: Step = { call: 'create_volume', as: 'vol' };
    const scenario: Scenario = { ...storyOf([]), steps: [create, { parallel: [create, create] } as Step, create] };
    const dropped = [
      ['steps', 0],
      ['steps', 1, 'parallel', 1],
    ];
    const context = { seed: 1, effort: 1, isOver: () => false, play: async (each: Scenario) => reportOf(each, []) };
    const result = await search(context as unknown as CheckContext, {
      examples: fc.constant(0),
      runs: 1,
      attempt: async () => ({ scenario, report: reportOf(scenario, [of('KeyError')], dropped) }),
    });
    const open = { ...create, expect: { mayRaise: true } };
    expect(readScenario(result.failure?.scenario ?? '', 'f.yaml').scenario.steps).toEqual([
      open,
      { parallel: [create, open] },
      create,
    ]);
  });

  it('leaves out stories of what the driver leaves to Cinder, and is skipped where each is one', async () => {
    const refused: Failure = { message: 'create_group raised an exception', isExpectation: true };
    const play = async (scenario: Scenario) => ({
      ...reportOf(scenario, [refused]),
      unsupported: ['create_consistencygroup'],
    });
    const context = { seed: 1, effort: 1, isOver: () => false, play, methods: new Set(), constants: {} };
    const result = await search(context as unknown as CheckContext, {
      examples: fc.integer(),
      runs: 5,
      attempt: async (example) => ({ scenario: storyOf([example]), report: await play(storyOf([example])) }),
    });
    expect(result).toMatchObject({
      outcome: 'skipped',
      reason: 'The driver leaves create_consistencygroup to Cinder.',
      stories: 5,
    });
  });
});
