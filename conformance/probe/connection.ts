import { connect, type Socket } from 'node:net';
import { type Patience, within } from '../runtime/patience.js';
import { type Deferred, newDeferred } from './deferred.js';
import { ConnectionClosed, ProtocolViolation, type Rule } from './errors.js';
import {
  type Digests,
  encodeFrame,
  type Frame,
  type FrameReader,
  newFrameReader,
  noDigests,
  type ResponseCorruption,
} from './framing.js';
import type { Pdu } from './pdu.js';
import { formatPortal, type Portal } from './portal.js';

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
  return new Connection(socket, portal, new Set(options.tolerate));
}

/** A TCP connection that speaks in PDUs, with no idea of what is allowed when: the raw access to a target. */
export class Connection {
  /** Digests of both directions, from the next PDU on. */
  digests: Digests = noDigests;
  /** The longest data segment the target may send: what this side declared. */
  maxDataBytes = undeclaredDataBytes;
  /** Breaches of tolerated rules, in order. */
  readonly tolerated: ProtocolViolation[] = [];
  private readonly reader: FrameReader;
  private readonly ended = newDeferred<Error>();
  private end: Error | undefined;
  private waiting: Deferred<Frame> | undefined;
  private onFrame: ((frame: Frame) => void) | undefined;

  constructor(
    private readonly socket: Socket,
    readonly portal: Portal,
    private readonly tolerate: ReadonlySet<Rule>,
  ) {
    this.reader = newFrameReader(this.breach);
    socket.on('data', (chunk: Buffer) => {
      this.reader.push(chunk);
      this.deliver();
    });
    socket.on('error', (error) =>
      this.finish(new ConnectionClosed(`connection lost: ${error.message}`, { cause: error })),
    );
    socket.on('end', () => {
      const rest = this.reader.pendingBytes > 0 ? `, ${this.reader.pendingBytes} bytes into a PDU` : '';
      this.finish(new ConnectionClosed(`the target closed the connection${rest}`));
    });
    socket.on('close', () => this.finish(new ConnectionClosed('the connection is closed')));
  }

  /** Reports a breach: throws it, or notes it where the rule is tolerated. */
  readonly breach = (rule: Rule, words: string): void => {
    const violation = new ProtocolViolation(rule, words);
    if (!this.tolerate.has(rule)) throw violation;
    this.tolerated.push(violation);
  };

  /** Sends a PDU as it is, or spoilt. */
  send(pdu: Pdu, corruptResponse?: ResponseCorruption): void {
    this.socket.cork();
    for (const part of encodeFrame(pdu, this.digests, corruptResponse)) this.socket.write(part);
    this.socket.uncork();
  }

  /** Sends any bytes at all. */
  sendBytes(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** The next PDU. Rejects with ConnectionClosed, ProtocolViolation or Timeout. */
  receive(signal?: AbortSignal): Promise<Frame> {
    if (this.waiting !== undefined || this.onFrame !== undefined) {
      throw new Error('another caller already waits for a PDU');
    }
    const mine = newDeferred<Frame>();
    this.waiting = mine;
    this.deliver();
    return within(mine.promise, signal, 'a PDU').finally(() => {
      if (this.waiting === mine) this.waiting = undefined;
    });
  }

  /** From now on each PDU goes to `onFrame`, and the end of the connection to `onEnd`, once. */
  listen(onFrame: (frame: Frame) => void, onEnd: (cause: Error) => void): void {
    this.onFrame = onFrame;
    this.deliver();
    this.closed.then(onEnd);
  }

  /** Stops and resumes reading, so that the target's sending stalls. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Says that nothing more will be sent; what the target still sends is received. */
  halfClose(): void {
    this.socket.end();
  }

  /** Resolves when the connection has ended, by either side, with the reason. */
  get closed(): Promise<Error> {
    return this.ended.promise;
  }

  /** Ends the connection at once, with a reset where the system can. */
  destroy(cause: Error = new ConnectionClosed('the initiator closed the connection')): void {
    this.finish(cause);
    this.socket.destroy();
  }

  /** Whether it has ended. */
  get isClosed(): boolean {
    return this.end !== undefined;
  }

  /** Hands out what has come, one PDU at a time: a digest may start between two of them. */
  private deliver(): void {
    try {
      while (this.onFrame !== undefined || this.waiting !== undefined) {
        const frame = this.reader.next(this.digests, this.maxDataBytes);
        if (frame === undefined) break;
        const waiter = this.takeWaiting();
        if (this.onFrame) this.onFrame(frame);
        else waiter?.resolve(frame);
      }
    } catch (error) {
      // Nothing behind a breach is looked at: what it means is no longer certain.
      this.onFrame = undefined;
      const cause = error instanceof Error ? error : new Error(String(error));
      this.takeWaiting()?.reject(cause);
      this.destroy(cause);
    }
    if (this.end !== undefined) this.takeWaiting()?.reject(this.end);
  }

  private takeWaiting(): Deferred<Frame> | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    return waiting;
  }

  private finish(cause: Error): void {
    if (this.end !== undefined) return;
    this.end = cause;
    this.deliver();
    this.ended.resolve(cause);
  }
}
