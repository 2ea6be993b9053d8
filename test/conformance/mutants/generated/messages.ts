import type { CheckResult } from '../../../../conformance/checks/check.js';
import type { GeneratedMutant } from './instrument.js';

/** What a check needs of the correct driver. */
export interface Measured {
  readonly check: string;
  readonly outcome: CheckResult['outcome'];
  /** Of the processor. */
  readonly milliseconds: number;
  /** Requests and waits of the call that needed most. */
  readonly most: number;
  /** How often each mutant's place is passed, by the mutant's id. */
  readonly hits: Readonly<Record<string, number>>;
}

/** A mutant, and the checks to judge it by, in their order. */
export interface Trial {
  readonly mutant: GeneratedMutant;
  /** Whether it acts while the module is loaded. */
  readonly isLoading: boolean;
  readonly plays: readonly Play[];
}

/** A check, and the correct driver's figures in it. */
interface Play {
  readonly check: string;
  readonly hits: number;
  readonly most: number;
  readonly milliseconds: number;
}

/**
 * What became of a mutant. `timed out`: it did not come to an end where the correct driver is far from the limit.
 * `unusable`: it breaks what carries a driver to the suite, such as a method that throws what is no exception of Cinder's:
 * no requirement failed, and there was an error. Neither noticed nor survived.
 */
export interface Verdict {
  readonly mutant: GeneratedMutant;
  readonly outcome: 'killed' | 'timed out' | 'survived' | 'unusable';
  /** The check that decided it. */
  readonly check?: string;
  /** The requirements that failed. */
  readonly requirements?: readonly string[];
  readonly because?: string;
  /** Checks that were played. */
  readonly checks: number;
}

export type Job = { readonly measure: string } | { readonly judge: Trial };

export type Message =
  | { readonly playing: string }
  | { readonly measured: Measured; readonly loading: readonly string[] }
  | { readonly verdict: Verdict };
