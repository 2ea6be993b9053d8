import type { DriverChange } from '../changed-driver/changed-driver.js';

/** One small change of our driver that breaks one rule: what a conformance suite has to notice. */
export interface Mutant extends DriverChange {
  /** Tells what is wrong with it, e.g. `sequence-numbers-as-text`. */
  readonly id: string;
  /** The requirement that must fail because of it. */
  readonly rule: string;
  /** More changes, where one place is not enough. */
  readonly also?: readonly DriverChange[];
}

/** All that a mutant changes. */
export function changesOf(mutant: Mutant): DriverChange[] {
  return [mutant, ...(mutant.also ?? [])];
}
