/** A request that the array got, as its journal has it. */
export interface Exchange {
  readonly number: number;
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
  /** What was answered, where the journal keeps it. */
  readonly answer?: unknown;
}
