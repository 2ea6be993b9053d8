import type { Connection } from './connection.js';
import type { Pdu } from './pdu.js';
import type { Sequence } from './sequence.js';

/** Sends a session's requests as the target's command window takes them. */
export class RequestSender {
  private queue: (() => void)[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly sequence: Sequence,
  ) {}

  /** Sends at once. Every request acknowledges what has come so far. */
  send(pdu: Pdu): void {
    this.connection.send('expStatSn' in pdu ? { ...pdu, expStatSn: this.sequence.expStatSn } : pdu);
  }

  /** Calls `sending` when the window takes a command; for an immediate one at once, with the number of the next. */
  sendInOrder(immediate: boolean, sending: (cmdSn: number) => void): void {
    if (immediate) sending(this.sequence.nextCmdSn);
    else if (this.queue.length === 0 && this.sequence.isOpen) sending(this.sequence.take());
    else this.queue.push(() => sending(this.sequence.take()));
  }

  /** Sends what waits, as far as the window has opened. */
  sendQueued(): void {
    while (this.queue.length > 0 && this.sequence.isOpen) this.queue.shift()?.();
  }

  /** Forgets what waits. */
  clear(): void {
    this.queue = [];
  }
}
