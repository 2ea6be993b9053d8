import { expect } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { checkArray, Judge } from '../../../conformance/oracle/index.js';
import { HandMade } from './hand-made.js';

interface JudgedArray {
  readonly simulator: OwnSimulator;
  readonly made: HandMade;
  readonly judge: Judge;
}

/** An array, what is made on it by hand, and a judge that has seen it empty. */
export async function openJudgedArray(): Promise<JudgedArray> {
  const simulator = await startOwnSimulator();
  const judge = new Judge(simulator.admin);
  await judge.baseline();
  return { simulator, made: new HandMade(simulator.admin), judge };
}

/** Closes the array, which must be consistent to the end. */
export async function closeJudgedArray(simulator: OwnSimulator): Promise<void> {
  expect(await checkArray(simulator.admin)).toEqual([]);
  await simulator.close();
}

/** What the judge finds now, in short: the requirement, the object and the kind of finding. */
export async function findingsOf(
  judge: Judge,
  { database }: HandMade,
  options?: Parameters<Judge['judge']>[1],
): Promise<string[]> {
  const findings = await judge.judge(database, options);
  return findings.map(({ requirement, kind, what }) => `${requirement} ${what} ${kind}`);
}
