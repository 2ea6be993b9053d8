import type { CallStep, Step } from '../../scenario/format.js';
import type { Command } from './command.js';
import type { StoryState } from './story-state.js';

/** What an abstract command comes to at a point of a story. */
export interface Move {
  readonly step: Step;
  /** Steps that see what came of it; they are played only if `isDone` holds. */
  readonly after?: readonly Step[];
  /** The records that it is about: two moves about the same one don't race, unless both only look at it. */
  readonly about?: readonly string[];
  readonly onlyLooks?: boolean;
  /** Whether it succeeded, to be asked after the step. */
  isDone?(): boolean;
  /** What is known from then on. */
  learn?(): void;
}

/** Resolves a command: undefined when there is nothing that it could happen to. */
export type Resolver = (story: StoryState, command: Command) => Move | undefined;

/** The one that a number chooses. */
export function chosen<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(1, items.length)];
}

/** A call of a driver that makes something or changes it, and is to succeed. */
export function call(
  story: StoryState,
  step: CallStep,
  more: Omit<Move, 'step'> & { readonly becomes?: string },
): Move {
  const { becomes, ...rest } = more;
  const name = step.as ?? [step.of].flat()[0] ?? '';
  return {
    step,
    isDone: () => becomes === undefined || story.statusOf(name) === becomes,
    ...rest,
  };
}
