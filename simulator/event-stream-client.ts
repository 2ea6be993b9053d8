/** An event as the stream has it. */
export interface StreamPiece {
  /** What Last-Event-ID names it by. */
  readonly id: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StreamOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes on after this one; '' for what comes from now on. */
  readonly lastEventId: string;
  readonly signal: AbortSignal;
  /** Waits before the next try; rejects when the signal comes. Milliseconds. */
  readonly pause: (durationMs: number, signal: AbortSignal) => Promise<void>;
  /** Told in words why the stream was interrupted, and what is done about it. */
  readonly onInterruption: (line: string) => void;
}

/** The simulator answered that it does not give the stream; asking again would not help. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Reads the event stream, and resumes by Last-Event-ID after an interruption, waiting as long as the server asks for.
 * Throws where the simulator is not there at first, or refuses; rejects with the reason of the signal.
 */
export async function* streamPieces(options: StreamOptions): AsyncGenerator<StreamPiece> {
  const { url, headers, signal, pause, onInterruption } = options;
  let { lastEventId } = options;
  let [retryMs, wasThere] = [1000, false];
  for (;;) {
    let reason = 'the stream ended';
    try {
      const resume: Record<string, string> = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
      const answer = await fetch(url, { headers: { ...headers, ...resume }, signal });
      if (!answer.ok || answer.body === null) throw new Refused(await refusal(answer));
      wasThere = true;
      for await (const fields of blocksOf(answer.body)) {
        if (/^\d+$/.test(fields.retry ?? '')) retryMs = Number(fields.retry);
        if (fields.id !== undefined) lastEventId = fields.id;
        if (fields.event === undefined || fields.data === undefined) continue;
        yield { id: lastEventId, kind: fields.event, data: JSON.parse(fields.data) as StreamPiece['data'] };
      }
    } catch (error) {
      if (signal.aborted || error instanceof Refused) throw error;
      reason = reasonOf(error);
      if (!wasThere)
        throw new Error(`no simulator answers at ${new URL(url).origin} (${reason}): give another with --url`);
    }
    onInterruption(`interrupted (${reason}): trying again, to go on after ${lastEventId || 'what comes'}`);
    await pause(retryMs, signal);
  }
}

/** The header of the control token, where there is one. */
export function controlHeaders(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { 'x-control-token': token };
}

async function refusal(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } };
    return error?.message ?? `HTTP ${answer.status}`;
  } catch {
    return `HTTP ${answer.status}`;
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? message;
}

/** The blocks of the stream, each as its fields. */
async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Partial<Record<string, string>>> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield fieldsOf(block);
  }
}

function fieldsOf(block: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    }),
  );
}
