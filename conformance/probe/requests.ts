import { type Patience, within } from '../runtime/patience.js';
import type { Connection } from './connection.js';
import { newDeferred } from './deferred.js';
import { Rejected } from './errors.js';
import type { InitiatorTags } from './initiator-tags.js';
import type { Pdu } from './pdu.js';
import type { RequestSender } from './request-sender.js';
import type { Answer } from './sequence.js';

type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

interface AskOptions<Kind extends Answer['kind']> {
  /** The tag, where the request continues an exchange that has one. */
  readonly itt?: number;
  /** Outside of the command window. True by default. */
  readonly immediate?: boolean;
  /** Checks the answer as part of receiving it. */
  readonly check?: (answer: AnswerOf<Kind>) => void;
}

/** Requests that one answer of one kind ends: all but SCSI commands. */
export class Requests {
  constructor(
    private readonly tags: InitiatorTags,
    private readonly sender: RequestSender,
    private readonly breach: Connection['breach'],
    private readonly patience: Patience | undefined,
  ) {}

  /**
   * Sends the request that `request` makes and resolves with the answer. Rejects with Rejected, Timeout, or what ended
   * the session. `words` name the answer in errors.
   */
  async ask<Kind extends Answer['kind']>(
    kind: Kind,
    words: string,
    request: (itt: number, cmdSn: number) => Pdu,
    { itt = this.tags.next(), immediate = true, check }: AskOptions<Kind> = {},
  ): Promise<AnswerOf<Kind>> {
    const { tags, breach } = this;
    const answered = newDeferred<AnswerOf<Kind>>();
    tags.own(itt, {
      onAnswer(answer) {
        if (answer.kind !== kind) breach('task tag', `a ${answer.kind} has the tag of ${words}`);
        if (answer.kind !== 'text-response' && !answer.final) breach('final bit', `a ${answer.kind} has no F`);
        check?.(answer as AnswerOf<Kind>);
        tags.release(itt);
        answered.resolve(answer as AnswerOf<Kind>);
      },
      onReject(reject) {
        answered.reject(new Rejected(reject));
        return true;
      },
      fail: answered.reject,
    });
    this.sender.sendInOrder(immediate, (cmdSn) => this.sender.send(request(itt, cmdSn)));
    return within(answered.promise, this.patience?.(), words);
  }
}
