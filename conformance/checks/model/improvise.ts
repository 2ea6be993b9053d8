import { mainDriver } from '../../harness/main-driver.js';
import type { Step } from '../../scenario/format.js';
import type { Improvisation } from '../../scenario/improvisation.js';
import type { Play } from '../../scenario/play.js';
import { attachmentMoves, type Hosting } from './attachment-moves.js';
import type { Command, CommandKind } from './command.js';
import { environmentCommands } from './environment-commands.js';
import { foreignMoves } from './foreign-moves.js';
import { groupMoves } from './group-moves.js';
import type { Move, Resolver } from './move.js';
import { snapshotMoves } from './snapshot-moves.js';
import { StoryState } from './story-state.js';
import { volumeMoves } from './volume-moves.js';

/** A story that commands come to, as far as it was played. */
export interface Improvised extends Improvisation {
  /** The steps so far: together they are a story that can be played without the commands. */
  readonly steps: readonly Step[];
}

const checkEverything: Step = { check: 'all' };

/**
 * Makes a story of abstract commands while it is played: each becomes a step that is possible at that point, or none. After
 * each step everything is looked at; what a step has come to decides what is known for the next ones.
 *
 * Commands that race become a `parallel` step whose seed orders their requests one by one, which is what fast-check's
 * scheduler would do; but a seed can be written into a file, and played without fast-check.
 */
export function improvise(commands: readonly Command[], hosting: Hosting): Improvised {
  const resolvers: { readonly [Kind in CommandKind]?: Resolver } = {
    ...volumeMoves,
    ...snapshotMoves,
    ...attachmentMoves(hosting),
    ...groupMoves,
    ...foreignMoves,
    ...environmentCommands,
  };
  const steps: Step[] = [];
  const queue = [...commands];
  const ahead: Step[] = [];
  let played: Move[] = [];
  let story: StoryState | undefined;

  /** What the moves that were just played have taught. */
  const finishMoves = () => {
    for (const { isDone, learn, after = [] } of played.splice(0)) {
      if (isDone?.() === false) continue;
      learn?.();
      ahead.push(...after);
    }
  };
  const moveOf = (knowing: StoryState, command: Command) => {
    const move = resolvers[command.kind]?.(knowing, command);
    return move === undefined ? undefined : { ...move, step: done(knowing.play, move.step, command) };
  };
  /** The next command that comes to something, or two that race. */
  const advance = (knowing: StoryState): void => {
    for (let command = queue.shift(); command !== undefined; command = queue.shift()) {
      const move = moveOf(knowing, command);
      if (move === undefined) continue;
      const partner = command.race !== undefined && canRace(move) ? queue[0] : undefined;
      const beside = partner === undefined ? undefined : moveOf(knowing, partner);
      if (beside !== undefined && canRace(beside) && !inTheWay(move, beside)) {
        queue.shift();
        played = [move, beside];
        ahead.push({ parallel: [move.step, beside.step] as never, seed: command.race ?? 0 }, checkEverything);
      } else {
        played = [move];
        ahead.push(...withFault(move.step, command), checkEverything);
      }
      return;
    }
  };
  return {
    steps,
    usesWire: hosting.wire,
    usesState: commands.some(({ kind }) => kind === 'power-cycle'),
    async next(play) {
      if (story === undefined) {
        story = new StoryState(play);
        await story.begin();
      }
      if (ahead.length === 0) finishMoves();
      if (ahead.length === 0) advance(story);
      const step = ahead.shift();
      if (step !== undefined) steps.push(step);
      return step;
    },
  };
}

/** Has the second driver do it, where there is one and the command says so. */
function done(play: Play, step: Step, { second }: Command): Step {
  const by = second ? play.harness.drivers.find((name) => name !== mainDriver) : undefined;
  return by === undefined || !('call' in step) ? step : { ...step, by };
}

/** A call during which something goes wrong may fail; what went wrong is mended before the next check. */
function withFault(step: Step, { fault }: Command): Step[] {
  if (fault === undefined || !('call' in step)) return [step];
  const { skip, what } = fault;
  return [
    { fault: { what: { ...what }, ...(skip === 0 ? {} : { skip }) }, as: 'fault', unfired: true },
    { ...step, expect: { mayRaise: true } },
    { clear: 'all' },
  ];
}

/** Only calls race, and starts don't: a driver that is being set up is not called. */
function canRace({ step }: Move): boolean {
  return 'call' in step;
}

function inTheWay(one: Move, other: Move): boolean {
  if (one.onlyLooks && other.onlyLooks) return false;
  return (one.about ?? []).some((name) => (other.about ?? []).includes(name));
}
