import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** How much of a body is read that no route asks for, and how long it is waited for, before the answer. */
const drainedBytes = 2 ** 20;
const drainedMs = 2000;

/** How long what still arrives is read after the last answer on a connection. */
const lingeringMs = 2000;

/** Whether a request says that a body follows its headers. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/** Whether the body that follows is small enough to be read and dropped. */
export function announcesLittle({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? Number.NaN) <= drainedBytes;
}

/**
 * Whether part of a request's body has not arrived or has not been read. A connection that is closed now is reset,
 * and a reset takes what the client has not read of the answer (RFC 9112 section 9.6).
 */
export function hasUnreadBody(request: IncomingMessage): boolean {
  return announcesBody(request) && !request.complete && !request.readableEnded;
}

/** Reads and drops a body that no route asks for. Resolves at its end, or at the bounds of size and time. */
export function drainBody(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const finish = () => {
      clearTimeout(timer);
      request.off('data', count).off('end', finish).off('close', finish).off('error', finish);
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > drainedBytes) finish();
    };
    const timer = setTimeout(finish, drainedMs);
    request.on('data', count).on('end', finish).on('close', finish).on('error', finish);
  });
}

/**
 * Lets the end of a connection wait for the rest of a request's body: the server says that it sends no more, and reads
 * on until the body ends or `lingeringMs` have passed. For requests that are answered before they were read whole.
 */
export function lingerForBody(request: IncomingMessage): void {
  const { socket } = request;
  // Requests of this process come without a socket.
  if (!(socket instanceof Socket)) return;
  const close = socket.destroySoon.bind(socket);
  // The HTTP server calls this when the last answer of the connection is written.
  socket.destroySoon = () => {
    if (request.complete || socket.destroyed) {
      close();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), lingeringMs);
    socket.once('close', () => clearTimeout(timer));
    request.once('end', close);
    socket.end();
    request.resume();
  };
}
