import type { Connection } from './connection.js';
import { ProtocolViolation } from './errors.js';
import { makePdu, type PduOf } from './pdu.js';
import type { Requests } from './requests.js';
import { noTag } from './serial.js';
import { cutText, decodePairs, encodePairs, type Pair } from './text-keys.js';

/**
 * Sends pairs in Text Requests of at most `limitBytes` each and resolves with the pairs of the answer (RFC 7143, 11.10).
 * Rejects with Rejected, or ProtocolViolation when the answer is not a text.
 */
export async function exchangeText(
  requests: Requests,
  itt: number,
  breach: Connection['breach'],
  pairs: readonly Pair[],
  limitBytes: number,
): Promise<Pair[]> {
  const pieces = cutText(encodePairs(pairs), limitBytes);
  const received: Buffer[] = [];
  let ttt = noTag;

  async function sendPiece(data: Buffer, more: boolean): Promise<void> {
    const answer = await requests.ask(
      'text-response',
      'the answer to a text',
      (tag, cmdSn) => makePdu('text-request', { immediate: true, final: !more, more, itt: tag, ttt, cmdSn, data }),
      { itt, check: (response) => checkTextResponse(response, more, breach) },
    );
    ttt = answer.ttt;
    received.push(answer.data);
  }

  for (const [index, piece] of pieces.entries()) await sendPiece(piece, index < pieces.length - 1);
  while (ttt !== noTag) await sendPiece(Buffer.alloc(0), false);
  try {
    return decodePairs(Buffer.concat(received));
  } catch (error) {
    throw new ProtocolViolation('text', error instanceof Error ? error.message : String(error));
  }
}

/** `more`: whether the request announced more text. */
function checkTextResponse(response: PduOf<'text-response'>, more: boolean, breach: Connection['breach']): void {
  const isLast = response.ttt === noTag;
  if (response.final !== isLast) breach('transfer tag', 'F and transfer tag of a text disagree');
  if (response.final && response.more) breach('text', 'a Text Response has both F and C');
  if (more && (isLast || response.data.length > 0)) breach('text', 'a text was answered before its end');
}
