import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** So many connections beyond the limit wait for their one answer; the oldest makes room. */
const mostSurplus = 64;

/** How long one may take to send its request, and to read the answer. */
const surplusMs = 5000;

/** Connections beyond the limit. */
export class SurplusConnections {
  private readonly sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.sockets.add(socket);
    const timer = setTimeout(() => socket.destroy(), surplusMs);
    socket.once('close', () => {
      clearTimeout(timer);
      this.sockets.delete(socket);
    });
    const [oldest] = this.sockets;
    if (this.sockets.size > mostSurplus) oldest?.destroy();
  }

  has(socket: Socket): boolean {
    return this.sockets.has(socket);
  }
}

/** Says on such a connection, in the words of the API that is asked, that there are too many. */
export function refuseSurplus({ url = '' }: IncomingMessage, response: ServerResponse, limit: number): void {
  const message =
    `There are ${limit} connections already, as many as are allowed (--max-connections): ` +
    'close some, or try again later.';
  const body = url.startsWith('/sim/v1')
    ? { error: { code: 'tooManyConnections', message } }
    : { errorMessage: message, localizedMessage: message, retcode: 'tooManyConnections', codeType: 'devicemgrerror' };
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end(JSON.stringify(body));
}
