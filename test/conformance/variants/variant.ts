import type { DriverChange } from '../changed-driver/changed-driver.js';

/** Our driver with another choice where the contract leaves one: a conformance suite has to pass it. */
export interface Variant {
  /** Tells what it does otherwise, e.g. `highest-free-lun`. */
  readonly id: string;
  /** Why it is right all the same, in a sentence. */
  readonly why: string;
  readonly changes: readonly DriverChange[];
}

/** A change of one file. */
export function change(file: string, find: string, replace: string): DriverChange {
  return { file, find, replace };
}
