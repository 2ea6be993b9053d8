import type { Exchange } from '../arrays/exchange.js';
import type { Harness } from '../harness/harness.js';
import { isPlainObject } from '../manager/driver-answers.js';
import type { Outcome } from '../manager/outcome.js';
import { UsageError } from '../manager/usage.js';
import { isOfClass, isRaised } from '../subjects/subject.js';
import { describeException, raisedBy, unmetExpectations } from './call-expectations.js';
import { callOf, mayBeMissing } from './calls.js';
import { callDirectly } from './direct-call.js';
import type { CallStep } from './format.js';
import { offersIn, specNotOffered } from './offers.js';
import type { Failure, Play, Played } from './play.js';
import type { Path } from './read-scenario.js';
import { utterancesOf } from './secrets.js';
import { NotOffered, RefusedStep, StoryError, type SymbolTable } from './symbol-table.js';

/** Calls a driver through the volume manager, or past it with arguments as they are, and judges what it came to. */
export async function playCall(play: Play, step: CallStep, path: Path = []): Promise<Omit<Played, 'what'>> {
  const { harness, trace } = play;
  const subject = [step.of].flat()[0];
  if (step.ifThere && subject !== undefined && play.symbols.statusOf(subject) === 'gone')
    return { failures: [], calls: 0 };
  const missing = namesIn(step).find((name) => play.symbols.isLeftOut(name));
  if (missing !== undefined)
    return leftOut(play, step, path, () => new StoryError(`'${missing}' was never made: its step was left out`));
  const spec = specNotOffered(step, play.offers);
  // What no pool of the driver offers is never asked of it: a written story about it is about other drivers.
  if (spec !== undefined)
    return leftOut(play, step, path, () => new NotOffered(`The driver's statistics do not offer ${spec}.`));
  // Cinder asks once a minute: within it a driver may answer what it has gathered before.
  if (step.call === 'get_volume_stats' && step.args === undefined) await harness.untilNextReport();
  const startMs = harness.nowMs();
  const before = await harness.requestCount();
  const outcome = await callDriver(play, step);
  if (outcome.refused === true) {
    if (!mayBeRefused(step)) return leftOut(play, step, path, () => refusedStep(step, outcome));
    leaveOut(play, step);
  }
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
  const cost = { requests, tookMs };
  const failures = [...unmetExpectations(play, { ...step, expect }, outcome, cost), ...halfImplemented(play, outcome)];
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

/**
 * A step that says nothing about the driver: Cinder would not ask for it, or it is about what such a step would have made. A
 * generated story goes on as if the step were not there, and so does one that leaves open whether it comes to something;
 * any other story can't be played.
 */
function leftOut(play: Play, step: CallStep, path: Path, problem: () => StoryError): Omit<Played, 'what'> {
  if (play.dropped === undefined && step.expect?.mayRaise !== true) throw problem();
  play.dropped?.push(path);
  leaveOut(play, step);
  return { failures: [], calls: 0 };
}

/** What a step would have made is not there: steps about it are left out too. */
function leaveOut({ symbols }: Play, { as, names = [] }: CallStep): void {
  for (const name of [as, ...names]) if (name !== undefined) symbols.leaveOut(name);
}

/** The names of the records that a call is about. */
function namesIn({ of, from, to, group, add = [], remove = [] }: CallStep): string[] {
  return [of, from, to, group, add, remove].flat().filter((name) => name !== undefined);
}

function refusedStep({ call }: CallStep, { raised }: Outcome): RefusedStep {
  return new RefusedStep(
    `${call} is refused before the driver is called: ${raised === undefined ? 'no reason is given' : describeException(raised)}`,
  );
}

/** What a call came to. What makes no sense to the manager is refused as what Cinder's API refuses. */
async function callDriver(play: Play, step: CallStep): Promise<Outcome> {
  if (step.args !== undefined) return callDirectly(play, step);
  try {
    return await callByManager(play, step);
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

async function callByManager({ harness, symbols }: Play, step: CallStep): Promise<Outcome> {
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
