import type { Exchange } from '../arrays/exchange.js';
import type { Harness } from '../harness/harness.js';
import { groupPayload, groupSnapshotPayload, snapshotPayload, volumePayload } from '../manager/cinder-payloads.js';
import type { Database } from '../manager/database.js';
import { isPlainObject } from '../manager/driver-answers.js';
import type { Outcome } from '../manager/outcome.js';
import { UsageError } from '../manager/usage.js';
import { cinderMethods } from '../subjects/methods.js';
import { isOfClass, isRaised, type RaisedException } from '../subjects/subject.js';
import { aliases, callOf } from './calls.js';
import type { CallExpectation, CallStep } from './format.js';
import { isWithin, mismatches } from './matching.js';
import { offersIn, specNotOffered } from './offers.js';
import type { Failure, Play, Played } from './play.js';
import { durationMs } from './quantities.js';
import type { Path } from './read-scenario.js';
import { utterancesOf } from './secrets.js';
import { type AnyRecord, NotOffered, RefusedStep, StoryError, type SymbolTable } from './symbol-table.js';

/** Calls a driver through the volume manager, or past it with arguments as they are, and judges what it came to. */
export async function playCall(play: Play, step: CallStep, path: Path = []): Promise<Omit<Played, 'what'>> {
  const { harness, trace } = play;
  const subject = [step.of].flat()[0];
  if (step.ifThere && subject !== undefined && play.symbols.statusOf(subject) === 'gone')
    return { failures: [], calls: 0 };
  const spec = specNotOffered(step, play.offers);
  if (spec !== undefined) return notOffered(play, step, spec, path);
  // Cinder asks once a minute: within it a driver may answer what it has gathered before.
  if (step.call === 'get_volume_stats' && step.args === undefined) await harness.untilNextReport();
  const startMs = harness.nowMs();
  const before = await harness.requestCount();
  const outcome = await called(play, step);
  if (outcome.refused === true && !mayBeRefused(step)) return dropped(play, step, path, outcome);
  for (const call of outcome.calls) {
    trace?.call(call);
    play.said.push(...utterancesOf(call));
    play.offers = offersIn(call) ?? play.offers;
    const { answer, method } = call;
    if (method === 'initialize_connection' && 'returned' in answer && isPlainObject(answer.returned))
      play.connections.push(answer.returned);
    if (isRaised(answer) && isOfClass(answer.raised, 'NotImplementedError') && mayBeMissing(method))
      play.unsupported.add(method);
    else play.implemented.add(method);
  }
  const requests = (await harness.requestCount()) - before;
  play.requests += requests;
  const tookMs = harness.nowMs() - startMs;
  const expect = { ...step.expect, returns: await play.symbols.filledIn(step.expect?.returns, harness.admin) };
  const failures = [...judged(play, { ...step, expect }, outcome, requests, tookMs), ...halfImplemented(play, outcome)];
  if (failures.length === 0) return { failures, calls: outcome.calls.length };
  const circumstances = circumstancesOf(step, outcome, await lastRefusal(harness, requests));
  return {
    failures: failures.map((each) => ({ ...circumstances, ...each })),
    calls: outcome.calls.length,
    loses: failures.some(({ object }) => object === 'outcome' || object === 'status'),
  };
}

/** A method is implemented or it is not: what fails is no reason for NotImplementedError, for which Cinder does it itself. */
function halfImplemented({ unsupported, implemented, harness }: Play, { calls }: Outcome): Failure[] {
  const methods = new Set(calls.map(({ method }) => method));
  return [...methods]
    .filter((method) => unsupported.has(method) && (implemented.has(method) || harness.begun.has(method)))
    .map((method) => ({
      message: `${method} raises NotImplementedError although it does its work, at another time or until something fails`,
      requirement: 'R31',
    }));
}

/** Whether a driver may be without a method: Cinder has code of its own for it, or calls another one. */
function mayBeMissing(method: string): boolean {
  return cinderMethods[method]?.mandatory !== true || Object.hasOwn(aliases, method);
}

/** What tells causes apart: the method, the class of the exception and the array's refusal, where there are any. */
function circumstancesOf(
  step: CallStep,
  { calls }: Outcome,
  retcode: string | undefined,
): Pick<Failure, 'method' | 'exception' | 'retcode'> {
  const raised = calls.find(({ answer }) => isRaised(answer));
  const exception = raisedBy(raised?.answer)?.class;
  return {
    method: raised?.method ?? step.call,
    ...(exception === undefined ? {} : { exception }),
    ...(retcode === undefined ? {} : { retcode }),
  };
}

