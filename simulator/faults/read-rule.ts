import { parseProgression } from '../array/jobs.js';
import {
  type ActionName,
  actionNames,
  actionSchemas,
  type FaultAction,
  isBareName,
  type Layer,
  layerOf,
} from './fault-actions.js';
import { FaultError, notAllowed } from './fault-error.js';
import { readRequestPattern } from './patterns.js';
import { instantMs } from './quantities.js';
import { readStrictly } from './read-strictly.js';
import { conditionsOfAction, type FaultCondition, FaultRule } from './rule.js';

/** A rule that was checked, with what was left out filled in. */
export interface CheckedRule {
  /** Undefined until it is added. */
  readonly id: string | undefined;
  readonly array: string;
  readonly why: string | undefined;
  readonly when: FaultCondition;
  readonly what: FaultAction;
  readonly layer: Layer;
  readonly skip: number;
  readonly times: number | 'always';
  readonly probability: number;
}

/** What a rule may refer to. */
export interface KnownNames {
  /** Operation ids and SYMbol procedures, as `when.operation` may name them. */
  readonly operations: () => Iterable<string>;
  /** Ids of the arrays. */
  readonly arrays: () => readonly string[];
}

/** Checks a rule as people write it. Throws FaultError that names the property, its value and what is allowed. */
export function readRule(written: unknown, known: KnownNames): CheckedRule {
  const rule = readRecord(written);
  const { what, ...rest } = rule;
  const action = readAction(what);
  const {
    id,
    array = '*',
    why,
    when = {},
    skip = 0,
    times = 1,
    probability = 1,
  } = readStrictly(
    FaultRule,
    // The action was read by its own schema, which tells better what is wrong with it.
    { ...rest, what: 'reset' },
  ) as FaultRule;
  const layer = layerOf(action.do);
  checkCondition(when, action.do, known);
  if (array !== '*' && !known.arrays().includes(array))
    throw notAllowed('array', array, `'*' or the id of an array: ${known.arrays().join(', ') || 'there is none'}`);
  const checked = { id, array, why, when, what: action, layer, skip, times, probability };
  checkFrequency(checked);
  return checked;
}

/** Whether a rule waits for a request, and does not just happen. */
export function waitsForRequest(when: FaultCondition): boolean {
  return [when.operation, when.request, when.object, when.userAgent, when.user].some((each) => each !== undefined);
}

function readRecord(written: unknown): Record<string, unknown> {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw notAllowed('', written, 'an object with what, and when and how often if need be');
  return written as Record<string, unknown>;
}

function readAction(what: unknown): FaultAction {
  const all = Object.values(actionNames).flat();
  if (what === undefined)
    throw new FaultError(`The property 'what' is required: {do: …} with one of ${all.join(', ')}.`, 'what');
  const written = typeof what === 'string' ? { do: what } : what;
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw notAllowed('what', what, 'the name of an action, or an object with its name as do');
  const name = (written as { do?: unknown }).do;
  const field = typeof what === 'string' ? 'what' : 'what.do';
  if (name === undefined)
    throw new FaultError(`The property 'what.do' is required: one of ${all.join(', ')}.`, 'what.do');
  const schema = actionSchemas.get(name as ActionName);
  if (schema === undefined) throw notAllowed(field, name, `one of ${all.join(', ')}`);
  if (typeof what === 'string' && !isBareName(what)) {
    const settings = schema.required?.filter((each) => each !== 'do').join(', ');
    throw new FaultError(`The action '${what}' needs settings: write {do: '${what}', …} with ${settings}.`, 'what');
  }
  const action = readStrictly(schema, written, 'what') as FaultAction;
  if (action.do === 'job') checkProgression(action.progression);
  if (action.do === 'answer-command' && action.sense !== undefined && (action.status ?? checkCode) !== checkCode)
    throw new FaultError(`The property 'what.sense' goes with the status ${checkCode} only.`, 'what.sense');
  return action;
}

/** The status that has sense data. */
const checkCode = 'check-condition';

function checkProgression(progression: string): void {
  try {
    parseProgression(progression);
  } catch {
    throw notAllowed(
      'what.progression',
      progression,
      'instant, timed, timed:<bytes per second>, polls:<n>, stuck or fail-at:<percent below 100>',
    );
  }
}

function checkCondition(when: FaultCondition, action: ActionName, known: KnownNames): void {
  const allowed = conditionsOfAction(action);
  for (const name of Object.keys(when) as (keyof FaultCondition)[]) {
    if (!allowed.includes(name)) {
      const field = `when.${name}`;
      throw new FaultError(
        `The condition '${field}' does not go with '${action}': allowed are ${allowed.join(', ')}.`,
        field,
      );
    }
  }
  for (const [index, pattern] of [when.request ?? []].flat().entries()) {
    if (readRequestPattern(pattern) === undefined) {
      throw notAllowed(
        Array.isArray(when.request) ? `when.request[${index}]` : 'when.request',
        pattern,
        "a method and a path such as 'POST volumes', 'GET snapshot-groups/*' or 'GET /devmgr/utils/about'",
      );
    }
  }
  checkOperations(when, known);
  const { notBefore, notAfter, blocks } = when;
  if (notBefore !== undefined && notAfter !== undefined) {
    const bothSinceAdding = [notBefore, notAfter].map((each) => instantMs(each, 0) ?? 0) as [number, number];
    const comparable = /^\d{4}-/.test(String(notBefore)) === /^\d{4}-/.test(String(notAfter));
    if (comparable && bothSinceAdding[1] < bothSinceAdding[0])
      throw notAllowed('when.notAfter', notAfter, `a time after when.notBefore, ${String(notBefore)}`);
  }
  if (blocks?.to !== undefined && blocks.to < blocks.from)
    throw notAllowed('when.blocks.to', blocks.to, `a block from when.blocks.from, ${blocks.from}, on`);
}

function checkOperations(when: FaultCondition, known: KnownNames): void {
  const named = [when.operation ?? []].flat();
  if (named.length === 0) return;
  const names = new Map([...known.operations()].map((name) => [name.toLowerCase(), name]));
  for (const [index, name] of named.entries()) {
    if (/[*?]/.test(name) || names.has(name.toLowerCase())) continue;
    throw notAllowed(
      Array.isArray(when.operation) ? `when.operation[${index}]` : 'when.operation',
      name,
      `an operation id or the name of a SYMbol procedure${similar(name, names.values())}`,
    );
  }
}

function similar(name: string, names: Iterable<string>): string {
  const words = name
    .split(/[^A-Za-z]+|(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 2);
  const near = [...names].filter((each) => words.some((word) => each.toLowerCase().includes(word))).slice(0, 8);
  return near.length === 0 ? '' : `, such as ${near.join(', ')}`;
}

/** What just happens, happens once: there is nothing to count. */
function checkFrequency({ layer, when, skip, times, probability }: CheckedRule): void {
  if (layer !== 'physical' || waitsForRequest(when)) return;
  const [field] = [skip !== 0 && 'skip', times !== 1 && 'times', probability !== 1 && 'probability'].filter(Boolean);
  if (field) {
    throw new FaultError(
      `The property '${field}' counts requests: say for which with when.operation, when.request or when.object.`,
      String(field),
    );
  }
}
