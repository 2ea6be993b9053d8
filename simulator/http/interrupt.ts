import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { HttpResponse } from './messages.js';

/** Resets a connection without an answer. */
export function resetConnection(socket: unknown, raw: ServerResponse): void {
  if (!(socket instanceof Socket)) {
    raw.destroy();
    return;
  }
  try {
    socket.resetAndDestroy();
  } catch {
    // TLS sockets cannot be reset: the connection just ends.
    socket.destroy();
  }
}

/** Sends the head of a response and `keptBytes` of its body, then ends the connection. */
export function truncate(raw: ServerResponse, response: HttpResponse, keptBytes: number): void {
  const body = Buffer.from(response.body);
  for (const [name, value] of response.headers) raw.appendHeader(name, value);
  // A response without a body announces one, or there would be nothing to cut.
  raw.setHeader('content-length', Math.max(1, body.length));
  raw.writeHead(response.status);
  raw.flushHeaders();
  raw.write(body.subarray(0, keptBytes), () => {
    // What was written must arrive: the connection is ended, not reset.
    if (raw.socket instanceof Socket) raw.socket.destroySoon();
    else raw.destroy();
  });
}
