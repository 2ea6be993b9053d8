import { Dispatcher, errors } from 'undici';
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
export class InProcessDispatcher extends Dispatcher {
  constructor(
    private readonly server: Injectable,
    private readonly now: () => number,
    /** The port that it stands for: nothing listens at others. Any when undefined. */
    private readonly port?: number,
  ) {
    super();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    void this.carry(options, handler);
    return true;
  }

  override async close(): Promise<void> {
    await Promise.resolve();
  }

  override async destroy(): Promise<void> {
    await Promise.resolve();
  }

  /** As the operating system does where nothing listens. */
  private refuseOthers(origin: Dispatcher.DispatchOptions['origin']): void {
    if (this.port === undefined || origin === undefined) return;
    const { protocol, port } = new URL(String(origin));
    if (Number(port || (protocol === 'https:' ? 443 : 80)) === this.port) return;
    throw Object.assign(new Error(`connect ECONNREFUSED ${String(origin)}`), { code: 'ECONNREFUSED' });
  }

  private async carry(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
    let aborted: Error | undefined;
    const throwIfAborted = () => {
      if (aborted !== undefined) throw aborted;
    };
    // `request` of undici 7 hands in the callbacks of this older form.
    handler.onConnect?.((reason) => {
      aborted = reason ?? new errors.RequestAbortedError();
    });
    const startMs = this.now();
    try {
      throwIfAborted();
      this.refuseOthers(options.origin);
      const { body, headersTimeout } = options;
      const answer = await this.server.inject({
        method: options.method,
        url: pathOf(options),
        headers: (options.headers ?? {}) as Record<string, string>,
        ...(body === undefined || body === null ? {} : { payload: body as string | Buffer }),
      });
      throwIfAborted();
      if (headersTimeout && this.now() - startMs > headersTimeout) throw new errors.HeadersTimeoutError();
      handler.onHeaders?.(answer.statusCode, rawHeaders(answer.headers), () => undefined, '');
      if (answer.rawPayload.length > 0) handler.onData?.(answer.rawPayload);
      if (Number(answer.headers['content-length'] ?? 0) > answer.rawPayload.length)
        throw new errors.SocketError('other side closed');
      throwIfAborted();
      handler.onComplete?.([]);
    } catch (error) {
      handler.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function rawHeaders(headers: Readonly<Record<string, unknown>>): Buffer[] {
  return Object.entries(headers).flatMap(([name, value]) => [Buffer.from(name), Buffer.from(String(value))]);
}
