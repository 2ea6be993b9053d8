import type { Scenario } from '../scenario/format.js';
import type { Improvisation } from '../scenario/improvisation.js';
import type { Failure } from '../scenario/play.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';

/** One thing that is tried with a driver, and the requirements that it verifies. */
export interface Check {
  /** e.g. `clone/copy-job-fails`, `property/partial-failures`, `model/whole-surface`. */
  readonly id: string;
  readonly kind: 'direct' | 'property' | 'model';
  /** What is tried, in a line. */
  readonly title: string;
  /** Ids of requirements. */
  readonly verifies: readonly string[];
  run(context: CheckContext): Promise<CheckRun>;
}

/** What checks get. */
export interface CheckContext {
  /** The documented names of the methods that the driver has. */
  readonly methods: ReadonlySet<string>;
  readonly constants: Readonly<Record<string, unknown>>;
  /** Decides all that is generated. */
  readonly seed: number;
  /** Where a failing example lies, as an earlier run told it: only that one is tried. */
  readonly path?: string;
  /** Multiplies how many examples are tried; 1 by default. */
  readonly effort: number;
  /** Whether the time that was given is over: then what is going on ends early. */
  isOver(): boolean;
  /** Plays a story on an array of its own. */
  play(scenario: Scenario, file: string, generated?: Generated): Promise<ScenarioReport>;
  /** A story was played, for the progress bar. */
  onPlayed?(): void;
}

/** A story that is generated: its steps that the volume manager refuses are dropped. */
interface Generated {
  /** Goes on where the story's steps end. */
  readonly improvisation?: Improvisation;
  /** Each step has to be playable: one that is refused is an error. */
  readonly isStrict?: boolean;
}

export interface CheckRun {
  readonly outcome: 'pass' | 'fail' | 'error' | 'skipped';
  /** Why it was skipped, or could not be run. */
  readonly reason?: string;
  /** Stories that were played. */
  readonly stories: number;
  readonly driverCalls: number;
  readonly failure?: CheckFailure;
  /** Of what it verifies, what was shown to hold although it failed. */
  readonly held?: readonly string[];
  /** Where an error of the suite itself was thrown. */
  readonly stack?: string;
  /** Which faults it went through, where it enumerates them. */
  readonly explored?: Explored;
}

/** What became of a fault at one of the requests of a call. */
export type FaultOutcome =
  /** Played to the end of the story: all holds. */
  | 'pass'
  /** It left the trace of one that was played to the end, and counts like that one. */
  | 'merged'
  | 'fail'
  /** Not played, or the fault met no request. */
  | 'unexplored'
  /** There is no such fault at such a request. */
  | 'none';

/** The faults that a call of a method can meet in a situation: each request with what became of the fault there. */
export interface Explored {
  readonly method: string;
  /** What is there before the call. */
  readonly situation: string;
  readonly fault: string;
  /** The requests that the call makes when nothing goes wrong, e.g. `POST volumes`; for pairs of faults, the pairs. */
  readonly places: readonly string[];
  /** One for each place. */
  readonly outcomes: readonly FaultOutcome[];
}

/** The smallest story that was found to fail. */
interface CheckFailure {
  readonly failures: readonly Failure[];
  /** The story, as a file that `replay` plays. */
  readonly scenario: string;
  /** What happened in it, a line of JSON each. */
  readonly trace: string;
  readonly seed: number;
  /** Where it lies among what the seed generates. */
  readonly path?: string;
}

/** What a check came to; plain data. */
export interface CheckResult extends CheckRun {
  /** What is to be known of how its stories were played. */
  readonly notes?: readonly string[];
  readonly id: string;
  readonly kind: Check['kind'];
  readonly title: string;
  readonly verifies: readonly string[];
}
