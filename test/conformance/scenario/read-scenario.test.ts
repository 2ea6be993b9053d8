import { describe, expect, it } from 'vitest';
import { readScenario, ScenarioFileError } from '../../../conformance/scenario/read-scenario.js';

const head = 'name: n\nwhy: w\nverifies: []\n';

function problems(text: string): string[] {
  try {
    readScenario(text, 'f');
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    return error.message.split('\n');
  }
}

describe('A scenario file', () => {
  it.each([
    [
      'with an alias of what it is part of',
      `${head}steps: &s\n  - {repeat: 2, steps: *s}\n`,
      ['f:5:24: this alias is part of what it stands for'],
    ],
    [
      'with too many aliases',
      `a: &a [1, 1]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]}, `.repeat(9)}]\n`).join('')}`,
      ['f:1:1: this is no YAML: Excessive alias count indicates a resource exhaustion attack'],
    ],
    [
      'with an error that repeats a long line of it, by its beginning',
      `"a"\n"b"\n${'x'.repeat(20_000)}\n`,
      expect.arrayContaining([
        expect.stringMatching(/^f:3:1: this is no YAML: Unexpected scalar token in YAML stream: "x{500,600}…$/),
      ]),
    ],
    [
      'with rounds within rounds within rounds',
      `${head}steps:\n  - {repeat: 1000, steps: [{repeat: 100, steps: [{repeat: 2, steps: [{advance: 1s}]}]}]}\n`,
      ['f:5:51: these are 200000 rounds in all: allowed are 100000'],
    ],
    [
      'with several problems',
      `name: n\nwhy: w\nverifies: [b, 5]\nsteps:\n  - {io: write}\n  - {advance: soon}\n`,
      [
        expect.stringContaining("f:3:12: 'verifies[0]' must match"),
        expect.stringContaining("f:3:15: 'verifies[1]' must be string"),
        "f:5:5: 'steps[0]' lacks of",
        expect.stringContaining("f:6:6: 'advance' must match"),
      ],
    ],
  ])('%s is refused where that stands', (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('with as many rounds as are allowed, and aliases of something else, is read', () => {
    const steps = '[{repeat: 1000, steps: [{repeat: 100, steps: [&a {advance: 1s}, *a]}]}]';
    expect(problems(`${head}steps: ${steps}\n`)).toEqual([]);
  });
});
