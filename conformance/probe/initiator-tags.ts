import type { PduOf } from './pdu.js';
import type { Answer } from './sequence.js';
import { noTag } from './serial.js';

/** What an answer with an initiator task tag is handed to. */
export interface TagOwner {
  onAnswer(answer: Answer): void;
  /** Says whether the tag is done with. */
  onReject(reject: PduOf<'reject'>, rejectedOpcode: number): boolean;
  fail(error: Error): void;
}

/** The initiator task tags of a session: their owners, and those that ended without an answer. */
export class InitiatorTags {
  private readonly owners = new Map<number, TagOwner>();
  private readonly aborted = new Set<number>();
  private readonly rejected = new Set<number>();
  private last = 0;
  private end: Error | undefined;

  /** An unused tag. */
  next(): number {
    do this.last = (this.last + 1) >>> 0;
    while (this.last === noTag || this.owners.has(this.last));
    return this.last;
  }

  /** Gives a tag to its owner. When the session has ended the owner fails instead, and the answer is false. */
  own(itt: number, owner: TagOwner): boolean {
    if (this.end === undefined) this.owners.set(itt, owner);
    else owner.fail(this.end);
    return this.end === undefined;
  }

  ownerOf(itt: number): TagOwner | undefined {
    return this.owners.get(itt);
  }

  release(itt: number): void {
    this.owners.delete(itt);
  }

  /** Releases the tag of a task that was aborted: the target owes it nothing, not even an answer. */
  abort(itt: number): void {
    this.release(itt);
    this.aborted.add(itt);
  }

  /** Releases the tag of a request that was rejected: a late status for it is allowed. */
  reject(itt: number): void {
    this.release(itt);
    this.rejected.add(itt);
  }

  isAborted(itt: number): boolean {
    return this.aborted.has(itt);
  }

  isRejected(itt: number): boolean {
    return this.rejected.has(itt);
  }

  /** Fails every owner, now and from now on. */
  endAll(cause: Error): void {
    this.end = cause;
    const waiting = [...this.owners.values()];
    this.owners.clear();
    for (const owner of waiting) owner.fail(cause);
  }
}
