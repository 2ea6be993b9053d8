import { Dispatcher, errors } from 'undici';

/** What a client of undici gets for a request. */
export interface DispatchedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  /** The connection ends before the whole body has come. */
  readonly isCutShort?: boolean;
}

/** A dispatcher of undici that answers requests itself, and has no connection to close. */
export abstract class AnsweringDispatcher extends Dispatcher {
  /** The answer to a request. What it rejects with is what the client's request rejects with. */
  protected abstract answer(options: Dispatcher.DispatchOptions, abort: RequestAbort): Promise<DispatchedAnswer>;

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

  private async carry(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
    const abort = new RequestAbort();
    // `request` of undici 7 hands in the callbacks of this older form.
    handler.onConnect?.((reason) => abort.abort(reason ?? new errors.RequestAbortedError()));
    try {
      abort.throwIfAborted();
      const { status, headers, body, isCutShort } = await this.answer(options, abort);
      abort.throwIfAborted();
      handler.onHeaders?.(status, rawHeaders(headers), () => undefined, '');
      if (body.length > 0) handler.onData?.(body);
      if (isCutShort) throw new errors.SocketError('other side closed');
      abort.throwIfAborted();
      handler.onComplete?.([]);
    } catch (error) {
      handler.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** Whether the client has given its request up. Its signal is made on demand: most requests need none. */
export class RequestAbort {
  private reason: Error | undefined;
  private controller: AbortController | undefined;

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason !== undefined) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  abort(reason: Error): void {
    this.reason ??= reason;
    this.controller?.abort(reason);
  }

  throwIfAborted(): void {
    if (this.reason !== undefined) throw this.reason;
  }
}

/** As the operating system refuses a connection where nothing listens. */
export function connectionRefused(origin: Dispatcher.DispatchOptions['origin']): Error {
  return Object.assign(new Error(`connect ECONNREFUSED ${String(origin)}`), { code: 'ECONNREFUSED' });
}

/** Names and values in turn; a header with several values has a line for each. */
function rawHeaders(headers: DispatchedAnswer['headers']): Buffer[] {
  const raw: Buffer[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) raw.push(Buffer.from(name), Buffer.from(String(each)));
  }
  return raw;
}
