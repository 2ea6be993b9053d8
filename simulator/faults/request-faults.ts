import { HttpResponse, type Middleware } from '../http/messages.js';
import type { Presented, RestRequest } from '../rest/route.js';
import { callResponse, errorAnswer } from './error-answer.js';
import type { FaultAction } from './fault-actions.js';
import type { FaultRules } from './fault-rules.js';
import { durationMs, isManual, sizeBytes } from './quantities.js';
import { waitsForRequest } from './read-rule.js';
import { type SeenRequest, seenRequest } from './request-facts.js';
import type { RuleState } from './rule-state.js';
import { Staleness } from './staleness.js';
import { editSystem, systemViews } from './system-views.js';

/** A rule that decides what a request is answered; `past` is what a stale read shows. */
interface Verdict {
  readonly rule: RuleState;
  readonly action: FaultAction;
  readonly past?: Presented;
}

/**
 * Comes between requests to the web services and their answers as the rules say. Every rule that fits takes its look:
 * delays add up, what breaks breaks before the request is served, and of the rules that decide the answer the first one
 * that fires does; those behind it don't see the request.
 */
export class RequestFaults {
  private readonly staleness = new Staleness();

  constructor(private readonly rules: FaultRules) {
    rules.onRemoval(() => {
      if (!rules.all.some(isStaleRule)) this.staleness.forget();
    });
  }

  /** Middleware of the web services; without rules requests pass at once. */
  readonly middleware: Middleware<RestRequest> = async (request, next) => {
    const { rules } = this;
    if (!rules.concerns('request', 'physical')) return next(request);
    rules.keepUp();
    const seen = seenRequest(request, rules);
    const { delayMs, advanceMs, verdict } = this.consult(seen);
    const past = verdict?.past;
    const execute = () =>
      this.watched(seen, () => next(past === undefined ? request : { ...request, presented: past }));
    const response = await decide(verdict, seen, execute);
    if (advanceMs > 0) rules.advance(advanceMs);
    if (delayMs > 0) await rules.clock.wait(delayMs);
    return response;
  };

  /** Asks every rule, in their order. */
  private consult(seen: SeenRequest) {
    const { clock } = this.rules;
    const nowMs = clock.now();
    let delayMs = 0;
    let advanceMs = 0;
    let verdict: Verdict | undefined;
    for (const rule of this.rules.all) {
      const { what, when, layer } = rule.rule;
      if (layer === 'job' || layer === 'iscsi' || (layer === 'physical' && !waitsForRequest(when))) continue;
      if (seen.system !== undefined ? !rule.belongsTo(seen.system.id) : rule.rule.array !== '*') continue;
      if (!rule.isTime(nowMs) || !appliesTo(what, seen) || !rule.isRequest(seen.facts)) continue;
      const fires = () => rule.fires(nowMs, seen.system, seen.text);
      if (layer === 'physical') {
        if (fires() && seen.system !== undefined) this.rules.break(rule, seen.system);
      } else if (what.do === 'delay') {
        if (!fires()) continue;
        const ms = durationMs(what.for) ?? 0;
        if (what.advance && isManual(clock)) advanceMs += ms;
        else delayMs += ms;
      } else if (verdict === undefined) {
        verdict = what.do === 'stale' ? this.stale(rule, what.polls ?? 1, seen, fires) : deciding(rule, what, fires());
      }
    }
    return { delayMs, advanceMs, verdict };
  }

  private stale(rule: RuleState, polls: number, seen: SeenRequest, fires: () => boolean): Verdict | undefined {
    if (seen.system === undefined) return undefined;
    const { id, array } = seen.system;
    const past = this.staleness.past(array, rule, polls, fires);
    if (past === undefined) return undefined;
    const presented: Presented = (system) => (system.id === id ? { ...system, array: past } : system);
    return { rule, action: rule.rule.what, past: presented };
  }

  /** Remembers what an array was before a change, as long as a rule may ask for it. */
  private watched<T>({ system, facts }: SeenRequest, body: () => T): T {
    if (system === undefined || facts.method === 'GET') return body();
    const isAsked = this.rules.all.some((rule) => isStaleRule(rule) && rule.belongsTo(system.id));
    return isAsked ? this.staleness.remember(system.array, body) : body();
  }
}

