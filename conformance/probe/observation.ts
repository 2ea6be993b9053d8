import { Timeout } from '../runtime/patience.js';
import type { Connection } from './connection.js';
import { ConnectionClosed, ProtocolViolation } from './errors.js';
import type { Pdu, PduOf } from './pdu.js';

/** What a target did after it was sent something: answered, rejected it, closed the connection, or nothing in time. */
export type Observation =
  | { readonly kind: 'answer'; readonly pdu: Pdu }
  | { readonly kind: 'reject'; readonly pdu: PduOf<'reject'> }
  | { readonly kind: 'closed'; readonly cause: Error }
  | { readonly kind: 'silence' };

/** The next thing that happens on a connection, while the signal lasts. Rejects with ProtocolViolation only. */
export function observe(connection: Connection, signal?: AbortSignal): Promise<Observation> {
  return observed(connection.receive(signal).then(({ pdu }) => pdu));
}

/** Tells what a promise of a PDU came to. */
export async function observed(answer: Promise<Pdu>): Promise<Observation> {
  try {
    const pdu = await answer;
    return pdu.kind === 'reject' ? { kind: 'reject', pdu } : { kind: 'answer', pdu };
  } catch (error) {
    if (error instanceof Timeout) return { kind: 'silence' };
    if (error instanceof ConnectionClosed && !(error instanceof ProtocolViolation))
      return { kind: 'closed', cause: error };
    throw error;
  }
}
