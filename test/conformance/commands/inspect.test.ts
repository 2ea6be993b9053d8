import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../conformance/commands/command.js';
import { replay } from '../../../conformance/commands/replay.js';
import { run } from '../../../conformance/commands/run.js';
import { startChild } from '../../child-process.js';
import { commands } from '../../commands.js';
import { ran } from './run-command.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const forgetful = `module:${fileURLToPath(new URL('forgetful-driver.ts', import.meta.url))}`;
const story = (name: string) => fileURLToPath(new URL(`../../../scenarios/${name}.yaml`, import.meta.url));
const create = story('volume/failed-create-leaves-nothing');

interface Moment {
  readonly number: number;
  readonly content: { readonly kind: string; readonly text?: string };
}

/** Replays with --inspect; gives what was written, and the moments of the array while it is kept. */
async function inspection(...args: readonly string[]) {
  const out: string[] = [];
  let page = '';
  let moments: readonly Moment[] = [];
  const code = await replay.run([...args, '--inspect'], {
    out: { write: (text: string) => out.push(text) },
    err: { write: () => undefined },
    untilInterrupted: async () => {
      [, page = ''] = /(http:\S+\/#\/time\/\d+)/.exec(out.join('')) ?? [];
      const answer = await fetch(`${new URL(page).origin}/sim/v1/arrays/1/timeline`);
      ({ moments } = (await answer.json()) as { moments: readonly Moment[] });
    },
  });
  const asked = Number(/\d+$/.exec(page)?.[0]);
  const texts = moments.flatMap(({ content: { text } }) => (text === undefined ? [] : [text]));
  return { code, out: out.join(''), origin: new URL(page).origin, asked, moments, texts };
}

/** The moment that the page opens at. */
function textAt({ moments, asked }: Awaited<ReturnType<typeof inspection>>): string | undefined {
  return moments.find(({ number }) => number === asked)?.content.text;
}

describe('replay --inspect', () => {
  it('keeps the array of a story that passed, with its steps, requests, faults and changes as moments', async () => {
    const { code, out, moments, texts, asked, origin } = await inspection(create);
    expect(code).toBe(exitCodes.passed);
    expect(out.match(/A create that fails leaves no volume/g)).toHaveLength(1);
    const kinds = new Set(moments.map(({ content }) => content.kind));
    expect([...kinds].sort()).toEqual(['change', 'fault', 'note', 'request', 'start']);
    const begins = texts.indexOf('line 7 begins: call create_volume');
    expect(begins).toBeGreaterThan(0);
    expect(texts[begins + 1]).toMatch(/^line 7 pass: create_volume/);
    expect(asked).toBe(moments.at(-1)?.number);
    expect(texts.at(-1)).toBe('story ends');
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
  });

  it('leads to the step that failed, of a story and of a saved failure', async () => {
    const failed = await inspection(create, '--subject', forgetful);
    expect(failed.code).toBe(exitCodes.failed);
    expect(textAt(failed)).toMatch(/^story fail: at the end; volume leaked: Volume '\w+'/);
    await ran(run, '--subject', forgetful, '--only', 'volume/failed-create-leaves-nothing', '--save-failures', folder);
    const saved = await inspection(join(folder, 'volume', 'failed-create-leaves-nothing.yaml'), '--subject', forgetful);
    expect(textAt(saved)).toBe(textAt(failed));
  });

  it('records anew after the simulator was started again', async () => {
    const { code, texts } = await inspection(story('nightmare/array-and-driver-restart-between-calls'));
    expect(code).toBe(exitCodes.passed);
    expect(texts[0]).toMatch(/^line \d+ pass: restart simulator/);
    expect(texts.at(-1)).toBe('story ends');
  });

  it('refuses what does not go with it', async () => {
    await expect(ran(replay, create, create, '--inspect')).rejects.toThrow('--inspect takes one story: there are 2.');
    await expect(ran(replay, create, '--inspect', '--json')).rejects.toThrow('--inspect does not go with --json.');
    await expect(ran(replay, create, '--inspect', '--array', 'http://127.0.0.1:1')).rejects.toThrow(
      '--inspect does not go with --array: a simulator that runs already has its page at its URL.',
    );
  });

  it('shows the page until it is interrupted, and ends with the exit code of the story', async () => {
    const child = startChild(process.execPath, [
      '--import',
      'tsx',
      commands.conformance,
      'replay',
      create,
      '--inspect',
    ]);
    const seen = new Promise<string>((resolve) => {
      child.onLine((line) => {
        const [, page] = /(http:\S+\/)#\/time/.exec(line) ?? [];
        if (page !== undefined) resolve(page);
      });
    });
    const answer = await fetch(await child.during('the URL of the page', seen));
    expect(await answer.text()).toContain('<title>');
    child.kill('SIGINT');
    expect((await child.end('the end after Ctrl-C')).code).toBe(exitCodes.passed);
  });
});
