import type { FastifyReply } from 'fastify';

/** An answer as it would have been sent. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Stands in for a reply and keeps what is sent; it has what the web services use of one. */
export class RecordedReply {
  statusCode = 200;
  sent = false;
  private readonly headers: [string, string][] = [];
  private body = '';

  code(status: number): this {
    this.statusCode = status;
    return this;
  }

  header(name: string, value: unknown): this {
    for (const each of [value].flat()) this.headers.push([name, String(each)]);
    return this;
  }

  send(body?: unknown): this {
    this.sent = true;
    this.body = body === undefined || body === null ? '' : typeof body === 'string' ? body : String(body);
    return this;
  }

  /** As what the routes take it for. */
  asReply(): FastifyReply {
    return this as unknown as FastifyReply;
  }

  answer(): RecordedAnswer {
    return { status: this.statusCode, headers: this.headers, body: this.body };
  }
}

/** Sends an answer that was kept. */
export function deliver(reply: FastifyReply, answer: RecordedAnswer): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of answer.headers) reply.header(name, value);
  return answer.body === '' ? reply.send() : reply.send(answer.body);
}
