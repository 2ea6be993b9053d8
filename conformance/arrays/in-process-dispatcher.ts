import { type Dispatcher, errors } from 'undici';
import {
  AnsweringDispatcher,
  connectionRefused,
  type DispatchedAnswer,
  type RequestAbort,
} from './answering-dispatcher.js';
import { pathOf } from './http.js';

/** What answers requests without a socket, as Fastify's `inject` does. */
export interface Injectable {
  inject(request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly payload?: string | Buffer;
  }): Promise<{
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly rawPayload: Buffer;
  }>;
}

/**
 * Carries requests to a server in the same process, without sockets: for driver and array in virtual time. A request
 * during which more virtual time passed than its client waits ends in that client's timeout.
 */
export class InProcessDispatcher extends AnsweringDispatcher {
  constructor(
    private readonly server: Injectable,
    private readonly now: () => number,
    /** The port that it stands for: nothing listens at others. Any when undefined. */
    private readonly port?: number,
  ) {
    super();
  }

  protected override async answer(options: Dispatcher.DispatchOptions, abort: RequestAbort): Promise<DispatchedAnswer> {
    const startMs = this.now();
    if (!this.isAt(options.origin)) throw connectionRefused(options.origin);
    const { body, headersTimeout } = options;
    const { statusCode, headers, rawPayload } = await this.server.inject({
      method: options.method,
      url: pathOf(options),
      headers: (options.headers ?? {}) as Record<string, string>,
      ...(body === undefined || body === null ? {} : { payload: body as string | Buffer }),
    });
    abort.throwIfAborted();
    if (headersTimeout && this.now() - startMs > headersTimeout) throw new errors.HeadersTimeoutError();
    const isCutShort = Number(headers['content-length'] ?? 0) > rawPayload.length;
    return { status: statusCode, headers, body: rawPayload, isCutShort };
  }

  private isAt(origin: Dispatcher.DispatchOptions['origin']): boolean {
    if (this.port === undefined || origin === undefined) return true;
    const { protocol, port } = new URL(String(origin));
    return Number(port || (protocol === 'https:' ? 443 : 80)) === this.port;
  }
}
