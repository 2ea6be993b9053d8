import type { Static } from 'typebox';
import { boolean, integer, oneOf, text } from '../rest/schemas/types.js';
import { Byte, Duration, described, either, Label, optional, Size, strict, word } from './schema-parts.js';

const anyAction = <const Name extends string>(name: Name, description: string) =>
  strict(description, { do: word(name) });

const status = described('HTTP status.', integer({ minimum: 200, maximum: 599 }));

const errorFields = {
  status: optional(described('HTTP status; 422 by default.', integer({ minimum: 400, maximum: 599 }))),
  retcode: optional(
    described("What the answer's retcode says: a SYMbol return code or any other name; 'busy' by default.", Label),
  ),
  errorMessage: optional(text({ maxLength: 4096 })),
  codeType: optional(oneOf('symbol', 'systemerror', 'devicemgrerror')),
};

const undoneAfter = optional(described('Undone by itself after this time; otherwise when the rule goes.', Duration));

/** What can go wrong with a request to the web services or its answer. */
const requestActions = [
  strict('The answer comes late: so much of the array’s time. The operation itself is done at once.', {
    do: word('delay'),
    for: Duration,
    advance: optional(described('A manual clock is advanced by it instead of waited for.', boolean())),
  }),
  anyAction('reset', 'The connection is reset before anything was done.'),
  anyAction('empty', 'The operation is done; the answer has its status but no body.'),
  strict('The operation is done; the connection ends in the middle of the answer.', {
    do: word('truncate'),
    keep: optional(described('How much of the body is sent; half of it by default.', Size)),
  }),
  strict('The operation is done; the answer is not the JSON it should be.', {
    do: word('malform'),
    body: optional(described('What is sent instead.', text({ maxLength: 65_536 }))),
    contentType: optional(described('text/html by default.', Label)),
  }),
  strict('Nothing is done; the answer is a status, as from somewhere on the way, with a page or without a body.', {
    do: word('status'),
    status,
    body: optional(described('What is sent; nothing by default.', text({ maxLength: 65_536 }))),
    contentType: optional(described('text/html by default.', Label)),
  }),
  anyAction('offline', 'The array does not answer: 424, and nothing is done.'),
  strict('The password is no longer the right one.', {
    do: word('wrong-password'),
    as: optional(
      described(
        "login: 401 at each login (the default). stored: the array's password, as the management station stored it, is wrong: passwordStatus invalid, and changes are refused 422 authFailPassword.",
        oneOf('login', 'stored'),
      ),
    ),
  }),
  strict('Nothing is done; the answer is an error.', { do: word('fail'), ...errorFields }),
  strict('The operation is done, and yet the answer is an error.', { do: word('fail-after'), ...errorFields }),
  anyAction('lose-reply', 'The operation is done; the connection is reset without an answer.'),
  strict('The operation is done more than once, as when something on the way sends the request again.', {
    do: word('repeat'),
    executions: optional(described('2 by default.', integer({ minimum: 2, maximum: 16 }))),
    answer: optional(described('Whose answer the client gets; that of the last by default.', oneOf('first', 'last'))),
  }),
  strict('GETs are answered as before the last change that a request made.', {
    do: word('stale'),
    polls: optional(
      described('How many GETs in a row after a change; 1 by default.', integer({ minimum: 1, maximum: 1_000_000 })),
    ),
  }),
] as const;

/** What can go wrong with work that takes time, as it starts. */
const jobActions = [
  strict('Work proceeds otherwise than it would.', {
    do: word('job'),
    progression: described('instant, timed:<bytes/s>, polls:<n>, stuck or fail-at:<percent>.', Label),
  }),
] as const;

