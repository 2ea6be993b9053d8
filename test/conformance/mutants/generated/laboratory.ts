import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, CheckResult } from '../../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../../conformance/checks/outcomes.js';
import { type RunChecksOptions, runChecks } from '../../../../conformance/checks/run-checks.js';
import { requirements } from '../../../../conformance/requirements/index.js';
import { moduleSubject } from '../../../../conformance/subjects/module-subject.js';
import type { SubjectFactory } from '../../../../conformance/subjects/subject.js';
import { SubjectError } from '../../../../conformance/subjects/subject.js';
import type { Measured, Trial, Verdict } from './messages.js';
import { activate, hitsDuring, hitsOfLoading, isOverHitLimit } from './switchboard.js';
import { watched } from './watched.js';

/** The correct driver stays this many times below each limit. */
const margin = 50;
/** What a mutant may do in any case: a short check's correct figures are too small to multiply. */
const leastLimit = 2000;

/** Plays checks with the instrumented driver in this process: without a mutant to measure, with one to judge it. */
export class Laboratory {
  private readonly checks: ReadonlyMap<string, Check>;
  private about: Pick<RunChecksOptions, 'methods' | 'constants'> | undefined;
  private loaded: readonly string[] | undefined;

  /** `build` is the folder that holds `driver/`, the instrumented one. */
  constructor(
    private readonly build: string,
    checks: readonly Check[],
    private readonly seed: number,
  ) {
    this.checks = new Map(checks.map((check) => [check.id, check]));
  }

  /** Mutants that act while the module is loaded: they need one that is loaded with them turned on. */
  async loading(): Promise<readonly string[]> {
    activate(undefined);
    await import(driverModule(this.build));
    this.loaded ??= Object.keys(hitsOfLoading());
    return this.loaded;
  }

  /** What a check needs of the correct driver, and which mutants' places it passes. */
  async measure(id: string): Promise<Measured> {
    activate(undefined);
    const { subject, watch } = watched(moduleSubject(driverModule(this.build)), Number.POSITIVE_INFINITY);
    this.about ??= await this.introduction(subject);
    const about = this.about;
    const started = process.cpuUsage();
    const results: CheckResult[] = [];
    const hits = await hitsDuring(async () => {
      results.push(...(await runChecks([this.check(id)], { subject, ...about, seed: this.seed })));
    });
    const outcome = results[0]?.outcome ?? 'error';
    return { check: id, outcome, milliseconds: cpuMs(process.cpuUsage(started)), most: watch.most, hits };
  }

  /** Plays checks until a requirement fails. `onCheck` is told of each before it is played. */
  async judge({ mutant, isLoading, plays }: Trial, onCheck: (check: string) => void): Promise<Verdict> {
    activate(mutant.id);
    const module = moduleSubject(driverModule(isLoading ? this.copy(mutant.id) : this.build));
    let about: Pick<RunChecksOptions, 'methods' | 'constants'>;
    try {
      about = await this.introduction(module);
    } catch (error) {
      if (!(error instanceof SubjectError)) throw error;
      return { mutant, outcome: 'unusable', because: error.message, checks: 0 };
    }
    let checks = 0;
    let unjudged: string | undefined;
    for (const { check, hits, most } of plays) {
      onCheck(check);
      checks++;
      activate(mutant.id, Math.max(leastLimit, hits * margin));
      const { subject, watch } = watched(module, Math.max(leastLimit, most * margin));
      let results: CheckResult[] = [];
      try {
        results = await this.untilFailure(this.check(check), { subject, ...about, seed: this.seed });
      } catch (error) {
        // That the suite breaks says nothing about the driver.
        unjudged ??= `the suite broke in ${check}: ${error instanceof Error ? error.stack : String(error)}`;
      }
      if (watch.isOver || isOverHitLimit()) return { mutant, outcome: 'timed out', check, checks };
      unjudged ??= results.find(({ outcome }) => outcome === 'error')?.reason;
      const broken = judgeRequirements(requirements, results, []).filter(({ outcome }) => outcome === 'fail');
      if (broken.length > 0) {
        const because = broken[0]?.reason ?? '';
        return { mutant, outcome: 'killed', check, requirements: broken.map(({ id }) => id), because, checks };
      }
    }
    if (unjudged !== undefined) return { mutant, outcome: 'unusable', because: unjudged, checks };
    return { mutant, outcome: 'survived', checks };
  }

  /** Runs a check that looks for nothing smaller once something failed. */
  private untilFailure(check: Check, options: RunChecksOptions): Promise<CheckResult[]> {
    let failed = false;
    return runChecks([check], {
      ...options,
      isOver: () => failed,
      onPlayed: ({ verdict }) => {
        failed ||= verdict === 'fail';
      },
    });
  }

  private check(id: string): Check {
    const check = this.checks.get(id);
    if (check === undefined) throw new RangeError(`there is no check '${id}'`);
    return check;
  }

  private async introduction(factory: SubjectFactory) {
    const subject = await factory({ configuration: {} });
    const { methods, constants = {} } = subject;
    await subject.close();
    return { methods, constants };
  }

  private copy(id: string): string {
    const folder = join(this.build, `loaded-with-${id}`);
    cpSync(join(this.build, 'driver'), join(folder, 'driver'), { recursive: true });
    cpSync(join(this.build, 'package.json'), join(folder, 'package.json'));
    return folder;
  }
}

/** Time of the processor: the clock's depends on what else the machine does. */
function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function driverModule(folder: string): string {
  return pathToFileURL(join(folder, 'driver', 'subject.ts')).href;
}
