import { type Patience, within } from '../runtime/patience.js';
import type { Connection } from './connection.js';
import { newDeferred } from './deferred.js';
import { ConnectionClosed, ProtocolViolation, Rejected, TaskAborted } from './errors.js';
import type { Frame, ResponseCorruption } from './framing.js';
import type { LoginResult } from './login.js';
import { encodeLun } from './lun.js';
import { type Mailbox, newMailbox } from './mailbox.js';
import { type Observation, observed } from './observation.js';
import type { Parameters } from './parameters.js';
import { makePdu, type Pdu, type PduOf, reservedBytesSet } from './pdu.js';
import { type Answer, isAnswer, newSequence } from './sequence.js';
import { isBefore, noTag } from './serial.js';
import {
  type CommandOptions,
  type DrivenTask,
  demandGood,
  newTask,
  type ScsiCommand,
  type ScsiResult,
  type ScsiTask,
  type TagOwner,
} from './task.js';
import { isEndedBy, type TaskFunction, taskFunctions } from './task-management.js';
import { cutText, decodePairs, encodePairs, type Pair } from './text-keys.js';

export interface SessionOptions {
  readonly patience?: Patience;
  /** Whether the target's own NOP-In is answered. True by default. */
  readonly answerNopIn?: boolean;
}

/** A logged-in session of one connection, in full feature phase. */
export interface ProbeSession {
  readonly login: LoginResult;
  readonly parameters: Parameters;
  /** Carries a command out. Any SCSI status is a result; see ScsiTask.done for what rejects. */
  execute(command: ScsiCommand, options?: CommandOptions): Promise<ScsiResult>;
  /** As `execute`, and rejects with CheckCondition or CommandFailed when the status isn't GOOD. */
  perform(command: ScsiCommand, options?: CommandOptions): Promise<ScsiResult>;
  /** Begins a command without waiting for its end: for task management. */
  begin(command: ScsiCommand, options?: CommandOptions): ScsiTask;
  /** NOP-Out; resolves with the data that came back, which is what went out as far as it fits. */
  nop(data?: Uint8Array, options?: { readonly immediate?: boolean }): Promise<Buffer>;
  /**
   * A task management function; resolves with the target's response, see `taskResponses`. The tasks that a completed
   * function ended reject with TaskAborted, and an answer to one of them is a violation from then on.
   */
  manage(name: TaskFunction, target?: { readonly lun?: number | Buffer; readonly task?: ScsiTask }): Promise<number>;
  /** Text negotiation; long texts go and come in several PDUs. Rejects with Rejected. */
  text(pairs: readonly Pair[], options?: { readonly textBytes?: number }): Promise<Pair[]>;
  /** Logout; resolves with the response, 0 for success, once the connection is closed. Reason 0 by default. */
  logout(reason?: number): Promise<number>;
  /** Ends the connection without a word. */
  close(): void;
  /** Resolves with the reason when the connection has ended. */
  readonly closed: Promise<Error>;
  readonly isClosed: boolean;
  /** Async messages, in order. */
  readonly asyncMessages: Mailbox<PduOf<'async'>>;
  /** NOP-Ins that the target sent of its own accord, answered or not. */
  readonly pings: Mailbox<PduOf<'nop-in'>>;
  /** Every Reject, also those that failed a request. */
  readonly rejects: Mailbox<PduOf<'reject'>>;
  /** Breaches of tolerated rules. */
  readonly tolerated: readonly ProtocolViolation[];
  /** Anything at all, in the midst of the session. */
  readonly raw: RawAccess;
}

/** Sends what no session would send. */
export interface RawAccess {
  readonly connection: Connection;
  /** An unused tag. */
  newTag(): number;
  /** The numbers that the next request would carry. */
  numbers(): { readonly cmdSn: number; readonly expStatSn: number };
  /** The last command number that the target's window takes. */
  readonly maxCmdSn: number;
  /** Sends a PDU as it is. A command with the next CmdSN and without the I bit uses that number up. */
  send(pdu: Pdu, corruptResponse?: ResponseCorruption): void;
  /** Receives all that has the tag, which the session no longer cares for. */
  watch(itt: number): Watch;
}

/** What came for one tag. */
export interface Watch {
  /** The next PDU that has come or comes; a Reject of something with the tag counts too. */
  next(signal?: AbortSignal): Promise<Observation>;
  /** How many PDUs have come and were not taken yet. */
  readonly waiting: number;
}