/**
 * What the array refused last among so many requests: its own code, or the HTTP status where it gave none. That a look-up
 * found nothing is no refusal.
 */
async function lastRefusal({ admin, isSimulated, guarded }: Harness, requests: number): Promise<string | undefined> {
  if (requests === 0) return undefined;
  const exchanges =
    guarded?.slice(-requests) ??
    (isSimulated ? await admin.control<Exchange[]>('GET', `journal?limit=${Math.min(requests, 1000)}`) : []);
  const refused = exchanges.findLast(
    ({ method, status }) => status === 0 || (status >= 400 && !(method === 'GET' && status === 404)),
  );
  if (refused === undefined) return undefined;
  const { retcode } = (refused.answer ?? {}) as { readonly retcode?: unknown };
  return typeof retcode === 'string' ? retcode : String(refused.status);
}

/** What no pool of the driver offers is never asked of it: a generated story goes on, a written one is about other drivers. */
function notOffered(play: Play, { as, expect }: CallStep, spec: string, path: Path): Omit<Played, 'what'> {
  // What may come to nothing is left out, and the story goes on.
  if (play.dropped === undefined && expect?.mayRaise === true) {
    if (as !== undefined) play.symbols.leaveOut(as);
    return { failures: [], calls: 0 };
  }
  if (play.dropped === undefined) throw new NotOffered(`The driver's statistics do not offer ${spec}.`);
  play.dropped.push(path);
  return { failures: [], calls: 0 };
}

/** What a call came to. What makes no sense to the manager is refused as what Cinder's API refuses. */
async function called(play: Play, step: CallStep): Promise<Outcome> {
  if (step.args !== undefined) return direct(play, step);
  try {
    return await managed(play, step);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const raised = { class: error.name, parents: [], message: error.message };
    return { raised, refused: true, calls: [], violations: [] };
  }
}

/** Whether a step leaves it open that Cinder refuses it, or is there to show it. */
function mayBeRefused({ expect = {} }: CallStep): boolean {
  return expect.manager !== undefined || expect.mayRaise === true;
}

/**
 * A request that Cinder refuses says nothing about the driver: a generated story goes on as if the step were not there, a
 * written one can't be played.
 */
function dropped(play: Play, step: CallStep, path: Path, { raised }: Outcome): Omit<Played, 'what'> {
  if (play.dropped === undefined)
    throw new RefusedStep(
      `${step.call} is refused before the driver is called: ${raised === undefined ? 'no reason is given' : shown(raised)}`,
    );
  play.dropped.push(path);
  return { failures: [], calls: 0 };
}

async function managed({ harness, symbols }: Play, step: CallStep): Promise<Outcome> {
  const call = callOf(step.call);
  if (call === undefined) throw new StoryError(`${step.call} can only be called with args`);
  const leaving = await leavingRef(harness, symbols, step);
  const outcome = await call.run({ step, manager: harness.manager(step.by), symbols, admin: harness.admin });
  if (leaving !== undefined && outcome.raised === undefined) harness.judge.foreign(leaving);
  return outcome;
}

/** What of the array Cinder lets go of with the call: a volume, or the image of a snapshot. */
async function leavingRef(harness: Harness, symbols: SymbolTable, step: CallStep): Promise<string | undefined> {
  if (step.call === 'unmanage') return volumeRef(harness, symbols, step);
  return step.call === 'unmanage_snapshot' ? refNamed(harness, symbols, step) : undefined;
}

/** The array's volume that a call is about, as the judge has seen it; undefined where there is none. */
async function volumeRef(
  { judge, admin }: Harness,
  symbols: SymbolTable,
  { of }: CallStep,
): Promise<string | undefined> {
  const seen = judge.refOf(symbols.volume(of));
  return seen ?? refNamed({ admin }, symbols, { of });
}

/** The array's object that a call is about; undefined where there is none. */
async function refNamed(
  { admin }: Pick<Harness, 'admin'>,
  symbols: SymbolTable,
  { of }: Pick<CallStep, 'of'>,
): Promise<string | undefined> {
  try {
    return String(await symbols.filledIn(`{${String(of)}}`, admin));
  } catch (error) {
    if (error instanceof StoryError) return undefined;
    throw error;
  }
}

/**
 * Calls the driver itself. A text that is just `{name}` is what the driver is handed for that record; within objects it is
 * the reference on the array. `{name.0.reference}` is that place of an answer that an earlier such call named with `as`.
 */
