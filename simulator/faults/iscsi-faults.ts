import type { StorageArray } from '../array/storage-array.js';
import type { CommandExits, IscsiInterference, SeenCommand } from '../iscsi/interference.js';
import { CheckCondition, status as scsiStatus, senseKeys } from '../iscsi/scsi/sense.js';
import type { Outcome, Step } from '../iscsi/scsi/types.js';
import { factsOfCommand, textOfCommand } from './command-facts.js';
import type { CommandFacts } from './conditions.js';
import type { ActionOf, FaultAction } from './fault-actions.js';
import type { FaultRules, SystemWithArray } from './fault-rules.js';
import { isManual, durationMs as millisecondsOf } from './quantities.js';
import type { RuleState } from './rule-state.js';

/** What an outcome becomes on its way to the initiator. */
type Passage = (outcome: Outcome) => Outcome | Promise<Outcome>;

/**
 * Comes between the initiators of one array and its target as the rules say. Every rule that fits takes its look:
 * delays add up, and of the rules that decide how a command ends the first one that fires does.
 */
export class IscsiFaults implements IscsiInterference {
  constructor(
    private readonly rules: FaultRules,
    private readonly array: StorageArray,
  ) {}

  get active(): boolean {
    return this.rules.concernsIscsi;
  }

  refuseLogin(initiatorName: string): number | undefined {
    this.rules.keepUp();
    const { array } = this;
    const facts: CommandFacts = { initiator: initiatorName, command: undefined, words: new Set(), array };
    for (const { state, system, nowMs } of this.fitting(facts)) {
      const { what } = state.rule;
      if (what.do === 'refuse-login' && state.fires(nowMs, system, `login of ${initiatorName}`))
        return (what.class ?? 3) * 256 + (what.detail ?? 1);
    }
    return undefined;
  }

  begin(command: SeenCommand, exits: CommandExits): Step {
    this.rules.keepUp();
    const facts = factsOfCommand(this.array, command);
    const text = textOfCommand(this.array, command);
    let delayMs = 0;
    let advanceMs = 0;
    let verdict: RuleState | undefined;
    for (const { state, system, nowMs } of this.fitting(facts)) {
      const { what } = state.rule;
      if (!concernsCommand(what, facts)) continue;
      if (what.do !== 'delay-command') {
        if (verdict === undefined && state.fires(nowMs, system, text)) verdict = state;
      } else if (state.fires(nowMs, system, text)) {
        const ms = millisecondsOf(what.for) ?? 0;
        if (what.advance && isManual(this.rules.clock)) advanceMs += ms;
        else delayMs += ms;
      }
    }
    const late: Passage = (outcome) => this.late(outcome, delayMs, advanceMs);
    const lost: Passage = (outcome) => {
      const after = late(outcome);
      return after instanceof Promise ? after.then(() => brokenOff(exits)) : brokenOff(exits);
    };
    switch (verdict?.rule.what.do) {
      case 'drop-session':
        return brokenOff(exits);
      case 'answer-command':
        return late(answerOf(verdict.rule.what, exits));
      case 'io-error':
        return late(exits.checkCondition(mediumError(facts, verdict)));
      case 'lose-command-reply':
        return passed(exits.begin(), lost);
      default:
        return delayMs === 0 && advanceMs === 0 ? exits.begin() : passed(exits.begin(), late);
    }
  }

  /** The rules that wait for what this is, oldest first. */
  private *fitting(facts: CommandFacts): Iterable<{ state: RuleState; system: SystemWithArray; nowMs: number }> {
    const system = this.rules.systemOf(this.array);
    if (system === undefined) return;
    const nowMs = this.rules.clock.now();
    for (const state of this.rules.all) {
      if (state.rule.layer !== 'iscsi' || !state.belongsTo(system.id) || !state.isTime(nowMs)) continue;
      if (state.isCommand(facts)) yield { state, system, nowMs };
    }
  }

  /** Holds an outcome back. What was read is copied: the volume may be written meanwhile. */
  private late(outcome: Outcome, delayMs: number, advanceMs: number): Outcome | Promise<Outcome> {
    const { clock } = this.rules;
    if (advanceMs > 0) this.rules.advance(advanceMs);
    if (delayMs === 0) return outcome;
    const { dataIn } = outcome;
    const kept = dataIn === undefined ? outcome : { ...outcome, dataIn: dataIn.map((piece) => Buffer.from(piece)) };
    return clock.wait(delayMs).then(() => kept);
  }
}

/** Whether an action makes sense for a command at all: what does not never looks at it. */
function concernsCommand(action: FaultAction, { command, words }: CommandFacts): boolean {
  if (action.do === 'refuse-login') return false;
  return action.do !== 'io-error' || (command?.sort !== 'other' && words.size > 0);
}

/** The step with its outcome led through a passage, whenever there is one. */
function passed(step: Step, passage: Passage): Step {
  if (step instanceof Promise) return step.then(passage);
  if (!('finish' in step)) return passage(step);
  return {
    ...step,
    finish(data) {
      const outcome = step.finish(data);
      return outcome instanceof Promise ? outcome.then(passage) : passage(outcome);
    },
  };
}

function brokenOff(exits: CommandExits): Promise<never> {
  exits.breakOff();
  // The connection is gone: there is no answer.
  return new Promise(() => undefined);
}

/** SAM status codes by the names that rules use. */
const statusCodes = {
  'check-condition': scsiStatus.checkCondition,
  busy: 0x08,
  'reservation-conflict': scsiStatus.reservationConflict,
  'task-set-full': 0x28,
  'aca-active': 0x30,
  'task-aborted': scsiStatus.taskAborted,
} as const;

function answerOf({ status = 'check-condition', sense }: ActionOf<'answer-command'>, exits: CommandExits): Outcome {
  if (status !== 'check-condition') return { status: statusCodes[status] };
  const { key, asc, ascq } = sense ?? { key: senseKeys.abortedCommand, asc: 0x44, ascq: 0 };
  return exits.checkCondition(new CheckCondition(key, asc * 256 + ascq));
}

/** Unrecovered read error, or write error; with the first of the bad blocks that the command came to. */
function mediumError({ command }: CommandFacts, { rule }: RuleState): CheckCondition {
  const code = command?.sort === 'read' ? 0x1100 : 0x0c00;
  const from = command?.blocks?.from;
  const details = from === undefined ? {} : { information: Math.max(from, rule.when.blocks?.from ?? 0) };
  return new CheckCondition(senseKeys.mediumError, code, details);
}
