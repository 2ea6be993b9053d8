import { connect, type Socket } from 'node:net';
import { type Patience, within } from '../runtime/patience.js';
import { type Deferred, newDeferred } from './deferred.js';
import { ConnectionClosed, ProtocolViolation, type Rule } from './errors.js';
import {
  type Digests,
  encodeFrame,
  type Frame,
  newFrameReader,
  noDigests,
  type ResponseCorruption,
} from './framing.js';
import type { Pdu } from './pdu.js';
import { formatPortal, type Portal } from './portal.js';

/** A TCP connection that speaks in PDUs, with no idea of what is allowed when: the raw access to a target. */
export interface Connection {
  readonly portal: Portal;
  /** Digests of both directions, from the next PDU on. */
  digests: Digests;
  /** The longest data segment the target may send: what this side declared. */
  maxDataBytes: number;
  /** Sends a PDU as it is, or spoilt. */
  send(pdu: Pdu, corruptResponse?: ResponseCorruption): void;
  /** Sends any bytes at all. */
  sendBytes(bytes: Uint8Array): void;
  /** The next PDU. Rejects with ConnectionClosed, ProtocolViolation or Timeout. */
  receive(signal?: AbortSignal): Promise<Frame>;
  /** From now on each PDU goes there, and the end of the connection to `onEnd`, once. */
  listen(onFrame: (frame: Frame) => void, onEnd: (cause: Error) => void): void;
  /** Reports a breach: throws it, or notes it where the rule is tolerated. */
  breach(rule: Rule, words: string): void;
  /** Breaches of tolerated rules, in order. */
  readonly tolerated: readonly ProtocolViolation[];
  /** Stops and resumes reading, so that the target's sending stalls. */
  pause(): void;
  resume(): void;
  /** Says that nothing more will be sent; what the target still sends is received. */
  halfClose(): void;
  /** Resolves when the connection has ended, by either side, with the reason. */
  readonly closed: Promise<Error>;
  /** Ends the connection at once, with a reset where the system can. */
  destroy(cause?: Error): void;
  /** Whether it has ended. */
  readonly isClosed: boolean;
}

/** The longest data segment before anything was declared (RFC 7143, 13.12). */
export const undeclaredDataBytes = 8192;

/** Opens a TCP connection to a portal. Rejects with ConnectionClosed when no one answers there, or Timeout. */
export async function openConnection(
  portal: Portal,
  options: { readonly patience?: Patience; readonly tolerate?: readonly Rule[] } = {},
): Promise<Connection> {
  const socket = connect({ host: portal.host, port: portal.port, noDelay: true });
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (error) =>
      reject(new ConnectionClosed(`no connection to ${formatPortal(portal)}: ${error.message}`, { cause: error })),
    );
  });
  try {
    await within(opened, options.patience?.(), `a connection to ${formatPortal(portal)}`);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return newConnection(socket, portal, new Set(options.tolerate));
}

function newConnection(socket: Socket, portal: Portal, tolerate: ReadonlySet<Rule>): Connection {
  const tolerated: ProtocolViolation[] = [];
  const reader = newFrameReader(breach);
  const closed = newDeferred<Error>();
  let end: Error | undefined;
  let waiting: Deferred<Frame> | undefined;
  let onFrame: ((frame: Frame) => void) | undefined;

  function breach(rule: Rule, words: string): void {
    const violation = new ProtocolViolation(rule, words);
    if (!tolerate.has(rule)) throw violation;
    tolerated.push(violation);
  }

  /** Hands out what has come, one PDU at a time: a digest may start between two of them. */
  function deliver(): void {
    try {
      while (onFrame !== undefined || waiting !== undefined) {
        const frame = reader.next(connection.digests, connection.maxDataBytes);
        if (frame === undefined) break;
        const waiter = waiting;
        waiting = undefined;
        if (onFrame) onFrame(frame);
        else waiter?.resolve(frame);
      }
    } catch (error) {
      // Nothing behind a breach is looked at: what it means is no longer certain.
      onFrame = undefined;
      const cause = error instanceof Error ? error : new Error(String(error));
      waiting?.reject(cause);
      waiting = undefined;
      connection.destroy(cause);
    }
    if (end !== undefined) {
      waiting?.reject(end);
      waiting = undefined;
    }
  }

  function finish(cause: Error): void {
    if (end !== undefined) return;
    end = cause;
    deliver();
    closed.resolve(cause);
  }

  socket.on('data', (chunk: Buffer) => {
    reader.push(chunk);
    deliver();
  });
  socket.on('error', (error) => finish(new ConnectionClosed(`connection lost: ${error.message}`, { cause: error })));
  socket.on('end', () => {
    const rest = reader.pendingBytes > 0 ? `, ${reader.pendingBytes} bytes into a PDU` : '';
    finish(new ConnectionClosed(`the target closed the connection${rest}`));
  });
  socket.on('close', () => finish(new ConnectionClosed('the connection is closed')));

  const connection: Connection = {
    portal,
    digests: noDigests,
    maxDataBytes: undeclaredDataBytes,
    send(pdu, corruptResponse) {
      socket.cork();
      for (const part of encodeFrame(pdu, connection.digests, corruptResponse)) socket.write(part);
      socket.uncork();
    },
    sendBytes(bytes) {
      socket.write(bytes);
    },
    receive(signal) {
      if (waiting !== undefined || onFrame !== undefined) throw new Error('another caller already waits for a PDU');
      const mine = newDeferred<Frame>();
      waiting = mine;
      deliver();
      return within(mine.promise, signal, 'a PDU').finally(() => {
        if (waiting === mine) waiting = undefined;
      });
    },
    listen(frameListener, endListener) {
      onFrame = frameListener;
      deliver();
      closed.promise.then(endListener);
    },
    breach,
    tolerated,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    halfClose: () => void socket.end(),
    closed: closed.promise,
    destroy(cause = new ConnectionClosed('the initiator closed the connection')) {
      finish(cause);
      socket.destroy();
    },
    get isClosed() {
      return end !== undefined;
    },
  };
  return connection;
}
