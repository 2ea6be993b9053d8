import type { Step } from './format.js';
import type { Play } from './play.js';

/** A story that is made up while it is played: each step by what has become of those before it. */
export interface Improvisation {
  /** The next step; undefined ends the story. */
  next(play: Play): Step | undefined | Promise<Step | undefined>;
  /** Whether hosts read and write, for which the array has to listen. */
  readonly usesWire?: boolean;
  /** Whether the simulator is restarted, for which it has to keep its state. */
  readonly usesState?: boolean;
}
