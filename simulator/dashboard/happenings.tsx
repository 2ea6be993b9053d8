import type { StreamEvent } from './event-stream.ts';
import { counted, size, tableWords, timeOfDay, words } from './formats.ts';

/** The last things that happened, newest first. */
export function Happenings({ happenings }: { readonly happenings: readonly StreamEvent[] }) {
  return (
    <section aria-labelledby="happenings">
      <h2 id="happenings">What happens</h2>
      {happenings.length === 0 && <p>Nothing yet since this page is open.</p>}
      <ol class="lines happenings">
        {happenings.map((event) => (
          <li key={`${event.data.number}`}>
            {typeof event.data.timeMs === 'number' && <time>{timeOfDay(event.data.timeMs)}</time>} {eventText(event)}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** An event of the stream in a line. */
export function eventText({ kind, data }: StreamEvent): string {
  const text = (name: string) => (data[name] === undefined ? '' : String(data[name]));
  switch (kind) {
    case 'state':
      return `${tableWords(text('table'))[0]} ${text('label') || text('ref')} ${text('change')}`;
    case 'job':
      return `work ${words(text('job'))} ${text('change')} ${data.percent === undefined ? '' : `at ${text('percent')} %`}`;
    case 'log':
      return `event log: ${text('description')}`;
    case 'fault':
      return `fault rule ${text('rule')} ${text('change')}${text('what') && `: ${text('what')}`}`;
    case 'login':
      return `iSCSI login of ${text('initiator')} ${data.status === 0 ? 'accepted' : `refused (${text('status')})`}`;
    case 'logout':
      return `iSCSI session of ${text('initiator')} ended`;
    case 'commands':
      return `${text('initiator')} on ${text('label') || 'no volume'}: ${counted(Number(data.reads), 'read')}, ${size(text('readBytes'))}; ${counted(Number(data.writes), 'write')}, ${size(text('writtenBytes'))}; ${text('failed')} failed`;
    case 'replaced':
      return `the array was replaced by a ${text('by')}`;
    case 'clock':
      return `clock: ${text('mode')}`;
    case 'missed':
      return data.count === null ? 'events were missed' : `missed: ${counted(Number(data.count), 'event')}`;
    default:
      return words(kind);
  }
}
