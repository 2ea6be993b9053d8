/** One small change of our driver that breaks one rule: what a conformance suite has to notice. */
export interface Mutant {
  /** Tells what is wrong with it, e.g. `sequence-numbers-as-text`. */
  readonly id: string;
  /** The requirement that must fail because of it. */
  readonly rule: string;
  /** Below driver/. */
  readonly file: string;
  /** A piece of the file that is there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** More changes, where one place is not enough. */
  readonly also?: readonly Omit<Mutant, 'id' | 'rule' | 'also'>[];
}
