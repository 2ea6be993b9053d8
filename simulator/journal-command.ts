import { parseArgs } from 'node:util';
import { controlHeaders, type StreamOptions, type StreamPiece, streamPieces } from './event-stream-client.js';
import { OptionError } from './options.js';

const journalUsage = `eseries-simulator journal [options]

Shows what happens in a running simulator, a line for each event, until Ctrl-C: requests, changes of objects, jobs, faults,
iSCSI logins and commands. After an interruption it goes on where it was.

  --url URL            the simulator (http://127.0.0.1:8080)
  --array ID           only events of this array, and of none
  --kinds KINDS        only these, e.g. request,fault
  --last-event-id ID   go on after this event, which an earlier call named
  --count N            end after so many events
  --json               a line of JSON for each event, with its id
  --control-token T    what requests to /sim/v1 must show
  --help
`;

export const journalOptions = {
  url: { type: 'string', default: 'http://127.0.0.1:8080' },
  array: { type: 'string' },
  kinds: { type: 'string' },
  'last-event-id': { type: 'string' },
  count: { type: 'string' },
  json: { type: 'boolean' },
  'control-token': { type: 'string' },
  help: { type: 'boolean' },
} as const;

export interface JournalIo {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly pause: StreamOptions['pause'];
}

/**
 * Follows the event stream of a simulator. Gives the exit code: 0, or 1 where the simulator does not answer or refuses.
 * Throws OptionError.
 */
export async function journal(args: readonly string[], { out, err, signal, pause }: JournalIo): Promise<number> {
  const given = read(args);
  if (given.help === true) {
    out.write(journalUsage);
    return 0;
  }
  const most = countOf(given.count);
  let [id, shown] = [given['last-event-id'] ?? '', 0];
  const write = ({ kind, data, id: eventId }: StreamPiece) => {
    id = eventId;
    if (kind === 'start') return;
    out.write(given.json === true ? `${JSON.stringify({ id, kind, ...data })}\n` : `${eventLine(kind, data)}\n`);
    shown++;
  };
  const options = {
    url: streamUrl(given),
    headers: controlHeaders(given['control-token']),
    lastEventId: id,
    signal,
    pause,
  };
  try {
    for await (const piece of streamPieces({ ...options, onInterruption: (line) => void err.write(`${line}\n`) })) {
      write(piece);
      if (shown === most) break;
    }
  } catch (error) {
    if (signal.aborted) return ended(id, err);
    err.write(`eseries-simulator: ${(error as Error).message}\n`);
    return 1;
  }
  return ended(id, err);
}

function ended(id: string, err: JournalIo['err']): number {
  if (id !== '') err.write(`--last-event-id ${id} goes on from here.\n`);
  return 0;
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: journalOptions, strict: true }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message.split(/\.\s/)[0]}: see eseries-simulator journal --help`);
  }
}

function countOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new OptionError(`--count ${text} is not possible: allowed are whole numbers from 1 to 999999999`);
  return Number(text);
}

function streamUrl({ url, array, kinds }: ReturnType<typeof read>): string {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new OptionError(`--url ${url} is not possible: allowed are URLs such as http://127.0.0.1:8080`);
  const stream = new URL('/sim/v1/events/stream', url);
  if (array !== undefined) stream.searchParams.set('array', array);
  if (kinds !== undefined) stream.searchParams.set('kinds', kinds);
  return stream.href;
}

type Data = Readonly<Record<string, unknown>>;

/** An event in a line: the array's time in UTC, the array, what happened. */
export function eventLine(kind: string, data: Data): string {
  const { timeMs, array } = data;
  const time = typeof timeMs === 'number' ? new Date(timeMs).toISOString().slice(11, 23) : ' '.repeat(12);
  const place = typeof array === 'string' ? ` [${array}]` : '';
  // What users name is written without control characters: a label moves no cursor.
  return `${time}${place} ${kind} ${textOf(kind, data)}`.replace(/\p{Cc}/gu, '\u{FFFD}').trimEnd();
}

function textOf(kind: string, data: Data): string {
  const words = (...names: readonly string[]) =>
    names.flatMap((name) => (data[name] == null || data[name] === '' ? [] : [String(data[name])])).join(' ');
  switch (kind) {
    case 'request':
      return `${words('method', 'url')} ${data.status === 0 ? 'cut off' : data.status} ${Number(data.durationMs).toFixed(1)} ms`;
    case 'state':
      return words('table', 'label', 'ref', 'change');
    case 'job':
      return `${words('job', 'ref', 'change')}${data.percent === undefined ? '' : ` ${data.percent} %`}`;
    case 'fault':
      return words('rule', 'change', 'what');
    case 'log':
      return words('priority', 'description');
    case 'login':
      return `${words('initiator', 'portal')} ${data.status === 0 ? 'accepted' : `refused (0x${Number(data.status).toString(16)})`}`;
    case 'commands':
      return `${words('initiator')} to ${words('label') || words('unit') || 'no unit'}: ${(
        ['reads', 'writes', 'others', 'failed'] as const
      )
        .map((name) => `${name} ${data[name]}`)
        .join(', ')}`;
    case 'missed':
      return data.count === null ? 'events of which the number is not known' : `events: ${data.count}`;
    case 'arrays':
      return (data.arrays as readonly string[]).join(', ');
    default:
      return words('initiator', 'portal', 'by', 'mode');
  }
}
