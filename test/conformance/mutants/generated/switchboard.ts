/** What the instrumenter's code looks at: which mutant is on, and how often which mutants' places were passed. */
interface Switchboard {
  activeMutant: string | undefined;
  /** Under which name passing is counted; undefined counts it as done by loading the module. */
  currentTestId: string | undefined;
  readonly mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
  /** How often the place of the active mutant was passed, and when that is too often. */
  hitCount: number | undefined;
  hitLimit: number | undefined;
}

const board: Switchboard = {
  activeMutant: undefined,
  currentTestId: undefined,
  mutantCoverage: { static: {}, perTest: {} },
  hitCount: undefined,
  hitLimit: undefined,
};
(globalThis as { __stryker__?: Switchboard }).__stryker__ = board;

/** Turns one mutant on and all others off; undefined turns all off. Passing its place more than `hitLimit` times throws. */
export function activate(mutant: string | undefined, hitLimit?: number): void {
  board.activeMutant = mutant;
  board.hitCount = hitLimit === undefined ? undefined : 0;
  board.hitLimit = hitLimit;
}

/** Whether the active mutant's place was passed more often than allowed. */
export function isOverHitLimit(): boolean {
  return board.hitCount !== undefined && board.hitLimit !== undefined && board.hitCount > board.hitLimit;
}

/** How often each mutant's place is passed while `work` goes on. */
export async function hitsDuring(work: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
  const name = 'work';
  board.currentTestId = name;
  try {
    await work();
  } finally {
    board.currentTestId = undefined;
  }
  const hits = board.mutantCoverage.perTest[name] ?? {};
  delete board.mutantCoverage.perTest[name];
  return hits;
}

/** Mutants whose places are passed while the driver's module is loaded. */
export function hitsOfLoading(): Readonly<Record<string, number>> {
  return { ...board.mutantCoverage.static };
}