type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

interface AskOptions<Kind extends Answer['kind']> {
  /** Another turn of something begun: its tag. */
  readonly itt?: number;
  /** Outside of the command window. True by default. */
  readonly immediate?: boolean;
  readonly check?: (answer: AnswerOf<Kind>) => void;
}

/** Runs a session on a connection that has logged in. */
export function newSession(connection: Connection, start: LoginResult, options: SessionOptions = {}): ProbeSession {
  const { patience } = options;
  const { breach } = connection;
  const { parameters } = start;
  const sequence = newSequence(start, breach);
  const owners = new Map<number, TagOwner>();
  const tasks = new Map<number, DrivenTask>();
  /** Tags of tasks that were aborted: the target owes them nothing, not even an answer. */
  const aborted = new Set<number>();
  /** Tags of requests that were rejected: a late status for them is allowed. */
  const rejected = new Set<number>();
  let queue: (() => void)[] = [];
  let lastTag = 0;
  let isLoggedOut = false;
  let end: Error | undefined;
  const asyncMessages = newMailbox<PduOf<'async'>>();
  const pings = newMailbox<PduOf<'nop-in'>>();
  const rejects = newMailbox<PduOf<'reject'>>();

  function newTag(): number {
    do lastTag = (lastTag + 1) >>> 0;
    while (lastTag === noTag || owners.has(lastTag));
    return lastTag;
  }

  /** Every request acknowledges what has come so far. */
  function send(pdu: Pdu): void {
    connection.send('expStatSn' in pdu ? { ...pdu, expStatSn: sequence.expStatSn } : pdu);
  }

  /** Sends when the target's window takes it; an immediate request at once, with the number of the next one. */
  function sendInOrder(immediate: boolean, sending: (cmdSn: number) => void): void {
    if (immediate) sending(sequence.nextCmdSn);
    else if (queue.length === 0 && sequence.isOpen) sending(sequence.take());
    else queue.push(() => sending(sequence.take()));
  }

  function sendQueued(): void {
    while (queue.length > 0 && sequence.isOpen) queue.shift()?.();
  }

  function own(itt: number, owner: TagOwner): void {
    if (end !== undefined) owner.fail(end);
    else owners.set(itt, owner);
  }

  function disown(itt: number): void {
    owners.delete(itt);
    tasks.delete(itt);
  }

  /** A request that one answer of one kind ends. `check` looks at the answer as part of receiving it. */
  async function ask<Kind extends Answer['kind']>(
    kind: Kind,
    words: string,
    request: (itt: number, cmdSn: number) => Pdu,
    { itt = newTag(), immediate = true, check }: AskOptions<Kind> = {},
  ): Promise<AnswerOf<Kind>> {
    const answered = newDeferred<AnswerOf<Kind>>();
    own(itt, {
      onAnswer(answer) {
        if (answer.kind !== kind) breach('task tag', `a ${answer.kind} has the tag of ${words}`);
        if (answer.kind !== 'text-response' && !answer.final) breach('final bit', `a ${answer.kind} has no F`);
        check?.(answer as AnswerOf<Kind>);
        disown(itt);
        answered.resolve(answer as AnswerOf<Kind>);
      },
      onReject(reject) {
        answered.reject(new Rejected(reject));
        return true;
      },
      fail: answered.reject,
    });
    sendInOrder(immediate, (cmdSn) => send(request(itt, cmdSn)));
    return within(answered.promise, patience?.(), words);
  }

  function begin(command: ScsiCommand, commandOptions: CommandOptions = {}): ScsiTask {
    const itt = newTag();
    const driven = newTask(command, itt, parameters, commandOptions, send, breach, () => disown(itt));
    own(itt, driven);
    if (end !== undefined) return driven.task;
    tasks.set(itt, driven);
    sendInOrder(commandOptions.immediate === true, (cmdSn) => driven.start(cmdSn));
    return driven.task;
  }

  function execute(command: ScsiCommand, commandOptions?: CommandOptions): Promise<ScsiResult> {
    const opcode = (command.cdb[0] ?? 0).toString(16).padStart(2, '0');
    return within(begin(command, commandOptions).done, patience?.(), `the answer to SCSI command ${opcode}`);
  }

  async function nop(data: Uint8Array = Buffer.alloc(0), { immediate = true } = {}): Promise<Buffer> {
    const ping = Buffer.from(data);
    const answer = await ask(
      'nop-in',
      'the answer to a NOP-Out',
      (itt, cmdSn) => makePdu('nop-out', { immediate, final: true, itt, ttt: noTag, cmdSn, data: ping }),
      {
        immediate,
        check(pong) {
          if (pong.ttt !== noTag) breach('transfer tag', 'a NOP-In that answers has a transfer tag');
          const due = ping.subarray(0, parameters.maxRecvDataSegmentLength);
          if (!pong.data.equals(due)) breach('data length', 'a NOP-In does not echo the data');
        },
      },
    );
    return answer.data;
  }

  async function manage(
    name: TaskFunction,
    target: { readonly lun?: number | Buffer; readonly task?: ScsiTask } = {},
  ): Promise<number> {
    const lun = target.lun === undefined ? (target.task?.lun ?? Buffer.alloc(8)) : target.lun;
    const unit = typeof lun === 'number' ? encodeLun(lun) : lun;
    const itt = target.task?.itt ?? noTag;
    let ownCmdSn = 0;
    const answer = await ask('task-response', `the response to ${name}`, (tag, cmdSn) => {
      ownCmdSn = cmdSn;
      return makePdu('task-request', {
        immediate: true,
        final: true,
        function: taskFunctions[name],
        lun: unit,
        itt: tag,
        referencedTag: name === 'abort task' || name === 'task reassign' ? itt : noTag,
        refCmdSn: name === 'abort task' ? (target.task?.cmdSn ?? 0) : 0,
        cmdSn,
      });
    });
    if (answer.response === 0) endTasks(name, { itt, lun: unit }, ownCmdSn);
    return answer.response;
  }

  /** Only commands that were sent before the function are in its reach. */
  function endTasks(name: TaskFunction, target: { readonly itt: number; readonly lun: Buffer }, cmdSn: number): void {
    for (const [itt, driven] of [...tasks]) {
      const number = driven.task.cmdSn;
      if (number === undefined || !isBefore(number, cmdSn) || !isEndedBy(name, driven.task, target)) continue;
      disown(itt);
      aborted.add(itt);
      driven.fail(new TaskAborted(`${name} ended the task`));
    }
  }

  async function text(pairs: readonly Pair[], { textBytes = 8192 } = {}): Promise<Pair[]> {
    const limit = Math.min(textBytes, parameters.targetMaxRecvDataSegmentLength);
    const pieces = cutText(encodePairs(pairs), limit);
    const tag = newTag();
    const received: Buffer[] = [];
    let ttt = noTag;

    async function turn(data: Buffer, more: boolean): Promise<void> {
      const answer = await ask(
        'text-response',
        'the answer to a text',
        (itt, cmdSn) => makePdu('text-request', { immediate: true, final: !more, more, itt, ttt, cmdSn, data }),
        {
          itt: tag,
          check(response) {
            const isLast = response.ttt === noTag;
            if (response.final !== isLast) breach('transfer tag', 'F and transfer tag of a text disagree');
            if (response.final && response.more) breach('text', 'a Text Response has both F and C');
            if (more && (isLast || response.data.length > 0)) breach('text', 'a text was answered before its end');
          },
        },
      );
      ttt = answer.ttt;
      received.push(answer.data);
    }

    for (const [index, piece] of pieces.entries()) await turn(piece, index < pieces.length - 1);
    while (ttt !== noTag) await turn(Buffer.alloc(0), false);
    try {
      return decodePairs(Buffer.concat(received));
    } catch (error) {
      throw new ProtocolViolation('text', error instanceof Error ? error.message : String(error));
    }
  }

  async function logout(reason = 0): Promise<number> {
    const answer = await ask('logout-response', 'the answer to a logout', (itt, cmdSn) =>
      makePdu('logout-request', { immediate: true, final: true, reason, itt, cid: start.cid, cmdSn }),
    );
    if (answer.response !== 0) return answer.response;
    isLoggedOut = true;
    // Either side may close first once the logout is through.
    connection.halfClose();
    await within(connection.closed, patience?.(), 'the target to close the connection after a logout');
    return answer.response;
  }

  function onFrame({ header, pdu }: Frame): void {
    if (!isAnswer(pdu)) {
      const words = pdu.kind === 'unknown' ? `opcode ${pdu.opcode}` : `a ${pdu.kind}`;
      breach('opcode', `${words} came in full feature phase`);
      return;
    }
    if (isLoggedOut) breach('close after logout', `a ${pdu.kind} came after the logout`);
    if (pdu.immediate) breach('immediate bit', `a ${pdu.kind} has the I bit`);
    const reserved = reservedBytesSet(header, pdu);
    if (reserved.length > 0) breach('reserved field', `a ${pdu.kind} has bits set in reserved bytes ${reserved}`);
    sequence.check(pdu);
    route(pdu);
    sendQueued();
  }

  function route(answer: Answer): void {
    if (answer.kind === 'async') {
      if (answer.itt !== noTag) breach('task tag', 'an Async Message has a task tag');
      if (!answer.final) breach('final bit', 'an Async Message has no F');
      asyncMessages.put(answer);
      return;
    }
    if (answer.kind === 'reject') {
      onReject(answer);
      return;
    }
    if (answer.kind === 'nop-in' && answer.itt === noTag) {
      onPing(answer);
      return;
    }
    const owner = owners.get(answer.itt);
    if (owner !== undefined) owner.onAnswer(answer);
    else if (aborted.has(answer.itt)) breach('abort', `a ${answer.kind} came for a task that was aborted`);
    else if (!rejected.has(answer.itt)) breach('task tag', `a ${answer.kind} has the unknown tag ${answer.itt}`);
  }

  function onPing(ping: PduOf<'nop-in'>): void {
    if (!ping.final) breach('final bit', 'a NOP-In has no F');
    if (ping.data.length > 0) breach('data length', 'a NOP-In of the target itself has data');
    pings.put(ping);
    if (ping.ttt === noTag || options.answerNopIn === false) return;
    const { ttt, lun } = ping;
    send(makePdu('nop-out', { immediate: true, final: true, itt: noTag, ttt, lun, cmdSn: sequence.nextCmdSn }));
  }

  function onReject(reject: PduOf<'reject'>): void {
    if (!reject.final) breach('final bit', 'a Reject has no F');
    if (reject.itt !== noTag) breach('task tag', 'a Reject has a task tag');
    if (reject.data.length < 48) breach('reject', `a Reject has ${reject.data.length} bytes of the rejected header`);
    rejects.put(reject);
    if (reject.data.length < 20) return;
    const itt = reject.data.readUInt32BE(16);
    if (owners.get(itt)?.onReject(reject, reject.data.readUInt8(0) & 0x3f)) {
      disown(itt);
      rejected.add(itt);
    }
  }

  /** Ends everything that waits. */
  function onEnd(cause: Error): void {
    end = cause;
    queue = [];
    const waiting = [...owners.values()];
    owners.clear();
    tasks.clear();
    for (const owner of waiting) owner.fail(cause);
    for (const box of [asyncMessages, pings, rejects]) box.close(cause);
  }

  const raw: RawAccess = {
    connection,
    newTag,
    numbers: () => ({ cmdSn: sequence.nextCmdSn, expStatSn: sequence.expStatSn }),
    get maxCmdSn() {
      return sequence.maxCmdSn;
    },
    send(pdu, corruptResponse) {
      if (!pdu.immediate && 'cmdSn' in pdu && pdu.cmdSn === sequence.nextCmdSn) sequence.take();
      connection.send(pdu, corruptResponse);
    },
    watch(itt) {
      const box = newMailbox<Pdu>();
      own(itt, {
        onAnswer: (answer) => box.put(answer),
        onReject(reject) {
          box.put(reject);
          return false;
        },
        fail: (error) => box.close(error),
      });
      return {
        next: (signal) => observed(box.take(signal)),
        get waiting() {
          return box.size;
        },
      };
    },
  };

  connection.listen(onFrame, onEnd);

  return {
    login: start,
    parameters,
    execute,
    perform: async (command, commandOptions) => demandGood(await execute(command, commandOptions)),
    begin,
    nop,
    manage,
    text,
    logout,
    close: () => connection.destroy(new ConnectionClosed('the initiator closed the session')),
    closed: connection.closed,
    get isClosed() {
      return connection.isClosed;
    },
    asyncMessages,
    pings,
    rejects,
    tolerated: connection.tolerated,
    raw,
  };
}