/** Does what is to be done, and gives the response that goes out once its time has come. */
async function decide(
  verdict: Verdict | undefined,
  seen: SeenRequest,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  if (verdict === undefined) return execute();
  const { action, rule } = verdict;
  switch (action.do) {
    case 'reset':
      return reset;
    case 'status':
      return new HttpResponse(
        action.status,
        action.body === undefined ? [] : [['content-type', action.contentType ?? 'text/html']],
        action.body ?? '',
      );
    case 'fail':
      return errorAnswer(action, rule.id, isTerse(seen));
    case 'fail-after':
      await execute();
      return errorAnswer(action, rule.id, isTerse(seen));
    case 'lose-reply':
      await execute();
      return reset;
    case 'offline':
      return offline(seen, rule, execute);
    case 'wrong-password':
      return wrongPassword(action.as ?? 'login', seen, execute);
    case 'repeat':
      return repeated(action.executions ?? 2, action.answer ?? 'last', execute);
    case 'empty': {
      const { status, headers } = await execute();
      return new HttpResponse(status, headers);
    }
    case 'truncate':
      return truncated(await execute(), sizeBytes(action.keep));
    case 'malform': {
      const { status } = await execute();
      const { contentType = 'text/html', body = '<html><body><h1>Bad Gateway</h1></body></html>' } = action;
      return new HttpResponse(status === 204 ? 200 : status, [['content-type', contentType]], body);
    }
    default:
      return execute();
  }
}

/** The connection is reset without an answer. */
const reset = new HttpResponse(0, [], '', { kind: 'reset' });

/** A response that ends after `keptBytes` of its body; after half of it by default. */
function truncated({ status, headers, body }: HttpResponse, keptBytes: number | undefined): HttpResponse {
  const length = Buffer.byteLength(body);
  const kept = Math.min(keptBytes ?? Math.floor(length / 2), Math.max(0, length - 1));
  return new HttpResponse(status === 204 ? 200 : status, headers, body, { kind: 'truncate', keptBytes: kept });
}

async function repeated(
  executions: number,
  which: 'first' | 'last',
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const first = await execute();
  let last = first;
  for (let number = 1; number < executions; number++) last = await execute();
  return which === 'first' ? first : last;
}

async function offline(
  { operation, system }: SeenRequest,
  { id }: RuleState,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  if (operation !== undefined && systemViews.has(operation.id))
    return editSystem(await execute(), system?.id ?? '', { status: 'offline' });
  return callResponse(424, {
    message: `The storage system '${system?.id ?? ''}' is offline (fault rule '${id}').`,
    retcode: 'systemOffline',
    codeType: 'devicemgrerror',
  });
}

async function wrongPassword(
  as: 'login' | 'stored',
  { operation, system }: SeenRequest,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  if (as === 'login') {
    const message = 'User name or password is wrong.';
    return callResponse(401, { message, retcode: 'authenticationRequired', codeType: 'devicemgrerror' });
  }
  if (operation !== undefined && systemViews.has(operation.id))
    return editSystem(await execute(), system?.id ?? '', { passwordStatus: 'invalid' });
  return callResponse(422, {
    message: 'The password that is stored for the storage system is wrong.',
    retcode: '30',
    codeType: 'symbol',
  });
}

function deciding(rule: RuleState, action: FaultAction, fires: boolean): Verdict | undefined {
  return fires ? { rule, action } : undefined;
}

/** Whether an action makes sense for a request at all: what does not never looks at it. */
function appliesTo(action: FaultAction, { facts, operation }: SeenRequest): boolean {
  const isView = operation !== undefined && systemViews.has(operation.id);
  switch (action.do) {
    case 'stale':
      return facts.method === 'GET' && facts.below !== undefined && facts.below !== '';
    case 'offline':
      return isView || (facts.below !== undefined && facts.below !== '');
    case 'wrong-password':
      if (action.as === 'stored')
        return isView || (facts.below !== undefined && facts.below !== '' && facts.method !== 'GET');
      return isLogin(operation?.id) || (operation !== undefined && operation.roles.length > 0);
    default:
      return true;
  }
}

function isLogin(operationId: string | undefined): boolean {
  return operationId === 'login' || operationId === 'loginByQuery';
}

function isTerse({ facts }: SeenRequest): boolean {
  return facts.path.includes('/symbol/') && facts.words.has('false');
}

function isStaleRule(rule: RuleState): boolean {
  return rule.rule.what.do === 'stale';
}
