import { type Patience, within } from '../runtime/patience.js';
import { AnswerRouter } from './answer-router.js';
import type { Connection } from './connection.js';
import { ConnectionClosed, type ProtocolViolation } from './errors.js';
import { InitiatorTags } from './initiator-tags.js';
import type { LoginResult } from './login.js';
import { encodeLun } from './lun.js';
import type { Mailbox } from './mailbox.js';
import type { Parameters } from './parameters.js';
import { makePdu, type PduOf } from './pdu.js';
import { RawAccess } from './raw-access.js';
import { RequestSender } from './request-sender.js';
import { Requests } from './requests.js';
import { type CommandOptions, demandGood, type ScsiCommand, type ScsiResult, type ScsiTask } from './scsi-command.js';
import { ScsiTasks } from './scsi-tasks.js';
import { newSequence } from './sequence.js';
import { noTag } from './serial.js';
import { type TaskFunction, taskFunctions } from './task-management.js';
import { exchangeText } from './text-exchange.js';
import type { Pair } from './text-keys.js';

export interface SessionOptions {
  readonly patience?: Patience;
  /** Whether the target's own NOP-In is answered. True by default. */
  readonly answerNopIn?: boolean;
}

/** A logged-in session of one connection, in full feature phase. */
export class ProbeSession {
  /** Anything at all, in the midst of the session. */
  readonly raw: RawAccess;
  private readonly tags = new InitiatorTags();
  private readonly requests: Requests;
  private readonly tasks: ScsiTasks;
  private readonly router: AnswerRouter;
  private readonly patience: Patience | undefined;

  /** Runs a session on a connection that has logged in. */
  constructor(
    private readonly connection: Connection,
    readonly login: LoginResult,
    { patience, answerNopIn = true }: SessionOptions = {},
  ) {
    const { breach } = connection;
    const sequence = newSequence(login, breach);
    const sender = new RequestSender(connection, sequence);
    this.patience = patience;
    this.raw = new RawAccess(connection, sequence, this.tags);
    this.requests = new Requests(this.tags, sender, breach, patience);
    this.tasks = new ScsiTasks(this.tags, sender, login.parameters, breach);
    this.router = new AnswerRouter(sequence, this.tags, sender, breach, answerNopIn);
    connection.listen(
      (frame) => this.router.receive(frame),
      (cause) => {
        sender.clear();
        this.tags.endAll(cause);
        this.router.close(cause);
      },
    );
  }

  get parameters(): Parameters {
    return this.login.parameters;
  }

  /** Async messages, in order. */
  get asyncMessages(): Mailbox<PduOf<'async'>> {
    return this.router.asyncMessages;
  }

  /** NOP-Ins that the target sent of its own accord, answered or not. */
  get pings(): Mailbox<PduOf<'nop-in'>> {
    return this.router.pings;
  }

  /** Every Reject, also those that failed a request. */
  get rejects(): Mailbox<PduOf<'reject'>> {
    return this.router.rejects;
  }

  /** Breaches of tolerated rules. */
  get tolerated(): readonly ProtocolViolation[] {
    return this.connection.tolerated;
  }

  /** Carries a command out. Any SCSI status is a result; see ScsiTask.done for what rejects. */
  execute(command: ScsiCommand, options?: CommandOptions): Promise<ScsiResult> {
    const opcode = (command.cdb[0] ?? 0).toString(16).padStart(2, '0');
    return within(this.begin(command, options).done, this.patience?.(), `the answer to SCSI command ${opcode}`);
  }

  /** As `execute`, and rejects with CheckCondition or CommandFailed when the status isn't GOOD. */
  async perform(command: ScsiCommand, options?: CommandOptions): Promise<ScsiResult> {
    return demandGood(await this.execute(command, options));
  }

  /** Begins a command without waiting for its end: for task management. */
  begin(command: ScsiCommand, options?: CommandOptions): ScsiTask {
    return this.tasks.begin(command, options);
  }

  /** NOP-Out; resolves with the data that came back, which is what went out as far as it fits. */
  async nop(data: Uint8Array = Buffer.alloc(0), { immediate = true } = {}): Promise<Buffer> {
    const ping = Buffer.from(data);
    const answer = await this.requests.ask(
      'nop-in',
      'the answer to a NOP-Out',
      (itt, cmdSn) => makePdu('nop-out', { immediate, final: true, itt, ttt: noTag, cmdSn, data: ping }),
      { immediate, check: (pong) => this.checkEcho(pong, ping) },
    );
    return answer.data;
  }

  /**
   * A task management function; resolves with the target's response, see `taskResponses`. The tasks that a completed
   * function ended reject with TaskAborted, and an answer to one of them is a violation from then on.
   */
  async manage(
    name: TaskFunction,
    { lun, task }: { readonly lun?: number | Buffer; readonly task?: ScsiTask } = {},
  ): Promise<number> {
    const unit = typeof lun === 'number' ? encodeLun(lun) : (lun ?? task?.lun ?? Buffer.alloc(8));
    const referenced = task?.itt ?? noTag;
    let ownCmdSn = 0;
    const answer = await this.requests.ask('task-response', `the response to ${name}`, (itt, cmdSn) => {
      ownCmdSn = cmdSn;
      return makePdu('task-request', {
        immediate: true,
        final: true,
        function: taskFunctions[name],
        lun: unit,
        itt,
        referencedTag: name === 'abort task' || name === 'task reassign' ? referenced : noTag,
        refCmdSn: name === 'abort task' ? (task?.cmdSn ?? 0) : 0,
        cmdSn,
      });
    });
    if (answer.response === 0) this.tasks.endBy(name, { itt: referenced, lun: unit }, ownCmdSn);
    return answer.response;
  }

  /** Text negotiation; long texts go and come in several PDUs. Rejects with Rejected. */
  text(pairs: readonly Pair[], { textBytes = 8192 }: { readonly textBytes?: number } = {}): Promise<Pair[]> {
    const limitBytes = Math.min(textBytes, this.parameters.targetMaxRecvDataSegmentLength);
    return exchangeText(this.requests, this.tags.next(), this.connection.breach, pairs, limitBytes);
  }

  /** Logout; resolves with the response, 0 for success, once the connection is closed. Reason 0 by default. */
  async logout(reason = 0): Promise<number> {
    const { cid } = this.login;
    const { response } = await this.requests.ask('logout-response', 'the answer to a logout', (itt, cmdSn) =>
      makePdu('logout-request', { immediate: true, final: true, reason, itt, cid, cmdSn }),
    );
    if (response !== 0) return response;
    this.router.isLoggedOut = true;
    // Either side may close first once the logout is through.
    this.connection.halfClose();
    await within(this.closed, this.patience?.(), 'the target to close the connection after a logout');
    return response;
  }

  /** Ends the connection without a logout. */
  close(): void {
    this.connection.destroy(new ConnectionClosed('the initiator closed the session'));
  }

  /** Resolves with the reason when the connection has ended. */
  get closed(): Promise<Error> {
    return this.connection.closed;
  }

  get isClosed(): boolean {
    return this.connection.isClosed;
  }

  private checkEcho(pong: PduOf<'nop-in'>, ping: Buffer): void {
    const { breach } = this.connection;
    if (pong.ttt !== noTag) breach('transfer tag', 'a NOP-In that answers has a transfer tag');
    const due = ping.subarray(0, this.parameters.maxRecvDataSegmentLength);
    if (!pong.data.equals(due)) breach('data length', 'a NOP-In does not echo the data');
  }
}
