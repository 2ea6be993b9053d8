import { aliases } from '../../scenario/calls.js';
import { kindOf, type Step } from '../../scenario/format.js';
import { type FaultStory, faultStories } from '../properties/fault-stories.js';
import { moreSituations } from './more-situations.js';

/** A method, what is there when it is called, and what a user does after it whether it succeeded or failed. */
export interface Situation extends FaultStory {
  /** The method with its number among those of the method, e.g. `create_volume/1`. */
  readonly id: string;
  /** The documented name, on the surface that is used. */
  readonly method: string;
  readonly surface: 'generic' | 'consistency';
  /** What is there before the call, in a line. */
  readonly title: string;
}

/** Every method of a driver in the situations that make it do something else. Groups are tried by both surfaces. */
export const situations: readonly Situation[] = numbered([
  ...[...faultStories, ...moreSituations].map((story) => ({ story, surface: 'generic' as const })),
  ...faultStories
    .filter(({ call }) => Object.values(aliases).includes(call.call))
    .map((story) => ({ story, surface: 'consistency' as const })),
]);

interface Variant {
  readonly story: FaultStory;
  readonly surface: Situation['surface'];
}

function numbered(variants: readonly Variant[]): Situation[] {
  const counts = new Map<string, number>();
  return variants.map(({ story, surface }) => {
    const method = methodOf(story.call.call, surface);
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    const needs = surface === 'generic' ? (story.needs ?? []) : [...(story.needs ?? []), method];
    return { ...story, needs, id: `${method}/${count}`, method, surface, title: titleOf(story) };
  });
}

function methodOf(call: string, surface: Situation['surface']): string {
  if (surface === 'generic') return call;
  return Object.keys(aliases).find((alias) => aliases[alias] === call) ?? call;
}

/** The steps before the call, equal ones in a row counted, and what is special about the call. */
function titleOf({ before, call, driver }: FaultStory): string {
  const steps: string[] = [];
  for (const each of before.map(nameOf)) {
    const [last = '', times = '1'] = steps.at(-1)?.split(' x') ?? [];
    if (last === each) steps[steps.length - 1] = `${each} x${Number(times) + 1}`;
    else steps.push(each);
  }
  const { call: _, as: __, of: ___, from: ____, names: _____, expect: ______, ...special } = call;
  const words = [
    steps.length === 0 ? 'nothing before' : `after ${steps.join(', ')}`,
    ...Object.entries({ ...special, ...driver }).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
  ];
  return words.join('; ');
}

function nameOf(step: Step): string {
  if ('call' in step) return step.call;
  if ('rest' in step) return step.rest;
  if ('jobs' in step) return `jobs ${JSON.stringify(step.jobs)}`;
  return kindOf(step) ?? '';
}
