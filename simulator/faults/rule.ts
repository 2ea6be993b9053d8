import type { Static } from 'typebox';
import { jobKinds } from '../array/records.js';
import { integer, list, number, oneOf, text } from '../rest/schemas/types.js';
import { type ActionName, bareNames, FaultAction, type Layer, layerOf } from './fault-actions.js';
import { Byte, Count, described, either, Instant, Label, optional, Pattern, strict, word } from './schema-parts.js';

/**
 * The format of a fault rule: *when* something happens, *what* goes wrong, and *how often*. It is plain data; durations
 * and sizes may be numbers or as people write them, objects are named by label, reference or WWN. What is published as
 * JSON Schema is exactly this.
 *
 *     {when: {operation: 'createVolume', object: 'vol1'}, what: 'lose-reply'}
 *     {when: {request: 'GET volumes/*'}, what: {do: 'delay', for: '30s'}, skip: 2, times: 'always'}
 *     {when: {job: 'volumeCopy'}, what: {do: 'job', progression: 'fail-at:40'}}
 *     {what: {do: 'controller', controller: 'B', state: 'offline'}}
 */

/** When: all that is said must be the case. */
export const FaultCondition = strict('When: all that is said must be the case; nothing said is always.', {
  operation: optional(
    described(
      "The vendor's operation id or the name of a SYMbol procedure, with * and ?; or a list of them.",
      either(Pattern, list(Pattern)),
    ),
  ),
  request: optional(
    described(
      "Method and path, with * for a part and ** for any: 'POST volumes', 'GET snapshot-groups/*', '* ssc/**'. Paths are below /storage-systems/{id}, or absolute: 'GET /devmgr/utils/about'. A list is any of them.",
      either(Pattern, list(Pattern)),
    ),
  ),
  object: optional(
    described('Label, reference or WWN of what it concerns: in the path or the body; the volume of a command.', Label),
  ),
  userAgent: optional(Pattern),
  user: optional(described('Who logs in.', Pattern)),
  notBefore: optional(Instant),
  notAfter: optional(Instant),
  job: optional(described('Work of that kind starts.', oneOf(...jobKinds))),
  initiator: optional(described('iSCSI name of the initiator.', Pattern)),
  command: optional(
    described(
      'SCSI commands of that sort: read, write (unmap included), other; or one operation code as a number.',
      either(oneOf('read', 'write', 'other'), Byte),
    ),
  ),
  blocks: optional(
    strict('Commands whose CDB names one of these logical blocks; an UNMAP has them in its data.', {
      from: Count,
      to: optional(described('The last one, included; the end of the volume by default.', Count)),
    }),
  ),
});
export type FaultCondition = Static<typeof FaultCondition>;

/** A rule as people write it. */
export const FaultRule = strict('A fault rule.', {
  id: optional(described('A name of your own; fault-1, fault-2 … by default.', Label)),
  array: optional(described("The array it belongs to, by id; '*', the default, for every one.", Label)),
  why: optional(described('What it is for, for people.', text({ maxLength: 1024 }))),
  when: optional(FaultCondition),
  what: described('What goes wrong: an action, or just its name.', either(oneOf(...bareNames), FaultAction)),
  skip: optional(described('How many times it is the case before it happens; 0 by default.', Count)),
  times: optional(
    described(
      "How many times it happens; 1 by default, or 'always'.",
      either(word('always'), integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    ),
  ),
  probability: optional(
    described("How likely it is each time, by the array's seed; 1 by default.", number({ minimum: 0, maximum: 1 })),
  ),
});
export type FaultRule = Static<typeof FaultRule>;

/** Which conditions make sense where. */
const conditionsOf: Readonly<Record<Layer, readonly (keyof FaultCondition)[]>> = {
  request: ['operation', 'request', 'object', 'userAgent', 'user', 'notBefore', 'notAfter'],
  job: ['job', 'object', 'notBefore', 'notAfter'],
  physical: ['operation', 'request', 'object', 'userAgent', 'user', 'notBefore', 'notAfter'],
  iscsi: ['initiator', 'command', 'object', 'blocks', 'notBefore', 'notAfter'],
};

/** Which conditions make sense for an action. */
export function conditionsOfAction(name: ActionName): readonly (keyof FaultCondition)[] {
  return name === 'refuse-login' ? ['initiator', 'notBefore', 'notAfter'] : conditionsOf[layerOf(name)];
}