async function direct({ harness, symbols }: Play, step: CallStep): Promise<Outcome> {
  const args: Record<string, unknown> = {};
  const argument = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(argument));
    if (typeof value === 'object') return symbols.filledIn(value, harness.admin);
    const [, meant] = typeof value === 'string' ? (/^\{([\w.-]+)\}$/.exec(value) ?? []) : [];
    if (meant === undefined) return value;
    return symbols.answerAt(meant) ?? given(harness.database, symbols.record(meant));
  };
  for (const [name, value] of Object.entries(step.args ?? {})) args[name] = await argument(value);
  const answer = await harness.subject(step.by).call(step.call, args);
  if (step.as !== undefined && !isRaised(answer)) symbols.addAnswer(step.as, answer.returned);
  return {
    calls: [{ method: step.call, args, answer }],
    violations: [],
    ...(isRaised(answer) ? { raised: answer.raised } : {}),
  };
}

/** What a driver is handed for a record. */
function given(database: Database, record: AnyRecord): unknown {
  if ('volume_size' in record) return snapshotPayload(database, record);
  if ('size' in record) return volumePayload(database, record);
  if ('connector' in record) return record.connector;
  if ('group_id' in record) return groupSnapshotPayload(record, database.groups.get(record.group_id));
  return groupPayload(record);
}

function judged(
  play: Play,
  { call, as, of, expect = {} }: CallStep,
  { calls, raised, violations }: Outcome,
  requests: number,
  tookMs: number,
): Failure[] {
  const failures: Failure[] = [];
  const fail = (object: string, message: string, expected: unknown, found: unknown) =>
    failures.push({ message, object, expected, found, isExpectation: true });
  const names = new Set([call, aliases[call] ?? call]);
  // A start is both calls.
  if (call === 'do_setup') names.add('check_for_setup_error');
  const own = calls.filter(({ method }) => names.has(method) || names.has(aliases[method] ?? method));
  const exception = calls.map(({ answer }) => (isRaised(answer) ? answer.raised : undefined)).find(Boolean);
  if (expect.raises === undefined && expect.manager === undefined && expect.mayRaise !== true) {
    const found = raised ?? (own.length > 0 ? raisedBy(own.at(-1)?.answer) : exception);
    // Where Cinder's own code has stood in, and succeeded, nothing has failed.
    const isStoodInFor =
      raised === undefined && found !== undefined && isOfClass(found, 'NotImplementedError') && mayBeMissing(call);
    if (found !== undefined && !isStoodInFor) fail('outcome', `${call} raised an exception`, 'none', shown(found));
  }
  if (expect.raises !== undefined) {
    const wanted = [expect.raises].flat();
    const isAsWanted =
      exception === undefined ? expect.mayRaise === true : wanted.some((each) => isOfClass(exception, each));
    if (!isAsWanted)
      fail(
        'outcome',
        `${call} did not raise what was expected`,
        wanted.join(' or '),
        exception === undefined ? 'none' : shown(exception),
      );
  }
  if (expect.says !== undefined && !exception?.message.includes(expect.says))
    fail(
      'message',
      "the driver's exception does not say what was expected",
      expect.says,
      exception === undefined ? 'none' : shown(exception),
    );
  if (expect.manager !== undefined && (raised === undefined || !isOfClass(raised, expect.manager)))
    fail(
      'outcome',
      'the volume manager did not raise what was expected',
      expect.manager,
      raised === undefined ? 'none' : shown(raised),
    );
  if (expect.returns !== undefined) failures.push(...returnFailures(expect.returns, own.at(-1)?.answer));
  failures.push(...statusFailures(play, expect, as ?? [of].flat()[0]));
  const { requests: bounds, took } = expect;
  if (bounds !== undefined && !isWithin(bounds, requests)) fail('requests', 'requests of the array', bounds, requests);
  if (took?.max !== undefined && tookMs > durationMs(took.max))
    fail('time', 'it took longer', took.max, `${tookMs} ms`);
  if (took?.min !== undefined && tookMs < durationMs(took.min))
    fail('time', 'it took less time', took.min, `${tookMs} ms`);
  for (const { requirement, message } of violations) {
    if (!expect.violations?.includes(requirement)) failures.push({ message, requirement });
  }
  for (const requirement of expect.violations ?? []) {
    if (!violations.some((each) => each.requirement === requirement))
      fail(
        'violations',
        `${requirement} was expected to be broken`,
        requirement,
        violations.map((each) => each.requirement),
      );
  }
  return failures;
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

function raisedBy(answer: object | undefined): RaisedException | undefined {
  return answer !== undefined && 'raised' in answer ? (answer.raised as RaisedException) : undefined;
}

function shown({ class: name, message }: RaisedException): string {
  return `${name}: ${message}`;
}
