/** Whether the long form of the tests runs: `npm run test:long`. */
export const isLong = process.env.LONG_TESTS === '1';

/**
 * How often a test repeats what it proves: the first number in `npm test`, the second in `npm run test:long`, which runs
 * the files that ask here. FAST_CHECK_RUNS sets another number.
 */
export function repetitions(usual: number, long: number): number {
  return Number(process.env.FAST_CHECK_RUNS ?? (isLong ? long : usual));
}
