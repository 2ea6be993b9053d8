import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { refuseSurplus, SurplusConnections } from './surplus-connections.js';

/** What connections may take of the process. */
export interface ConnectionLimits {
  /** Connections that are open at a time. */
  readonly open: number;
  /** Requests of one connection that are not answered yet. */
  readonly unanswered: number;
  /** Bytes of answers that clients have not read yet, over all connections. */
  readonly unreadBytes: number;
  /** How long a client may read nothing of an answer that waits for it. */
  readonly stallMs: number;
}

const defaultLimits: ConnectionLimits = { open: 4096, unanswered: 128, unreadBytes: 128 * 2 ** 20, stallMs: 30_000 };

/** What is answered on connections beyond the limit too, so that it can be seen that the process is well. */
const healthPath = '/sim/v1/health';

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
 * that sends too many requests ahead or that does not read is let go: its connection is closed. A connection beyond the
 * limit gets one answer: that there are too many.
 */
export class Connections {
  private readonly turns = new WeakMap<Socket, Turns>();
  /** Connections with an answer that is not read yet, the oldest answer first. */
  private readonly unread = new Set<Socket>();
  private readonly limits: ConnectionLimits;
  private openCount = 0;
  private readonly surplus = new SurplusConnections();

  constructor(limits: { readonly [Name in keyof ConnectionLimits]?: ConnectionLimits[Name] | undefined } = {}) {
    const { open = defaultLimits.open, unanswered = defaultLimits.unanswered } = limits;
    const { unreadBytes = defaultLimits.unreadBytes, stallMs = defaultLimits.stallMs } = limits;
    this.limits = { open, unanswered, unreadBytes, stallMs };
  }

  /** Counts the connections of a server, from before it listens. */
  watch(server: Server): void {
    // A connection of TLS counts once its handshake is done; until then Node closes it after a while.
    server.on('setSecureContext' in server ? 'secureConnection' : 'connection', (socket: Socket) => {
      if (this.openCount >= this.limits.open) {
        this.surplus.add(socket);
        return;
      }
      this.openCount++;
      socket.once('close', () => this.openCount--);
    });
  }

  /** Hands requests on to a handler in their turn. */
  listener(handler: RequestListener): RequestListener {
    return (request, response) => {
      if (this.surplus.has(request.socket)) {
        response.setHeader('connection', 'close');
        if (request.url !== healthPath) {
          refuseSurplus(request, response, this.limits.open);
          return;
        }
      }
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
