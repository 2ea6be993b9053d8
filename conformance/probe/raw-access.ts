import type { Connection } from './connection.js';
import type { ResponseCorruption } from './framing.js';
import type { InitiatorTags } from './initiator-tags.js';
import { type Mailbox, newMailbox } from './mailbox.js';
import { type Observation, observed } from './observation.js';
import type { Pdu } from './pdu.js';
import type { Sequence } from './sequence.js';

/** Sends what no session would send. */
export class RawAccess {
  constructor(
    readonly connection: Connection,
    private readonly sequence: Sequence,
    private readonly tags: InitiatorTags,
  ) {}

  /** An unused tag. */
  newTag(): number {
    return this.tags.next();
  }

  /** The numbers that the next request would carry. */
  numbers(): { readonly cmdSn: number; readonly expStatSn: number } {
    return { cmdSn: this.sequence.nextCmdSn, expStatSn: this.sequence.expStatSn };
  }

  /** The last command number that the target's window takes. */
  get maxCmdSn(): number {
    return this.sequence.maxCmdSn;
  }

  /** Sends a PDU as it is. A command with the next CmdSN and without the I bit uses that number up. */
  send(pdu: Pdu, corruptResponse?: ResponseCorruption): void {
    if (!pdu.immediate && 'cmdSn' in pdu && pdu.cmdSn === this.sequence.nextCmdSn) this.sequence.take();
    this.connection.send(pdu, corruptResponse);
  }

  /** Receives all that has the tag, which the session no longer cares for. */
  watch(itt: number): Watch {
    const received = newMailbox<Pdu>();
    this.tags.own(itt, {
      onAnswer: (answer) => received.put(answer),
      onReject(reject) {
        received.put(reject);
        return false;
      },
      fail: (error) => received.close(error),
    });
    return new Watch(received);
  }
}

/** What came for one tag. */
export class Watch {
  constructor(private readonly received: Mailbox<Pdu>) {}

  /** The next PDU that has come or comes; a Reject of something with the tag counts too. */
  next(signal?: AbortSignal): Promise<Observation> {
    return observed(this.received.take(signal));
  }

  /** How many PDUs have come and were not taken yet. */
  get waiting(): number {
    return this.received.size;
  }
}
