/** Something that happened in a story, as its trace tells it. */
export type Happening =
  | { readonly kind: 'step'; readonly number: number; readonly what: string; readonly atMs: number }
  | {
      readonly kind: 'call';
      readonly method: string;
      readonly args: unknown;
      readonly returned?: unknown;
      readonly raised?: unknown;
    }
  | {
      readonly kind: 'request';
      readonly request: string;
      readonly status: number;
      readonly atMs: number;
      readonly body?: unknown;
      readonly answer?: unknown;
    }
  | { readonly kind: 'event'; readonly event: unknown };

/** What happened, in order. Lines of other kinds, and what is no line of a trace, are left out. */
export function timelineOf(trace: string): Happening[] {
  return trace.split('\n').flatMap((line) => {
    const happening = happeningOf(parsed(line));
    return happening === undefined ? [] : [happening];
  });
}

function happeningOf(line: Readonly<Record<string, unknown>>): Happening | undefined {
  const { step, what, atMs, call, args, request, status, event, ...rest } = line;
  if (typeof step === 'number') return { kind: 'step', number: step, what: String(what), atMs: Number(atMs) };
  if (typeof call === 'string') return { kind: 'call', method: call, args, ...rest };
  if (typeof request === 'string')
    return { kind: 'request', request, status: Number(status), atMs: Number(atMs), ...rest };
  return event === undefined ? undefined : { kind: 'event', event };
}

function parsed(line: string): Record<string, unknown> {
  if (line === '') return {};
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