/** What can break. Without `when` it happens at once. */
const physicalActions = [
  strict('A drive fails or is pulled out.', {
    do: word('drive'),
    drive: described('Reference, or tray and slot as in 99/3.', Label),
    state: optional(oneOf('failed', 'removed')),
    for: undoneAfter,
  }),
  strict('A controller goes offline, into service mode, is pulled out, or restarts.', {
    do: word('controller'),
    controller: described('A, B or the reference.', Label),
    state: optional(oneOf('offline', 'service-mode', 'removed', 'reset')),
    for: undoneAfter,
  }),
  strict('The link of a host port goes down.', {
    do: word('port'),
    port: described('Reference, or controller and port as in A1; * for all.', Label),
    for: undoneAfter,
  }),
  strict('A power supply fails or is pulled out.', {
    do: word('power-supply'),
    slot: optional(integer({ minimum: 1, maximum: 2 })),
    state: optional(oneOf('failed', 'removed')),
    for: undoneAfter,
  }),
  strict('A fan fails or is pulled out.', {
    do: word('fan'),
    slot: optional(integer({ minimum: 1, maximum: 2 })),
    state: optional(oneOf('failed', 'removed')),
    for: undoneAfter,
  }),
  strict("A controller's cache battery fails: write caching is suspended.", {
    do: word('battery'),
    controller: optional(described('A or B; A by default.', oneOf('A', 'B'))),
    state: optional(oneOf('failed', 'removed', 'expired')),
    for: undoneAfter,
  }),
  strict('It gets too warm.', {
    do: word('temperature'),
    slot: optional(integer({ minimum: 1, maximum: 2 })),
    state: optional(oneOf('nominal-exceeded', 'maximum-exceeded')),
    for: undoneAfter,
  }),
  strict('A drive tray is cut off: all its drives are gone.', {
    do: word('tray'),
    tray: described('Its number, e.g. 0.', integer({ minimum: 0, maximum: 99 })),
    for: undoneAfter,
  }),
  strict('A storage pool is filled up, by a foreign volume.', {
    do: word('fill-pool'),
    pool: described('Label or reference.', Label),
    leave: optional(described('What stays free; nothing by default.', Size)),
    for: undoneAfter,
  }),
  strict('The repository of a snapshot group is filled up.', {
    do: word('fill-repository'),
    of: described('The snapshot group or its base volume, by label or reference.', Label),
    leave: optional(Size),
    for: undoneAfter,
  }),
  strict('A thin volume is filled up to its quota.', {
    do: word('fill-thin'),
    volume: described('Label or reference.', Label),
    leave: optional(Size),
    for: undoneAfter,
  }),
] as const;

/** What can go wrong on the iSCSI wire. */
const iscsiActions = [
  strict('A login is refused.', {
    do: word('refuse-login'),
    class: optional(
      described('2: the initiator is at fault; 3: the target is (the default).', integer({ minimum: 2, maximum: 3 })),
    ),
    detail: optional(
      described('1 by default: with class 3 service unavailable, with class 2 authentication failure.', Byte),
    ),
  }),
  anyAction('drop-session', 'The connection breaks off when a command comes; nothing is done.'),
  strict('A command is answered with a status of ours; nothing is done.', {
    do: word('answer-command'),
    status: optional(
      oneOf('check-condition', 'busy', 'reservation-conflict', 'task-set-full', 'aca-active', 'task-aborted'),
    ),
    sense: optional(
      described(
        'Sense of a check condition; aborted command, internal target failure (0B/44/00) by default.',
        strict('Sense data.', { key: integer({ minimum: 0, maximum: 15 }), asc: Byte, ascq: Byte }),
      ),
    ),
  }),
  strict('A command is answered late; it is done at once.', {
    do: word('delay-command'),
    for: Duration,
    advance: optional(boolean()),
  }),
  anyAction('io-error', 'Medium error: unrecovered read error 03/11/00, or write error 03/0C/00.'),
  anyAction('lose-command-reply', 'The command is done; the connection breaks off without an answer.'),
] as const;

const allActions = [...requestActions, ...jobActions, ...physicalActions, ...iscsiActions] as const;

/** What goes wrong: an action with its settings. */
export const FaultAction = either(...allActions);
export type FaultAction = Static<typeof FaultAction>;
export type ActionName = FaultAction['do'];
/** The action of one name. */
export type ActionOf<Name extends ActionName> = Extract<FaultAction, { readonly do: Name }>;

/** Actions whose settings may all be left out; they may be given as just their name. */
export const bareNames = allActions.filter(({ required }) => required.length === 1).map(nameOf);

export type Layer = 'request' | 'job' | 'physical' | 'iscsi';

/** All actions, by where they take place. */
export const actionNames: Readonly<Record<Layer, readonly ActionName[]>> = {
  request: requestActions.map(nameOf),
  job: jobActions.map(nameOf),
  physical: physicalActions.map(nameOf),
  iscsi: iscsiActions.map(nameOf),
};

function nameOf(action: {
  readonly properties: { readonly do: { readonly enum: readonly [ActionName] } };
}): ActionName {
  return action.properties.do.enum[0];
}

/** Where an action takes place. */
export function layerOf(name: ActionName): Layer {
  const found = (['request', 'job', 'physical', 'iscsi'] as const).find((layer) => actionNames[layer].includes(name));
  return found ?? 'request';
}

/** The schema of each action, by name. */
export const actionSchemas = new Map(allActions.map((schema) => [nameOf(schema), schema]));

/** Whether an action may be given as just its name. */
export function isBareName(name: string): boolean {
  return bareNames.some((each) => each === name);
}
