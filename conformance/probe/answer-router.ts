import type { Connection } from './connection.js';
import type { Frame } from './framing.js';
import type { InitiatorTags } from './initiator-tags.js';
import { newMailbox } from './mailbox.js';
import { makePdu, type PduOf, reservedBytesSet } from './pdu.js';
import type { RequestSender } from './request-sender.js';
import { type Answer, isAnswer, type Sequence } from './sequence.js';
import { noTag } from './serial.js';

/** Checks each PDU that comes in full feature phase and hands it to the owner of its tag. */
export class AnswerRouter {
  /** Async messages, in order. */
  readonly asyncMessages = newMailbox<PduOf<'async'>>();
  /** NOP-Ins that the target sent of its own accord, answered or not. */
  readonly pings = newMailbox<PduOf<'nop-in'>>();
  /** Every Reject, also those that failed a request. */
  readonly rejects = newMailbox<PduOf<'reject'>>();
  /** Set when a logout succeeded: the target may send nothing more. */
  isLoggedOut = false;

  constructor(
    private readonly sequence: Sequence,
    private readonly tags: InitiatorTags,
    private readonly sender: RequestSender,
    private readonly breach: Connection['breach'],
    private readonly answersNopIn: boolean,
  ) {}

  receive({ header, pdu }: Frame): void {
    const { breach } = this;
    if (!isAnswer(pdu)) {
      const words = pdu.kind === 'unknown' ? `opcode ${pdu.opcode}` : `a ${pdu.kind}`;
      breach('opcode', `${words} came in full feature phase`);
      return;
    }
    if (this.isLoggedOut) breach('close after logout', `a ${pdu.kind} came after the logout`);
    if (pdu.immediate) breach('immediate bit', `a ${pdu.kind} has the I bit`);
    const reserved = reservedBytesSet(header, pdu);
    if (reserved.length > 0) breach('reserved field', `a ${pdu.kind} has bits set in reserved bytes ${reserved}`);
    this.sequence.check(pdu);
    this.route(pdu);
    this.sender.sendQueued();
  }

  /** Nothing comes any more. */
  close(cause: Error): void {
    for (const mailbox of [this.asyncMessages, this.pings, this.rejects]) mailbox.close(cause);
  }

  private route(answer: Answer): void {
    if (answer.kind === 'async') this.onAsyncMessage(answer);
    else if (answer.kind === 'reject') this.onReject(answer);
    else if (answer.kind === 'nop-in' && answer.itt === noTag) this.onPing(answer);
    else this.toOwner(answer);
  }

  private toOwner(answer: Answer): void {
    const owner = this.tags.ownerOf(answer.itt);
    if (owner !== undefined) owner.onAnswer(answer);
    else if (this.tags.isAborted(answer.itt)) {
      this.breach('abort', `a ${answer.kind} came for a task that was aborted`);
    } else if (!this.tags.isRejected(answer.itt)) {
      this.breach('task tag', `a ${answer.kind} has the unknown tag ${answer.itt}`);
    }
  }

  private onAsyncMessage(message: PduOf<'async'>): void {
    if (message.itt !== noTag) this.breach('task tag', 'an Async Message has a task tag');
    if (!message.final) this.breach('final bit', 'an Async Message has no F');
    this.asyncMessages.put(message);
  }

  private onPing(ping: PduOf<'nop-in'>): void {
    if (!ping.final) this.breach('final bit', 'a NOP-In has no F');
    if (ping.data.length > 0) this.breach('data length', 'a NOP-In of the target itself has data');
    this.pings.put(ping);
    if (ping.ttt === noTag || !this.answersNopIn) return;
    const { ttt, lun } = ping;
    const cmdSn = this.sequence.nextCmdSn;
    this.sender.send(makePdu('nop-out', { immediate: true, final: true, itt: noTag, ttt, lun, cmdSn }));
  }

  private onReject(reject: PduOf<'reject'>): void {
    if (!reject.final) this.breach('final bit', 'a Reject has no F');
    if (reject.itt !== noTag) this.breach('task tag', 'a Reject has a task tag');
    if (reject.data.length < 48)
      this.breach('reject', `a Reject has ${reject.data.length} bytes of the rejected header`);
    this.rejects.put(reject);
    if (reject.data.length < 20) return;
    const itt = reject.data.readUInt32BE(16);
    const opcode = reject.data.readUInt8(0) & 0x3f;
    if (this.tags.ownerOf(itt)?.onReject(reject, opcode)) this.tags.reject(itt);
  }
}
