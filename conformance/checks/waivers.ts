/** A requirement that is known not to hold, for now. */
export interface Waiver {
  /** Of the requirement. */
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}
