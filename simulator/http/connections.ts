import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What connections may take of the process. */
export interface ConnectionLimits {
  /** Requests of one connection that are not answered yet. */
  readonly unanswered: number;
  /** Bytes of answers that clients have not read yet, over all connections. */
  readonly unreadBytes: number;
  /** How long a client may read nothing of an answer that waits for it. */
  readonly stallMs: number;
}

const defaultLimits: ConnectionLimits = { unanswered: 128, unreadBytes: 128 * 2 ** 20, stallMs: 30_000 };

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The requests of one connection that wait for their turn. */
interface Turns {
  isBusy: boolean;
  readonly waiting: Exchange[];
}

/**
 * Keeps what connections take within limits. The requests of a connection are answered one after the other, the next one
 * when the client has got the answer before it: so no more than one answer of a connection waits to be read. A client
 * that sends too many requests ahead or that does not read is let go: its connection is closed.
 */
export class Connections {
  private readonly turns = new WeakMap<Socket, Turns>();
  /** Connections with an answer that is not read yet, the oldest answer first. */
  private readonly unread = new Set<Socket>();

  constructor(private readonly limits: ConnectionLimits = defaultLimits) {}

  /** Hands requests on to a handler in their turn. */
  listener(handler: RequestListener): RequestListener {
    return (request, response) => {
      const turns = this.turnsOf(request.socket);
      if (!turns.isBusy) this.answer({ request, response }, turns, handler);
      else if (turns.waiting.length + 1 < this.limits.unanswered) turns.waiting.push({ request, response });
      else request.socket.destroy();
    };
  }

  private turnsOf(socket: Socket): Turns {
    let turns = this.turns.get(socket);
    if (turns === undefined) {
      turns = { isBusy: false, waiting: [] };
      this.turns.set(socket, turns);
    }
    return turns;
  }

  private answer({ request, response }: Exchange, turns: Turns, handler: RequestListener): void {
    const { socket } = request;
    turns.isBusy = true;
    response.once('prefinish', () => this.answered(socket, response));
    response.once('close', () => {
      turns.isBusy = false;
      this.unread.delete(socket);
      // After an answer with `Connection: close` nothing more can be written.
      const next = socket.writable ? turns.waiting.shift() : undefined;
      if (next !== undefined) this.answer(next, turns, handler);
    });
    handler(request, response);
  }

  /** The whole answer is written: what the operating system has not taken waits for the client to read. */
  private answered(socket: Socket, response: ServerResponse): void {
    if (socket.writableLength === 0) return;
    this.unread.add(socket);
    socket.setTimeout(this.limits.stallMs);
    // Before Node's own, which sets the time that an idle connection may last.
    response.prependOnceListener('finish', () => socket.setTimeout(0));
    this.letGoBeyond();
  }

  /** Closes the connections whose answers wait longest, until what is left is within the limit. */
  private letGoBeyond(): void {
    let bytes = 0;
    for (const { writableLength } of this.unread) bytes += writableLength;
    for (const socket of this.unread) {
      if (bytes <= this.limits.unreadBytes || this.unread.size === 1) return;
      bytes -= socket.writableLength;
      this.unread.delete(socket);
      socket.destroy();
    }
  }
}
