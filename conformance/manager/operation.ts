import { type Arguments, isRaised, type Subject } from '../subjects/subject.js';
import { alterAnswer } from './altered-answers.js';
import type { CopyData } from './copying.js';
import type { Database } from './database.js';
import { changedArguments, copyOf, objectsOf, sharedObject } from './driver-answers.js';
import { Exception, exception, Refusal, refusal } from './exceptions.js';
import type { Locks } from './locks.js';
import type { DriverCall, Outcome, Violation } from './outcome.js';

/** What operations work on; all of a manager's operations have it in common. */
export interface ManagerRuntime {
  subject: Subject;
  /** Whether the driver was set up, after which it is called at all (source: R1). */
  initialized: boolean;
  readonly database: Database;
  /** Of all operations. */
  readonly violations: Violation[];
  readonly locks: Locks;
  readonly newId: () => string;
  /** `host@backend`. */
  readonly host: string;
  readonly surface: 'generic' | 'consistency';
  readonly mayReschedule: boolean;
  readonly copyData?: CopyData;
}

/** What Cinder's base classes of drivers answer for methods that a driver does not have. */
const baseAnswers = new Map<string, unknown>([
  ['validate_connector', null],
  ['create_export', null],
  ['ensure_export', null],
  ['remove_export', null],
  ['check_for_setup_error', null],
  ['do_setup', null],
  ['get_pool', null],
  ['unmanage', null],
  ['update_provider_info', [null, null]],
  ['retype', [false, null]],
  ['migrate_volume', [false, null]],
  ['get_manageable_volumes', []],
  ['get_manageable_snapshots', []],
]);

/** The methods that are called before the driver is known to work. */
const setupMethods = new Set(['do_setup', 'check_for_setup_error', 'get_volume_stats', 'update_provider_info']);

/** Where drivers are handed the request's context. */
export const context = { is_admin: true, user_id: 'cinder', project_id: 'service' } as const;

/** One operation of the manager: it calls the driver, and keeps what was called and what was wrong with it. */
export class Operation {
  readonly calls: DriverCall[] = [];
  readonly violations: Violation[] = [];

  constructor(readonly runtime: ManagerRuntime) {}

  get database(): Database {
    return this.runtime.database;
  }

  /** Records that the driver broke a rule. */
  violate(requirement: string, message: string): void {
    const violation = { requirement, message };
    this.violations.push(violation);
    this.runtime.violations.push(violation);
  }

  has(method: string): boolean {
    return this.runtime.subject.methods.has(method);
  }

  /**
   * Calls the driver and gives a copy of what it returned. The arguments must be fresh objects that no one else has.
   * Rejects with Exception for what it raised, and as Cinder's base class does for methods that the driver does not have.
   */
  async call(method: string, args: Arguments): Promise<unknown> {
    const { subject, initialized } = this.runtime;
    if (!initialized && !setupMethods.has(method))
      throw refusal('DriverNotInitialized', `Volume driver not ready: ${method}.`);
    if (!subject.methods.has(method)) {
      if (baseAnswers.has(method)) return copyOf(baseAnswers.get(method));
      throw exception('NotImplementedError', `The driver has no ${method}.`);
    }
    const before = copyOf(args);
    const given = objectsOf(args);
    const answer = await subject.call(method, args);
    for (const name of changedArguments(before, args))
      this.violate('R34', `${method} changed the ${name} that it was handed`);
    if (isRaised(answer)) {
      this.calls.push({ method, args: before, answer: copyOf(answer) });
      throw new Exception(answer.raised);
    }
    const shared = sharedObject(answer.returned, given);
    if (shared !== undefined) this.violate('R34', `${method}: ${shared}`);
    const returned = copyOf(answer.returned) ?? null;
    const unalterable = alterAnswer(method, answer.returned);
    if (unalterable !== undefined) this.violate(method === 'get_volume_stats' ? 'R6' : 'R34', unalterable);
    this.calls.push({ method, args: before, answer: { returned: copyOf(returned) } });
    return returned;
  }
}

/** Runs an operation: exceptions that leave it are its outcome; whatever else is thrown goes on to the caller. */
export async function outcomeOf(
  runtime: ManagerRuntime,
  work: (operation: Operation) => Promise<void>,
): Promise<Outcome> {
  const operation = new Operation(runtime);
  const { calls, violations } = operation;
  try {
    await work(operation);
    return { calls, violations };
  } catch (thrown) {
    if (!(thrown instanceof Exception)) throw thrown;
    const refused = thrown instanceof Refusal && calls.length === 0;
    return { raised: thrown.raised, ...(refused ? { refused } : {}), calls, violations };
  }
}
