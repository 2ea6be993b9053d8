import type { Harness } from '../harness/harness.js';
import type { CallStep } from './format.js';
import type { Offers } from './offers.js';
import type { Path } from './read-scenario.js';
import type { Utterance } from './secrets.js';
import type { SymbolTable } from './symbol-table.js';
import type { Trace } from './trace.js';

/** A fault rule of a story. */
interface PlayedRule {
  readonly name: string;
  /** 'must': what the story is about is that it fires; 'may': it need not; otherwise the story is not reached without it. */
  readonly fires: 'must' | 'may' | undefined;
  hits: number;
  error?: string;
}

/** A story as it is played. */
export interface Play {
  readonly harness: Harness;
  readonly symbols: SymbolTable;
  /** Where what happens is written down; undefined when no trace is wanted. */
  readonly trace: Trace | undefined;
  /** Ids of the requirements that the story shows. */
  readonly verifies: readonly string[];
  /** Whether its steps are made up while it is played. */
  readonly isMadeUp: boolean;
  /** The call that was made last. */
  lastCall?: CallStep;
  /** The last one that was not about a connection. */
  lastChange?: CallStep;
  /** Requirements that the calls so far were about. */
  readonly touched: Set<string>;
  /** What was found wrong with the array: it stays so, and is told once. */
  readonly found: Set<string>;
  /** Fault rules by the id that the simulator gave them; whether they have to fire. */
  readonly rules: Map<string, PlayedRule>;
  /** Methods of which the driver says that it does not have them: Cinder's own code stands in for some. */
  readonly unsupported: Set<string>;
  /** Methods that a driver has answered otherwise. */
  readonly implemented: Set<string>;
  readonly seed: number;
  /** The number of the next request in the array's journal. */
  seen: number;
  /** The number of the next event of the array. */
  nextEvent: number;
  /** Requests that the array got from drivers. */
  requests: number;
  /** How many objects of others there were, where others use the array. */
  before?: ReadonlyMap<string, number>;
  /** Where the steps stand that were refused and dropped; undefined where a refused step is an error of the story. */
  readonly dropped?: Path[];
  /** What the driver's statistics last offered; undefined before the first. */
  offers?: Offers | undefined;
  /** What drivers logged, raised and returned. */
  readonly said: Utterance[];
  /** The connections that they handed out. */
  readonly connections: Readonly<Record<string, unknown>>[];
}

/** Something that is not as it should be. */
export interface Failure {
  readonly message: string;
  readonly expected?: unknown;
  readonly found?: unknown;
  /** The requirement that is broken, where it is known. */
  readonly requirement?: string;
  /** Requirements that say the same, and are broken with it: the same statement of another source. */
  readonly also?: readonly string[];
  /** The driver's method whose call showed it. */
  readonly method?: string;
  /** The class of the exception that the driver raised, where that is what is wrong or belongs to it. */
  readonly exception?: string;
  /** The array's own code for what it refused last during the call, e.g. `volumeNotExist`, or its HTTP status. */
  readonly retcode?: string;
  /** The kind of object that is not as it should be, e.g. `snapshot group`, or the part of an answer. */
  readonly object?: string;
  /** The story could not be played: nothing is said about the driver. */
  readonly isError?: boolean;
  /** It could not be played as the driver does not offer what it asks for. */
  readonly isNotOffered?: boolean;
  /** What a call was expected to come to, and not what the array or the records show to be wrong. */
  readonly isExpectation?: boolean;
  /** A fault rule was still waiting for its request when this was found. */
  readonly isBeforeFault?: boolean;
}

export interface Played {
  readonly what: string;
  readonly failures: readonly Failure[];
  /** Calls of the driver. */
  readonly calls: number;
  /** Whether it came to something else than the story goes on from. */
  readonly loses?: boolean;
}
