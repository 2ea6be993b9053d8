import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordedAnswer } from './recorded-reply.js';

/** Ends a request's connection without an answer: the client sees a reset. */
export function cutOff(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  resetConnection(request.raw.socket, reply.raw);
  return reply;
}

/** Sends the head of an answer and `keptBytes` of its body, then ends the connection. */
export function truncate(reply: FastifyReply, answer: RecordedAnswer, keptBytes: number | undefined): FastifyReply {
  const body = Buffer.from(answer.body);
  const kept = Math.min(keptBytes ?? Math.floor(body.length / 2), Math.max(0, body.length - 1));
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of answer.headers) raw.appendHeader(name, value);
  // An answer without a body is promised one, or there would be nothing to cut.
  raw.setHeader('content-length', Math.max(1, body.length));
  raw.writeHead(answer.status === 204 ? 200 : answer.status);
  raw.flushHeaders();
  raw.write(body.subarray(0, kept), () => {
    // What was written must arrive: the connection is ended, not reset.
    if (raw.socket instanceof Socket) raw.socket.destroySoon();
    else raw.destroy();
  });
  return reply;
}

function resetConnection(socket: unknown, raw: ServerResponse): void {
  if (!(socket instanceof Socket)) {
    raw.destroy();
    return;
  }
  try {
    socket.resetAndDestroy();
  } catch {
    // Under TLS there is no reset to be had: the connection just ends.
    socket.destroy();
  }
}
