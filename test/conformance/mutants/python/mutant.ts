/** One defect of the second driver, which is written in Python: what a conformance suite has to notice. */
export interface PythonMutant {
  readonly id: string;
  /** What is wrong with it. */
  readonly why: string;
  /** The requirements that are broken by it: one of them must fail. */
  readonly rules: readonly string[];
  /** Below test/conformance/subjects/python/second_driver. */
  readonly file: string;
  /** A piece of the file that is there exactly once. */
  readonly find: string;
  readonly replace: string;
}
