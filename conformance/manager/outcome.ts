import type { Answer, Arguments, RaisedException } from '../subjects/subject.js';

/** One call of the driver. */
export interface DriverCall {
  readonly method: string;
  readonly args: Arguments;
  readonly answer: Answer;
}

/** The driver broke a rule that shows in the call itself or in what the manager has to do with its answer. */
export interface Violation {
  /** The requirement's id, e.g. R33. */
  readonly requirement: string;
  readonly message: string;
}

/** What an operation of the volume manager came to. */
export interface Outcome {
  /** The exception that left the manager; undefined when none did. */
  readonly raised?: RaisedException;
  /** Whether the request was refused before the driver had its turn, as Cinder's API refuses it. */
  readonly refused?: boolean;
  /** The calls of the driver that it made, in order. */
  readonly calls: readonly DriverCall[];
  readonly violations: readonly Violation[];
}
