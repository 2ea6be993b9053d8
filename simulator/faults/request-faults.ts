import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interference, Service } from '../rest/interference.js';
import type { Presented } from '../rest/route.js';
import { cutOff, truncate } from './damage.js';
import { callResponse, errorAnswer } from './error-answer.js';
import type { FaultRules } from './fault-rules.js';
import { durationMs, isManual, sizeBytes } from './quantities.js';
import { waitsForRequest } from './read-rule.js';
import { deliver, type RecordedAnswer, RecordedReply } from './recorded-reply.js';
import { type SeenRequest, seenRequest } from './request-facts.js';
import type { FaultAction } from './rule.js';
import type { RuleState } from './rule-state.js';
import { Staleness } from './staleness.js';
import { editSystem, systemViews } from './system-views.js';

/** A rule that decides what a request is answered; `past` is what a stale read shows. */
interface Verdict {
  readonly rule: RuleState;
  readonly action: FaultAction;
  readonly past?: Presented;
}

/** Takes note of what does not go its usual way. */
interface RequestLog {
  /** A request came, and may be answered late. */
  arrived(request: FastifyRequest): void;
  /** Its connection is about to be ended before the whole answer was sent. */
  cutOff(request: FastifyRequest, reply: FastifyReply): void;
}

/**
 * Comes between requests to the web services and their answers as the rules say. Every rule that fits takes its look:
 * delays add up, what breaks breaks before the request is served, and of the rules that decide the answer the first one
 * that fires does; those behind it don't see the request.
 */
export class RequestFaults implements Interference {
  private readonly staleness = new Staleness();

  constructor(
    private readonly rules: FaultRules,
    private readonly log: RequestLog,
  ) {
    rules.onRemoval(() => {
      if (!rules.all.some(isStaleRule)) this.staleness.forget();
    });
  }

  get active(): boolean {
    return this.rules.concerns('request', 'physical');
  }

  intercept(request: FastifyRequest, reply: FastifyReply, service: Service): unknown {
    this.log.arrived(request);
    this.rules.keepUp();
    const seen = seenRequest(request, service, this.rules);
    const { delayMs, advanceMs, verdict } = this.consult(seen);
    if (verdict === undefined && delayMs === 0 && advanceMs === 0)
      return this.watched(seen, () => service.answer(request, reply));
    return this.answer({ request, reply, service, seen, verdict, delayMs, advanceMs });
  }

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

  private async answer(exchange: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly service: Service;
    readonly seen: SeenRequest;
    readonly verdict: Verdict | undefined;
    readonly delayMs: number;
    readonly advanceMs: number;
  }): Promise<FastifyReply> {
    const { request, reply, service, seen, verdict, delayMs, advanceMs } = exchange;
    const execute = () => this.watched(seen, () => recorded(request, service, verdict?.past));
    const send = await decide(verdict, seen, execute);
    const { clock } = this.rules;
    if (advanceMs > 0) this.rules.advance(advanceMs);
    if (delayMs > 0) await clock.wait(delayMs);
    return send({
      reply,
      answered: (answer) => deliver(reply, answer),
      cut: () => {
        this.log.cutOff(request, reply);
        return cutOff(request, reply);
      },
      cutWithin: (answer, keptBytes) => {
        this.log.cutOff(request, reply);
        return truncate(reply, answer, keptBytes);
      },
    });
  }
}

/** How an answer can go out. */
interface Exits {
  readonly reply: FastifyReply;
  answered(answer: RecordedAnswer): FastifyReply;
  cut(): FastifyReply;
  cutWithin(answer: RecordedAnswer, keptBytes: number | undefined): FastifyReply;
}

type Send = (exits: Exits) => FastifyReply;

/** Does what is to be done, and says how it is to be answered once its time has come. */
async function decide(
  verdict: Verdict | undefined,
  seen: SeenRequest,
  execute: () => Promise<RecordedAnswer>,
): Promise<Send> {
  const answered =
    (answer: RecordedAnswer): Send =>
    (exits) =>
      exits.answered(answer);
  const cut: Send = (exits) => exits.cut();
  if (verdict === undefined) return answered(await execute());
  const { action, rule } = verdict;
  switch (action.do) {
    case 'reset':
      return cut;
    case 'status':
      return answered({
        status: action.status,
        headers: action.body === undefined ? [] : [['content-type', action.contentType ?? 'text/html']],
        body: action.body ?? '',
      });
    case 'fail':
      return answered(errorAnswer(action, rule.id, isTerse(seen)));
    case 'fail-after':
      await execute();
      return answered(errorAnswer(action, rule.id, isTerse(seen)));
    case 'lose-reply':
      await execute();
      return cut;
    case 'offline':
      return answered(await offline(seen, rule, execute));
    case 'wrong-password':
      return answered(await wrongPassword(action.as ?? 'login', seen, execute));
    case 'repeat':
      return answered(await repeated(action.executions ?? 2, action.answer ?? 'last', execute));
    case 'empty': {
      const { status, headers } = await execute();
      return answered({ status, headers, body: '' });
    }
    case 'truncate': {
      const answer = await execute();
      return (exits) => exits.cutWithin(answer, sizeBytes(action.keep));
    }
    case 'malform': {
      const { status } = await execute();
      const { contentType = 'text/html', body = '<html><body><h1>Bad Gateway</h1></body></html>' } = action;
      return answered({ status: status === 204 ? 200 : status, headers: [['content-type', contentType]], body });
    }
    default:
      return answered(await execute());
  }
}

async function repeated(
  executions: number,
  which: 'first' | 'last',
  execute: () => Promise<RecordedAnswer>,
): Promise<RecordedAnswer> {
  const first = await execute();
  let last = first;
  for (let number = 1; number < executions; number++) last = await execute();
  return which === 'first' ? first : last;
}

async function offline(
  { operation, system }: SeenRequest,
  { id }: RuleState,
  execute: () => Promise<RecordedAnswer>,
): Promise<RecordedAnswer> {
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
  execute: () => Promise<RecordedAnswer>,
): Promise<RecordedAnswer> {
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
    developerMessage: 'authFailPassword',
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

/** Lets the web services answer, and keeps what they say. */
async function recorded(
  request: FastifyRequest,
  service: Service,
  presented: Presented | undefined,
): Promise<RecordedAnswer> {
  const reply = new RecordedReply();
  try {
    await service.answer(request, reply.asReply(), presented);
  } catch (error) {
    service.fail(error instanceof Error ? error : new Error(String(error)), request, reply.asReply());
  }
  return reply.answer();
}
