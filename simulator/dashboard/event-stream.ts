import { controlHeaders } from './control-api.ts';

/** An event of /sim/v1/events/stream. */
export interface StreamEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Connection = 'connecting' | 'live' | 'lost' | 'token required';

interface StreamListener {
  /** Events that came together. */
  events(events: readonly StreamEvent[]): void;
  connection(connection: Connection): void;
}

const firstRetryMs = 500;
const longestRetryMs = 8000;

/**
 * Reads the event stream for as long as the page is open, and resumes after an interruption. The browser's EventSource
 * cannot send the control token, so this reads with fetch.
 */
export async function followEvents(listener: StreamListener): Promise<void> {
  let lastId = '';
  for (let retryMs = firstRetryMs; ; retryMs = Math.min(longestRetryMs, retryMs * 2)) {
    try {
      const headers = { ...controlHeaders(), ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
      const answer = await fetch('/sim/v1/events/stream', { headers });
      if (answer.status === 401) {
        listener.connection('token required');
        return;
      }
      if (answer.ok && answer.body !== null) {
        listener.connection('live');
        retryMs = firstRetryMs;
        await readEvents(answer.body, (events, id) => {
          lastId = id;
          listener.events(events);
        });
      }
    } catch {
      // The simulator is gone, or not there yet.
    }
    listener.connection('lost');
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  tell: (events: readonly StreamEvent[], lastId: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const end = rest.lastIndexOf('\n\n');
    if (end < 0) continue;
    const blocks = rest.slice(0, end).split('\n\n');
    rest = rest.slice(end + 2);
    const parsed = blocks.map(fieldsOf);
    const events = parsed.flatMap(({ event, data }) =>
      event === undefined || data === undefined ? [] : [{ kind: event, data: JSON.parse(data) as StreamEvent['data'] }],
    );
    const id = parsed.findLast((fields) => fields.id !== undefined)?.id;
    if (id !== undefined) tell(events, id);
  }
}

function fieldsOf(block: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}
