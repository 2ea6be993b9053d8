import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { FaultRules, SystemWithArray } from './fault-rules.js';
import { breakDown, isPhysical, unknownPart } from './physical.js';
import { durationMs } from './quantities.js';
import { waitsForRequest } from './read-rule.js';
import type { RuleState } from './rule-state.js';

/** Rules that break parts of arrays: when they do so by themselves, and what becomes of an error. */
export class PhysicalRules {
  constructor(private readonly rules: Pick<FaultRules, 'clock' | 'systems' | 'systemsOf'>) {}

  /** Whether it is time for a rule that waits for no request. */
  isDue(state: RuleState): boolean {
    const { layer, when } = state.rule;
    return layer === 'physical' && !waitsForRequest(when) && state.isTime(this.rules.clock.now());
  }

  /** Breaks what a new rule says. Throws when a part that it names does not exist, and the array's own refusal. */
  breakNow(state: RuleState): void {
    const { what } = state.rule;
    try {
      this.fire(state);
    } catch (error) {
      if (!(error instanceof ObjectNotFound) || !isPhysical(what)) throw error;
      const lacking = this.rules.systems().find(({ id }) => state.belongsTo(id));
      throw lacking === undefined ? error : unknownPart(lacking.array, what);
    }
  }

  /** Breaks what an earlier rule says. No caller waits for the error: the rule's status shows it. */
  breakLater(state: RuleState): void {
    noteRefusal(state, () => this.fire(state));
  }

  /** Breaks it because a request of those arrays made the rule fire, which is counted already. */
  breakFor(state: RuleState, systems: readonly SystemWithArray[]): void {
    noteRefusal(state, () => this.breakAll(state, systems));
  }

  private fire(state: RuleState): void {
    const systems = this.rules.systemsOf(state);
    const [first] = systems;
    if (first === undefined || !state.fires(this.rules.clock.now(), first, 'by itself')) return;
    this.breakAll(state, systems);
  }

  /** Breaks it on all the arrays or on none. */
  private breakAll(state: RuleState, systems: readonly SystemWithArray[]): void {
    const { what } = state.rule;
    if (!isPhysical(what)) return;
    const lasting = durationMs(what.for);
    const untilMs = lasting === undefined ? Number.POSITIVE_INFINITY : this.rules.clock.now() + lasting;
    const undos: (() => void)[] = [];
    try {
      for (const { array } of systems) undos.push(breakDown(array, what, state.id));
    } catch (error) {
      for (const undo of undos.reverse()) undo();
      throw error;
    }
    state.broken.push(...undos.map((undo) => ({ undo, untilMs })));
  }
}

function noteRefusal(state: RuleState, breakParts: () => void): void {
  try {
    breakParts();
  } catch (error) {
    if (!(error instanceof ArrayError)) throw error;
    state.miss(error.message);
  }
}
