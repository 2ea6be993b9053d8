import { useEffect, useState } from 'preact/hooks';
import type { ArrayStore, PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import { counted, dateAndTime, size, tableWords } from './formats.ts';
import { type Moment, momentText, type Recording, readLastMoments } from './moments.ts';
import { ObjectDifferences } from './object-differences.tsx';

interface TimeProps {
  readonly state: PageState;
  readonly store: ArrayStore;
  /** The moment that the URL names, and the one to compare with: '12', '12/3', or '' for the last one. */
  readonly asked: string;
}

/** The past of the array: go through its moments, compare two, branch from one. */
export function TimePage({ state, store, asked }: TimeProps) {
  const at = `/arrays/${encodeURIComponent(state.arrayId)}/timeline`;
  const { recording, problem, again } = useRecording(at, state);
  if (problem !== '') return <p class="problem">{problem}</p>;
  if (recording === undefined) return <p class="loading">Reading the timeline…</p>;
  if (!recording.recorded) return <Begin at={at} onBegun={again} />;
  const [moment = '', from = ''] = asked.split('/');
  const number = within(moment === '' ? recording.last : Number(moment), recording);
  const earlier = within(from === '' ? number - 1 : Number(from), recording);
  return (
    <section aria-labelledby="time">
      <h2 id="time">Time travel</h2>
      <Scrubber recording={recording} number={number} />
      <MomentCard at={at} number={number} store={store} />
      <Moments recording={recording} number={number} />
      <ObjectDifferences at={at} number={number} earlier={earlier} first={recording.first} />
      <p class="actions">
        <span>
          {size(recording.usedBytes)} of {size(recording.memoryBytes)} used, {recording.bytesPerOperation} bytes for an
          operation; the oldest moments are forgotten when it is full.
        </span>
        <button type="button" onClick={() => void control('DELETE', at).then(again)}>
          End the recording
        </button>
      </p>
    </section>
  );
}

function within(number: number, { first, last }: Recording): number {
  return Math.min(last, Math.max(first, Number.isInteger(number) ? number : last));
}

const shownAround = 200;

/** The last moments; read again whenever something happened. */
function useRecording(at: string, { arrayId, parts, requests, faults }: PageState) {
  const [recording, setRecording] = useState<Recording | undefined>();
  const [problem, setProblem] = useState('');
  const [turn, setTurn] = useState(0);
  const newest = requests[0]?.entry;
  useEffect(() => {
    // Which array is shown is not known at once.
    if (arrayId === '') return undefined;
    let isCurrent = true;
    readLastMoments(at).then(
      (found) => {
        if (!isCurrent) return;
        setRecording(found);
        setProblem('');
      },
      (error: Error) => isCurrent && setProblem(error.message),
    );
    return () => {
      isCurrent = false;
    };
  }, [at, arrayId, parts, newest, faults, turn]);
  return { recording, problem, again: () => setTurn((before) => before + 1) };
}

function Begin({ at, onBegun }: { readonly at: string; readonly onBegun: () => void }) {
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        const mebibytes = Number(new FormData(event.currentTarget).get('memory'));
        void control('PUT', at, { memoryBytes: mebibytes * 2 ** 20 }).then(onBegun);
      }}
    >
      <h2>Time travel</h2>
      <p>The array is not recorded. From when it is, every moment can be shown, compared, and gone on from.</p>
      <label>
        Memory for it{' '}
        <select name="memory">
          {[64, 16, 256, 1024].map((each) => (
            <option key={each} value={each}>
              {each} MiB
            </option>
          ))}
        </select>
      </label>{' '}
      <button type="submit">Record</button>
    </form>
  );
}

const playMs = 600;

function goTo(number: number): void {
  location.hash = `#/time/${number}`;
}

