import { causeKey } from '../scenario/cause.js';
import type { Failure } from '../scenario/play.js';
import { type CauseReport, failuresOf } from './causes.js';
import type { CheckReport, ConformanceReport } from './report.js';

/** A cause with the check that shows it best. */
export interface Block {
  readonly cause: CauseReport;
  readonly check: CheckReport;
  /** What that check found of this cause. */
  readonly failures: readonly Failure[];
  /** The other checks in which it shows. */
  readonly others: readonly string[];
}

/** A block for each cause, in the order of the report. */
export function blocksOf({ causes = [], checks }: Pick<ConformanceReport, 'causes' | 'checks'>): Block[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return causes.flatMap((cause) => {
    const [id = '', ...others] = cause.checks;
    const check = byId.get(id);
    if (check === undefined) return [];
    const all = failuresOf(check);
    const key = keyOf(cause);
    const own = all.filter((failure) => causeKey(failure) === key);
    return [{ cause, check, failures: own.length > 0 ? own : all, others }];
  });
}

/** What a cause is about, in a line: `Q1, create_snapshot, WebServiceException`. */
export function headOf({ requirement, also = [], method, exception, retcode, object }: CauseReport): string {
  return [requirement, ...also, method, exception, retcode, object === 'outcome' ? undefined : object]
    .filter(Boolean)
    .join(', ');
}

function keyOf({ requirement, method, exception, retcode, object, what }: CauseReport): string {
  return JSON.stringify([requirement, method, exception, retcode, object, what]);
}
