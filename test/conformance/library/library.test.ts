import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  type ConformanceProgress,
  defineSubject,
  replay,
  reportSchema,
  requirementsOf,
  runConformance,
  ScenarioFileError,
} from '../../../conformance/index.js';
import { createSubject } from '../../../driver/subject.js';

const published = new URL('../../../conformance/report.schema.json', import.meta.url);

class CinderException extends Error {}
class VolumeNotFound extends CinderException {}

/** Our own driver, described by its methods; some of them are replaced. */
const described = (replaced: Readonly<Record<string, () => unknown>> = {}) =>
  defineSubject(async (environment) => {
    const subject = await createSubject(environment);
    const methods = [...subject.methods].map((method) => [
      method,
      async (args: Readonly<Record<string, unknown>>) => {
        const answer = await subject.call(method, args);
        if ('returned' in answer) return answer.returned;
        throw Object.assign(new CinderException(answer.raised.message), { answer });
      },
    ]);
    return {
      name: 'described',
      constants: subject.constants,
      methods: { ...Object.fromEntries(methods), ...replaced },
      close: () => subject.close(),
    };
  });

describe('runConformance', () => {
  it('judges the driver of the package, tells its progress, and gives a report of the published format', async () => {
    const events: ConformanceProgress[] = [];
    const report = await runConformance({ only: ['driver/version'], onProgress: (event) => events.push(event) });
    expect(report).toMatchObject({
      report: 1,
      verdict: 'pass',
      seed: 1,
      checks: [{ id: 'driver/version', outcome: 'pass' }],
    });
    expect(events[0]).toEqual({ type: 'begun', checks: 1 });
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'checked', result: { id: 'driver/version', outcome: 'pass' } });
    if (last?.type === 'checked') expect(last.report()).toEqual({ ...report, unfinished: true });
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(published, 'utf8')));
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, verdict: 'perhaps' })).toBe(false);
  });

  it('judges a driver that its developer describes, and finds what is wrong with it', async () => {
    const only = ['volume/thin-volume-stays-thin'];
    expect((await runConformance({ subject: described(), only })).verdict).toBe('pass');
    const forgetful = await runConformance({ subject: described({ create_volume: () => undefined }), only });
    expect(forgetful).toMatchObject({ verdict: 'fail', subject: 'described' });
    expect(forgetful.causes?.length).toBeGreaterThan(0);
  });

  it('rejects with the reason of its signal, and begins no check after it', async () => {
    const stop = new AbortController();
    const checked: string[] = [];
    const run = runConformance({
      only: ['stats/*'],
      signal: stop.signal,
      onProgress(event) {
        if (event.type !== 'checked') return;
        checked.push(event.result.id);
        stop.abort(new Error('the developer has seen enough'));
      },
    });
    await expect(run).rejects.toThrow('the developer has seen enough');
    expect(checked).toHaveLength(1);
    await expect(runConformance({ signal: stop.signal })).rejects.toThrow('the developer has seen enough');
  });

  it.each([
    [{ only: ['no/such-check'] }, 'only no/such-check is not possible: allowed are ids of checks and requirements'],
    [{ seed: -1 }, 'seed -1 is not possible: allowed are whole numbers from 0'],
    [{ effort: 0 }, 'effort 0 is not possible'],
    [{ shard: { index: 3, count: 2 } }, 'shard {"index":3,"count":2} is not possible'],
    [{ level: 'may' as never }, 'level may is not possible: allowed are must and should'],
    [{ atOnce: 2 }, 'atOnce 2 is not possible: allowed are 1 for a driver of this process'],
  ])('refuses %j with what is allowed', async (options, message) => {
    await expect(runConformance(options)).rejects.toThrow(message);
  });
});

describe('requirementsOf', () => {
  it('names what a selection has to say something of', async () => {
    expect((await requirementsOf({ only: ['driver/version'] })).map(({ id }) => id)).toEqual(['C-version-1']);
    const all = await requirementsOf();
    expect((await requirementsOf({ level: 'must' })).length).toBeLessThan(all.length);
  });
});

describe('defineSubject', () => {
  it('tells what a method returned, and what it raised with the classes that it is derived from', async () => {
    const subject = await defineSubject(() => ({
      name: 'mine',
      methods: {
        get_pool: ({ volume }) => (volume === 'there' ? 'DDP_1' : undefined),
        delete_volume: () => {
          throw new VolumeNotFound('Volume x could not be found.');
        },
      },
    }))({ configuration: {} });
    expect([...subject.methods]).toEqual(['get_pool', 'delete_volume']);
    expect(await subject.call('get_pool', { volume: 'there' })).toEqual({ returned: 'DDP_1' });
    expect(await subject.call('get_pool', {})).toEqual({ returned: null });
    expect(await subject.call('delete_volume', {})).toEqual({
      raised: {
        class: 'VolumeNotFound',
        parents: ['CinderException', 'Exception'],
        message: 'Volume x could not be found.',
      },
    });
    await expect(subject.call('toString', {})).rejects.toThrow("'mine' has no method toString");
  });
});

describe('replay', () => {
  const story = `name: A volume comes and goes
why: The shortest story.
verifies: []
steps:
  - {call: create_volume, as: one, size: 1 GiB}
  - {call: delete_volume, of: one}
`;

  it('plays a story, the same way each time', async () => {
    const steps: string[] = [];
    const first = await replay({ text: story }, { onStep: ({ what }) => steps.push(what) });
    expect(first).toMatchObject({ verdict: 'pass', name: 'A volume comes and goes', file: 'story.yaml' });
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect((await replay({ text: story })).trace).toBe(first.trace);
  });

  it('plays a file of the library', async () => {
    const report = await replay({ file: 'scenarios/volume/thin-volume-stays-thin.yaml' });
    expect(report.verdict).toBe('pass');
  });

  it('refuses what cannot be played, with the place', async () => {
    const replayed = replay({ text: story.replace('of: one', 'of: two') });
    await expect(replayed).rejects.toThrow(ScenarioFileError);
    await expect(replayed).rejects.toThrow("story.yaml:6:27: nothing is called 'two' before this: known are one");
  });
});

describe('the schema of the report', () => {
  it('is published as it is', async () => {
    await expect(`${JSON.stringify(reportSchema, null, 2)}\n`).toMatchFileSnapshot(published.pathname);
  });
});
