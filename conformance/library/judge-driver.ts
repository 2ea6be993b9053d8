import type { ExternalArray } from '../arrays/external/external-array.js';
import type { Check, CheckResult } from '../checks/check.js';
import { runChecks } from '../checks/run-checks.js';
import { choose, type Selection } from '../checks/selection.js';
import type { Waiver } from '../checks/waivers.js';
import { makeReport } from '../report/make-report.js';
import type { CheckReport, ConformanceReport } from '../report/report.js';
import { requirements } from '../requirements/index.js';
import { today } from '../runtime/wall-clock.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { describeSubject } from './describe-subject.js';

export interface JudgeOptions {
  readonly subject: SubjectFactory;
  /** The command line of the subject, where it is a program or a module: for reports, and for lines that replay. */
  readonly command?: string | undefined;
  /** All that there are; `selection` chooses among them. */
  readonly checks: readonly Check[];
  readonly selection: Selection;
  readonly seed: number;
  readonly path?: string | undefined;
  readonly effort: number;
  readonly waivers: readonly Waiver[];
  readonly external?: ExternalArray | undefined;
  readonly bail?: boolean | undefined;
  readonly lanes?: number | undefined;
  /** Whether no check begins any more. */
  readonly isOver?: (() => boolean) | undefined;
}

/** Told of a run as it goes on. What comes next waits for them. */
export interface JudgeListener {
  /** So many checks are going to be run; the driver starts. `reportNow` tells what was found until then. */
  begun?(total: number, reportNow: () => ConformanceReport): void | Promise<void>;
  played?(story: ScenarioReport): void;
  /** Can add to what the report says of it. */
  checked?(result: CheckResult): CheckReport | Promise<CheckReport>;
  /** What the check came to is in what `reportNow` tells. */
  reported?(result: CheckReport): void;
}

/** Runs the checks that are chosen with a driver, and judges what they come to. */
export async function judgeDriver(options: JudgeOptions, listener: JudgeListener = {}): Promise<ConformanceReport> {
  const { subject, command, checks, selection, seed, path, effort, waivers, external } = options;
  const { name, methods, constants, unjudged } = await describeSubject(subject);
  const results: CheckReport[] = [];
  const reportNow = (unfinished: boolean): ConformanceReport =>
    makeReport(
      {
        subject: unjudged === undefined || command === undefined ? name : `${name} (${command})`,
        ...(command === undefined ? {} : { command }),
        seed,
        ...(path === undefined ? {} : { path }),
        effort,
        ...(unjudged === undefined ? {} : { unjudged }),
        ...(unfinished ? { unfinished } : {}),
      },
      { requirements, checks, selection, results, waivers, today: today() },
    );
  if (unjudged === undefined) {
    const chosen = choose(checks, requirements, selection).checks;
    await listener.begun?.(chosen.length, () => reportNow(true));
    await runChecks(chosen, {
      subject,
      ...(external === undefined ? {} : { external }),
      methods,
      constants,
      seed,
      effort,
      ...(path === undefined ? {} : { path }),
      ...(options.isOver === undefined ? {} : { isOver: options.isOver }),
      bail: options.bail === true,
      lanes: options.lanes ?? 1,
      onPlayed: (story) => listener.played?.(story),
      async onResult(result) {
        const reported = (await listener.checked?.(result)) ?? result;
        results.push(reported);
        listener.reported?.(reported);
      },
    });
  }
  return reportNow(false);
}
