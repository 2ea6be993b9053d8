import type { CheckResult } from '../checks/check.js';
import type { Selection } from '../checks/selection.js';
import type { JudgedRequirement, Judgement } from '../checks/verdict.js';
import type { CauseReport } from './causes.js';

/** The version of the format: it grows when readers of older ones would misread it. */
export const reportVersion = 1;

/** What a run found, as plain data: every other report is made of it. The same seed gives the same one. */
export interface ConformanceReport extends Omit<Judgement, 'requirements'> {
  readonly report: typeof reportVersion;
  /** As the driver names itself. */
  readonly subject: string;
  /** What `--subject` said; absent for the driver of this package. */
  readonly command?: string;
  readonly seed: number;
  readonly path?: string;
  readonly effort: number;
  readonly selection: Selection;
  readonly requirements: readonly RequirementReport[];
  /** In the order of their ids. */
  readonly checks: readonly CheckReport[];
  /** Why nothing could be judged, where the driver does not start or not end: then no check was run. */
  readonly unjudged?: Unjudged;
  /** The run goes on, or was ended from outside: this is what it has found so far. */
  readonly unfinished?: true;
  /** What is wrong, each cause once. */
  readonly causes?: readonly CauseReport[];
  /** Checks that were asked for and never began: after a failure with --bail, or when the time was over. */
  readonly notRun: readonly string[];
}

/** A driver that can't be judged, as it does not start, or not end. */
export interface Unjudged {
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The subject itself does not work: nothing speaks against a driver. */
  readonly isUnusable?: true;
}

export interface RequirementReport extends JudgedRequirement {
  readonly clause: string;
  readonly source: string;
}

export interface CheckReport extends CheckResult {
  /** Command lines that show the failure again. */
  readonly replay?: readonly string[];
}
