import { AdminRequestError, type ArrayAdminClient } from '../arrays/array-admin-client.js';
import { kindOf, type Step } from './format.js';
import type { Failure } from './play.js';
import type { StepReport } from './scenario-report.js';

/** Of longer notes the end is left out; the simulator takes 2,000 characters. */
const mostCharacters = 2000;

/** Where the past of a story's array can be looked at. */
export interface Inspected {
  /** Of the simulator. */
  readonly url: string;
  /** The moment of the first failure; the last moment where nothing failed. */
  readonly moment: number;
}

/** Records the arrays of a story, and puts its steps among their moments, before and after what they do. */
export class Inspection {
  private failedAt: number | undefined;
  private last = 0;

  /** Of all arrays; the drivers' own comes first. */
  constructor(private readonly admins: readonly ArrayAdminClient[]) {}

  /** Begins to record. Throws AdminRequestError. */
  async begin(): Promise<void> {
    for (const admin of this.admins) await admin.control('PUT', timelineOf(admin), {});
  }

  stepBegins(step: Step, line: number): Promise<void> {
    return this.note(`line ${line} begins: ${nameOf(step)}`, false);
  }

  stepEnded({ line, verdict, what, failures }: StepReport): Promise<void> {
    if (verdict === 'skipped') return this.note(`line ${line} skipped: ${what}`, false);
    return this.note(`line ${line} ${verdict}: ${what}${textOf(failures)}`, verdict !== 'pass');
  }

  /** What was wrong at the end of the story, if anything was. */
  async storyEnded(failures: readonly Failure[]): Promise<void> {
    const verdict = failures.length > 0 ? `fail: at the end${textOf(failures)}` : 'ends';
    await this.note(`story ${verdict}`, failures.length > 0);
  }

  /** The moment to begin to look at. */
  get moment(): number {
    return this.failedAt ?? this.last;
  }

  private async note(text: string, isFailure: boolean): Promise<void> {
    for (const [index, admin] of this.admins.entries()) {
      const number = await this.noted(admin, text.slice(0, mostCharacters));
      if (index > 0) continue;
      this.last = number;
      if (isFailure) this.failedAt ??= number;
    }
  }

  /** A simulator that was started again records nothing yet, and its moments count from 0. */
  private async noted(admin: ArrayAdminClient, text: string): Promise<number> {
    const note = () => admin.control<{ readonly number: number }>('POST', `${timelineOf(admin)}/notes`, { text });
    try {
      return (await note()).number;
    } catch (error) {
      if (!(error instanceof AdminRequestError) || error.status !== 409) throw error;
      await admin.control('PUT', timelineOf(admin), {});
      if (admin === this.admins[0]) this.failedAt = undefined;
      return (await note()).number;
    }
  }
}

function timelineOf({ systemId }: ArrayAdminClient): string {
  return `arrays/${encodeURIComponent(systemId)}/timeline`;
}

function nameOf(step: Step): string {
  return 'call' in step ? `call ${step.call}` : (kindOf(step) ?? 'step');
}

function textOf(failures: readonly Failure[]): string {
  return failures.map(({ message }) => `; ${message}`).join('');
}