function Scrubber({ recording, number }: { readonly recording: Recording; readonly number: number }) {
  const [isPlaying, setPlaying] = useState(false);
  const isAtEnd = number >= recording.last;
  useEffect(() => {
    if (!isPlaying || isAtEnd) return undefined;
    const timer = setTimeout(() => goTo(number + 1), playMs);
    return () => clearTimeout(timer);
  }, [isPlaying, isAtEnd, number]);
  return (
    <div class="scrubber">
      <label>
        <span class="hidden">Moment</span>
        <input
          type="range"
          min={recording.first}
          max={recording.last}
          value={number}
          onInput={(event) => goTo(Number(event.currentTarget.value))}
        />
      </label>
      <button type="button" disabled={number <= recording.first} onClick={() => goTo(number - 1)}>
        Back
      </button>
      <button
        type="button"
        aria-pressed={isPlaying && !isAtEnd}
        disabled={isAtEnd}
        onClick={() => setPlaying(!isPlaying)}
      >
        Play
      </button>
      <button type="button" disabled={isAtEnd} onClick={() => goTo(number + 1)}>
        Forward
      </button>
      <span role="status">
        moment {number} of {recording.first} to {recording.last}
      </span>
    </div>
  );
}

/** The chosen moment: what happened, and what the array was. */
function MomentCard({
  at,
  number,
  store,
}: {
  readonly at: string;
  readonly number: number;
  readonly store: ArrayStore;
}) {
  const [then, setThen] = useState<(Moment & { readonly tables: Tables }) | undefined>();
  const [note, setNote] = useState('');
  useEffect(() => {
    let isCurrent = true;
    setNote('');
    read<Moment & { readonly tables: Tables }>(`${at}/${number}`).then(
      (found) => isCurrent && setThen(found),
      (error: Error) => isCurrent && setNote(error.message),
    );
    return () => {
      isCurrent = false;
    };
  }, [at, number]);
  const branch = async () => {
    const { id } = await control<{ readonly id: string }>('POST', `${at}/${number}/branch`, {});
    setNote(`Array ${id} goes on from moment ${number}: choose it at the top.`);
    store.readAgain('arrays');
  };
  const tables = Object.entries(then?.tables ?? {}).filter(
    ([name, rows]) => shownTables.includes(name) && rows.length > 0,
  );
  return (
    <article class="card">
      <h3>
        Moment {number} {then !== undefined && <small>{dateAndTime(then.timeMs)} UTC</small>}
      </h3>
      {then !== undefined && <p>{momentText(then.content)}</p>}
      <ul class="legend" aria-label="Objects then">
        {tables.map(([name, rows]) => (
          <li key={name}>
            <details>
              <summary>{counted(rows.length, ...tableWords(name))}</summary>
              <ul class="lines">
                {rows.slice(0, shownAround).map((row) => (
                  <li key={row.ref}>{row.label ?? row.name ?? row.ref}</li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
      <p class="actions">
        <button type="button" onClick={() => void branch().catch((error: Error) => setNote(error.message))}>
          Branch from here
        </button>
        <span role="status">{note}</span>
      </p>
    </article>
  );
}

type Tables = Readonly<
  Record<string, readonly { readonly ref: string; readonly label?: string; readonly name?: string }[]>
>;

const shownTables = [
  'pools',
  'volumes',
  'hosts',
  'hostGroups',
  'mappings',
  'snapshotGroups',
  'snapshotImages',
  'snapshotVolumes',
  'volumeCopies',
  'jobs',
];

/** The moments around the chosen one, newest first. */
function Moments({ recording, number }: { readonly recording: Recording; readonly number: number }) {
  const index = recording.moments.findIndex((moment) => moment.number === number);
  const start = Math.max(0, Math.min(index < 0 ? 0 : index - 10, recording.moments.length - 21));
  const around = recording.moments.slice(start, start + 21).toReversed();
  return (
    <ol class="requests" aria-label="Moments around it">
      {around.map((moment) => (
        <li key={moment.number} class={moment.number === number ? 'chosen' : ''}>
          <a href={`#/time/${moment.number}`} aria-current={moment.number === number ? 'true' : undefined}>
            {moment.number}
          </a>{' '}
          <time>{dateAndTime(moment.timeMs)}</time> {momentText(moment.content)}
        </li>
      ))}
    </ol>
  );
}
