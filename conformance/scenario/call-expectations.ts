import type { Outcome } from '../manager/outcome.js';
import { isOfClass, isRaised, type RaisedException } from '../subjects/subject.js';
import { aliases, mayBeMissing } from './calls.js';
import type { CallExpectation, CallStep } from './format.js';
import { isWithin, mismatches } from './matching.js';
import type { Failure, Play } from './play.js';
import { durationMs } from './quantities.js';

/** What a call took: requests of the array, and time of the array's clock. */
interface CallCost {
  readonly requests: number;
  readonly tookMs: number;
}

/** What of a call is not as its step expects it. Without expectations a call must succeed and break no rule. */
export function unmetExpectations(
  play: Play,
  step: CallStep,
  outcome: Outcome,
  { requests, tookMs }: CallCost,
): Failure[] {
  const { call, as, of, expect = {} } = step;
  const own = answersTo(call, outcome);
  return [
    ...successFailures(step, outcome, own),
    ...exceptionFailures(step, outcome),
    ...(expect.returns === undefined ? [] : returnFailures(expect.returns, own.at(-1))),
    ...statusFailures(play, expect, as ?? [of].flat()[0]),
    ...costFailures(expect, requests, tookMs),
    ...violationFailures(expect, outcome),
  ];
}

/** The exception that an answer raised; undefined where it returned. */
export function raisedBy(answer: object | undefined): RaisedException | undefined {
  return answer !== undefined && 'raised' in answer ? (answer.raised as RaisedException) : undefined;
}

export function describeException({ class: name, message }: RaisedException): string {
  return `${name}: ${message}`;
}

/** The driver's answers to the calls of the step's own method: others, that Cinder makes for it, have their own rules. */
function answersTo(call: string, { calls }: Outcome): Outcome['calls'][number]['answer'][] {
  const names = new Set([call, aliases[call] ?? call]);
  // A start is both calls.
  if (call === 'do_setup') names.add('check_for_setup_error');
  return calls
    .filter(({ method }) => names.has(method) || names.has(aliases[method] ?? method))
    .map(({ answer }) => answer);
}

function firstException({ calls }: Outcome): RaisedException | undefined {
  return calls.map(({ answer }) => (isRaised(answer) ? answer.raised : undefined)).find(Boolean);
}

/** A call whose step expects no exception must raise none. */
function successFailures(
  { call, expect = {} }: CallStep,
  outcome: Outcome,
  own: readonly Outcome['calls'][number]['answer'][],
): Failure[] {
  if (expect.raises !== undefined || expect.manager !== undefined || expect.mayRaise === true) return [];
  const { raised } = outcome;
  const found = raised ?? (own.length > 0 ? raisedBy(own.at(-1)) : firstException(outcome));
  if (found === undefined) return [];
  // Where Cinder's own code has stood in, and succeeded, nothing has failed.
  if (raised === undefined && isOfClass(found, 'NotImplementedError') && mayBeMissing(call)) return [];
  return [unmet('outcome', `${call} raised an exception`, 'none', describeException(found))];
}

/** The exception that the driver, and the one that the volume manager must raise. */
function exceptionFailures({ call, expect = {} }: CallStep, outcome: Outcome): Failure[] {
  const failures: Failure[] = [];
  const exception = firstException(outcome);
  const found = exception === undefined ? 'none' : describeException(exception);
  if (expect.raises !== undefined) {
    const wanted = [expect.raises].flat();
    const isAsWanted =
      exception === undefined ? expect.mayRaise === true : wanted.some((each) => isOfClass(exception, each));
    if (!isAsWanted)
      failures.push(unmet('outcome', `${call} did not raise what was expected`, wanted.join(' or '), found));
  }
  if (expect.says !== undefined && !exception?.message.includes(expect.says))
    failures.push(unmet('message', "the driver's exception does not say what was expected", expect.says, found));
  const { raised } = outcome;
  if (expect.manager !== undefined && (raised === undefined || !isOfClass(raised, expect.manager))) {
    const shown = raised === undefined ? 'none' : describeException(raised);
    failures.push(unmet('outcome', 'the volume manager did not raise what was expected', expect.manager, shown));
  }
  return failures;
}

function costFailures({ requests: bounds, took }: CallExpectation, requests: number, tookMs: number): Failure[] {
  const failures: Failure[] = [];
  if (bounds !== undefined && !isWithin(bounds, requests))
    failures.push(unmet('requests', 'requests of the array', bounds, requests));
  if (took?.max !== undefined && tookMs > durationMs(took.max))
    failures.push(unmet('time', 'it took longer', took.max, `${tookMs} ms`));
  if (took?.min !== undefined && tookMs < durationMs(took.min))
    failures.push(unmet('time', 'it took less time', took.min, `${tookMs} ms`));
  return failures;
}

/** The rules of the volume manager that the answers broke and were not expected to, and those they were expected to. */
function violationFailures({ violations: expected = [] }: CallExpectation, { violations }: Outcome): Failure[] {
  const broken = violations.map(({ requirement }) => requirement);
  return [
    ...violations
      .filter(({ requirement }) => !expected.includes(requirement))
      .map(({ requirement, message }) => ({ message, requirement })),
    ...expected
      .filter((requirement) => !broken.includes(requirement))
      .map((requirement) => unmet('violations', `${requirement} was expected to be broken`, requirement, broken)),
  ];
}

function returnFailures(expected: unknown, answer: { returned?: unknown; raised?: unknown } | undefined): Failure[] {
  return mismatches(expected, answer?.returned, 'returns').map(({ where, ...sides }) => ({
    message: `${where} is not as expected`,
    object: where,
    isExpectation: true,
    ...sides,
  }));
}

function statusFailures(
  { symbols }: Play,
  { status, statuses = {} }: CallExpectation,
  subject: string | undefined,
): Failure[] {
  const wanted = { ...statuses, ...(status === undefined || subject === undefined ? {} : { [subject]: status }) };
  return Object.entries(wanted).flatMap(([name, expected]) => {
    const found = symbols.statusOf(name);
    return [expected].flat().includes(found)
      ? []
      : [{ message: `the status of ${name}`, object: 'status', expected, found, isExpectation: true }];
  });
}

function unmet(object: string, message: string, expected: unknown, found: unknown): Failure {
  return { message, object, expected, found, isExpectation: true };
}
