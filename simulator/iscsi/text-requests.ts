import { negotiate, type SessionParameters } from './negotiation.js';
import { formatText, parseText, TextError } from './text-keys.js';

/** Bytes of text that one request may have in all. */
const mostTextBytes = 65_536;

type Pairs = readonly (readonly [string, string])[];

/** What a text request is answered with: some text, more of which may follow; nothing yet; or not at all. */
export type TextAnswer =
  | { readonly kind: 'text'; readonly piece: Buffer; readonly isLast: boolean }
  | { readonly kind: 'goOn' }
  | { readonly kind: 'protocolError' }
  | { readonly kind: 'invalidField' };

/** The text requests of a session: which targets there are, and what may still be changed after login. */
export class TextRequests {
  private given: Buffer[] = [];
  private givenBytes = 0;
  private unsent: Buffer = Buffer.alloc(0);

  constructor(
    private readonly parameters: SessionParameters,
    /** What SendTargets is answered with; undefined rejects it. */
    private readonly targetsFor: (value: string) => Pairs | undefined,
  ) {}

  /** Answers one PDU. `continues`: the request goes on in the next; `asksForMore`: it only wants the rest of the answer. */
  answer(data: Buffer, continues: boolean, asksForMore: boolean): TextAnswer {
    if (asksForMore && this.unsent.length > 0) return this.nextPiece();
    this.givenBytes += data.length;
    if (this.givenBytes > mostTextBytes) {
      this.forget();
      return { kind: 'protocolError' };
    }
    this.given.push(Buffer.from(data));
    if (continues) return { kind: 'goOn' };
    const whole = Buffer.concat(this.given);
    this.forget();
    try {
      const answers: (readonly [string, string])[] = [];
      for (const [key, value] of parseText(whole)) {
        const said = this.answerTo(key, value);
        if (said === undefined) return { kind: 'invalidField' };
        answers.push(...said);
      }
      this.unsent = formatText(answers);
      return this.nextPiece();
    } catch (error) {
      if (error instanceof TextError) return { kind: 'protocolError' };
      throw error;
    }
  }

  private forget(): void {
    this.given = [];
    this.givenBytes = 0;
  }

  private answerTo(key: string, value: string): Pairs | undefined {
    if (key === 'SendTargets') return this.targetsFor(value);
    if (key === 'MaxRecvDataSegmentLength') {
      const refused = negotiate(key, value, this.parameters);
      return refused === undefined ? [] : [[key, refused]];
    }
    if (key === 'InitiatorAlias') return [];
    if (/^X[-#]/.test(key)) return [[key, 'NotUnderstood']];
    // All else was agreed on at login, or is no key at all.
    return undefined;
  }

  /** As much as the initiator takes in one PDU. */
  private nextPiece(): TextAnswer {
    const piece = this.unsent.subarray(0, this.parameters.initiatorDataBytes);
    this.unsent = this.unsent.subarray(piece.length);
    return { kind: 'text', piece, isLast: this.unsent.length === 0 };
  }
}
