/** An event of the stream as it came. */
export interface ReceivedEvent {
  readonly id: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: events are what the test says they are
  readonly data: any;
}

/** The events in a text in the format of server-sent events. */
export function eventsIn(text: string): ReceivedEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('data: '))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      return { id: field('id'), kind: field('event'), data: JSON.parse(field('data')) };
    });
}

export interface StreamClient {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly ReceivedEvent[];
  /** Reads until an event fits, and gives that one. */
  until(fits: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  /** Whether the server ended the stream; reads up to there. */
  ended(): Promise<boolean>;
  close(): void;
}

/** Reads the event stream of a simulator over a socket. */
export async function readStream(
  url: string,
  { query = '', headers = {} }: { readonly query?: string; readonly headers?: Record<string, string> } = {},
): Promise<StreamClient> {
  const ending = new AbortController();
  const answer = await fetch(`${url}/sim/v1/events/stream${query}`, { headers, signal: ending.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const events: ReceivedEvent[] = [];
  let rest = '';
  const readMore = async (): Promise<boolean> => {
    const { done, value = '' } = (await reader?.read()) ?? { done: true };
    if (done) return false;
    rest += value;
    const end = rest.lastIndexOf('\n\n') + 2;
    if (end < 2) return true;
    events.push(...eventsIn(rest.slice(0, end)));
    rest = rest.slice(end);
    return true;
  };
  let looked = 0;
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    async until(fits) {
      for (;;) {
        for (; looked < events.length; looked++) {
          const event = events[looked];
          if (event !== undefined && fits(event)) {
            looked++;
            return event;
          }
        }
        if (!(await readMore())) throw new Error(`the stream ended after ${events.length} events`);
      }
    },
    async ended() {
      try {
        while (await readMore());
      } catch {
        // A connection that is cut off is an end too.
      }
      return true;
    },
    close: () => ending.abort(),
  };
}
