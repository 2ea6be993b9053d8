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
  protected abstract answer(options: Dispatcher.DispatchOptions, signal: AbortSignal): Promise<DispatchedAnswer>;

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
    const aborting = new AbortController();
    const { signal } = aborting;
    // `request` of undici 7 hands in the callbacks of this older form.
    handler.onConnect?.((reason) => aborting.abort(reason ?? new errors.RequestAbortedError()));
    try {
      signal.throwIfAborted();
      const { status, headers, body, isCutShort } = await this.answer(options, signal);
      signal.throwIfAborted();
      handler.onHeaders?.(status, rawHeaders(headers), () => undefined, '');
      if (body.length > 0) handler.onData?.(body);
      if (isCutShort) throw new errors.SocketError('other side closed');
      signal.throwIfAborted();
      handler.onComplete?.([]);
    } catch (error) {
      handler.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** As the operating system refuses a connection where nothing listens. */
export function connectionRefused(origin: Dispatcher.DispatchOptions['origin']): Error {
  return Object.assign(new Error(`connect ECONNREFUSED ${String(origin)}`), { code: 'ECONNREFUSED' });
}

/** Names and values in turn; a header with several values has a line for each. */
function rawHeaders(headers: DispatchedAnswer['headers']): Buffer[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => [Buffer.from(name), Buffer.from(String(each))]),
  );
}
