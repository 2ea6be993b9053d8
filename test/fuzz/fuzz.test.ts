import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hold, inputOf, type OpenArea, problemOf, tryNumber } from './area.js';
import { fuzzAreas } from './areas.js';

/** So many inputs of each area are tried here: a few seconds. `npm run fuzz` tries more. */
const sampleSizes: Readonly<Record<string, number>> = { rest: 60, iscsi: 60, scenarios: 30, subjects: 200 };

const sampleSeed = 20_260;

async function opened<T>(name: string, use: (area: OpenArea) => Promise<T>): Promise<T> {
  const area = await fuzzAreas.get(name)?.open();
  if (area === undefined) throw new Error(`there is no area '${name}'`);
  try {
    return await use(area);
  } finally {
    await area.close();
  }
}

describe.each([...fuzzAreas.keys()])('what others send: %s', (name) => {
  it('a sample of inputs does no harm', async () => {
    await opened(name, async (area) => {
      for (let number = 1; number <= (sampleSizes[name] ?? 0); number++)
        expect(await tryNumber(name, area, sampleSeed, number)).toBeUndefined();
    });
  });

  it('inputs that once did harm, or were thought of, do none', async () => {
    const file = fileURLToPath(new URL(`corpus/${name}.json`, import.meta.url));
    const corpus = JSON.parse(readFileSync(file, 'utf8')) as { readonly why: string; readonly input: object }[];
    expect(corpus.length).toBeGreaterThan(0);
    await opened(name, async (area) => {
      for (const { why, input } of corpus) expect([why, await problemOf(area, input)]).toEqual([why, undefined]);
    });
  });

  it('the same seed makes the same inputs, byte for byte, and another seed others', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    const made = (seed: number) =>
      opened(name, async (area) => JSON.stringify(numbers.map((number) => inputOf(area, seed, number))));
    const first = await made(7);
    expect(await made(7)).toBe(first);
    expect(await made(8)).not.toBe(first);
  });
});

describe('the corpus', () => {
  it('has a file for each area', () => {
    const files = readdirSync(fileURLToPath(new URL('corpus', import.meta.url)));
    expect(files.sort()).toEqual([...fuzzAreas.keys()].map((name) => `${name}.json`).sort());
  });
});

describe('a finding', () => {
  it('names seed and number, and has the smallest input that shows it', async () => {
    const area: OpenArea = {
      inputs: fc.record({ size: fc.nat(1000) }),
      async try(input) {
        hold((input as { size: number }).size < 10, () => 'too large');
        return 'fine';
      },
      close: async () => undefined,
    };
    const tried = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => tryNumber('sizes', area, 3, number)));
    const [finding] = tried.filter((each) => each !== undefined);
    expect(finding).toMatchObject({ area: 'sizes', seed: 3, input: { size: 10 } });
    expect(finding?.problem).toContain('too large');
    expect(inputOf(area, 3, finding?.number ?? 0)).not.toEqual({ size: 10 });
  });
});
