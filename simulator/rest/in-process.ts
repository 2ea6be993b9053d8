import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseBody } from './body.js';
import type { Interference, Service } from './interference.js';
import type { Journal } from './journal.js';
import type { Presented } from './route.js';

export interface InProcessRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

export interface InProcessAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawPayload: Buffer;
}

/**
 * Answers requests of the same process. Those to the web services go to their routes at once, past the server's machinery
 * of streams: that is most of what an answer costs. Where a fault may cut an answer off, and for all else, it is the
 * server's `inject`.
 */
export class InProcessAnswers {
  constructor(
    private readonly app: FastifyInstance,
    private readonly service: Service | undefined,
    private readonly interference: Interference,
    private readonly journal: Journal,
  ) {}

  /** Lets the web services answer, whatever comes between otherwise. */
  async answer(request: FastifyRequest, reply: FastifyReply, presented?: Presented): Promise<void> {
    try {
      await this.service?.answer(request, reply, presented);
    } catch (error) {
      this.service?.fail(error instanceof Error ? error : new Error(String(error)), request, reply);
    }
  }

  async inject(asked: InProcessRequest): Promise<InProcessAnswer> {
    if (!asked.url.startsWith('/devmgr/') || this.interference.active) return this.app.inject(asked as object);
    const request = requestOf(asked);
    const reply = new DirectReply();
    await this.answer(request, reply.asReply());
    this.journal.record(request, reply.asReply(), reply.body);
    return reply;
  }
}

/** What the routes read of a request. */
function requestOf({ method, url, headers, payload }: InProcessRequest): FastifyRequest {
  const question = url.indexOf('?');
  return {
    method,
    url,
    headers,
    ip: '127.0.0.1',
    query: question < 0 ? {} : parse(url.slice(question + 1)),
    body: payload === undefined ? undefined : parseBody(String(payload)),
  } as unknown as FastifyRequest;
}

/** Stands in for a reply and is the answer; it has what the routes use of one. */
export class DirectReply implements InProcessAnswer {
  statusCode = 200;
  sent = false;
  readonly elapsedTime = 0;
  readonly headers: Record<string, unknown> = {};
  body: string | undefined;

  code(status: number): this {
    this.statusCode = status;
    return this;
  }

  header(name: string, value: unknown): this {
    this.headers[name] = value;
    return this;
  }

  send(body?: unknown): this {
    this.sent = true;
    if (body !== undefined && body !== null) this.body = typeof body === 'string' ? body : String(body);
    return this;
  }

  get rawPayload(): Buffer {
    return Buffer.from(this.body ?? '');
  }

  asReply(): FastifyReply {
    return this as unknown as FastifyReply;
  }
}
