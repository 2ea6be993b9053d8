import { useEffect, useState } from 'preact/hooks';
import type { PageState, RequestLine } from './array-store.ts';
import { read } from './control-api.ts';
import { curlOf, type Exchange } from './curl.ts';
import type { RuleDraft } from './fault-draft.ts';
import { timeOfDay } from './formats.ts';
import { type Moment, readLastMoments } from './moments.ts';

interface Entry extends Exchange {
  readonly array: string | null;
  readonly number: number;
  readonly status: number;
  readonly answer: unknown;
}

interface RequestsProps {
  readonly state: PageState;
  /** Takes a rule for requests like one to the form of faults. */
  readonly onFault: (draft: RuleDraft) => void;
  /** The number of the request that the URL names; '' for none. */
  readonly asked: string;
}

/** The requests as they come, newest first. */
export function RequestsPage({ state, onFault, asked }: RequestsProps) {
  const [filter, setFilter] = useState('');
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [chosen, setChosen] = useState(asked === '' ? undefined : Number(asked));
  const wanted = filter.toLowerCase();
  const lines = state.requests.filter(
    (line) =>
      `${line.method} ${line.url} ${line.status}`.toLowerCase().includes(wanted) && (!onlyFailed || isFailed(line)),
  );
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Requests</h2>
      <div class="filters">
        <label>
          Filter <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <label>
          <input
            type="checkbox"
            checked={onlyFailed}
            onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
          />{' '}
          only failed
        </label>
        <span role="status">{lines.length} shown</span>
      </div>
      <NearMisses />
      {asked !== '' && !lines.some(({ entry }) => entry === Number(asked)) && (
        <article class="card">
          <h3>Request {asked}</h3>
          <Details line={{ entry: Number(asked) }} onFault={onFault} />
        </article>
      )}
      {lines.length === 0 ? <p>No request yet that fits.</p> : null}
      <ol class="requests">
        {lines.slice(0, 200).map((line) => (
          <li key={line.entry} class={isFailed(line) ? 'broken' : ''}>
            <button
              type="button"
              aria-expanded={line.entry === chosen}
              onClick={() => setChosen(line.entry === chosen ? undefined : line.entry)}
            >
              <time>{timeOfDay(line.timeMs)}</time> <b>{line.method}</b> <span class="url">{line.url}</span>{' '}
              <span class={isFailed(line) ? 'bad' : 'good'}>{line.status === 0 ? 'cut off' : line.status}</span>{' '}
              <small>{line.durationMs.toFixed(1)} ms</small>
            </button>
            {line.entry === chosen && <Details line={line} onFault={onFault} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface DetailsProps {
  readonly line: Pick<RequestLine, 'entry'>;
  readonly onFault: RequestsProps['onFault'];
}

function Details({ line, onFault }: DetailsProps) {
  const [entry, setEntry] = useState<Entry | undefined>();
  const [problem, setProblem] = useState('');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    read<Entry>(`/journal/${line.entry}`).then(setEntry, (error: Error) => setProblem(error.message));
  }, [line.entry]);
  if (problem !== '') return <p class="problem">{problem}</p>;
  if (entry === undefined) return <p>Reading…</p>;
  const curl = curlOf(entry, location.origin);
  return (
    <div class="details">
      <p class="actions">
        <button
          type="button"
          onClick={() => {
            navigator.clipboard?.writeText(curl).then(
              () => setCopied(true),
              () => undefined,
            );
          }}
        >
          {isCopied ? 'Copied' : 'Copy as curl'}
        </button>
        <button type="button" onClick={() => onFault({ action: 'fail', when: { request: patternOf(entry) } })}>
          Add a fault for requests like this
        </button>
      </p>
      <WhatItChanged entry={entry} />
      <pre class="curl">{curl}</pre>
      {entry.body !== null && <Json title="Sent" value={entry.body} />}
      {entry.answer !== null && <Json title="Answered" value={entry.answer} />}
    </div>
  );
}

/** Where the array is recorded: the difference that the request made, at the moments before and after it. */
function WhatItChanged({ entry: { number, array } }: { readonly entry: Entry }) {
  const [moments, setMoments] = useState<readonly Moment[]>([]);
  useEffect(() => {
    if (array === null) return;
    readLastMoments(`/arrays/${encodeURIComponent(array)}/timeline`).then(
      (recording) => setMoments(recording.moments),
      () => undefined,
    );
  }, [array, number]);
  const index = moments.findIndex(({ content }) => content.kind === 'request' && content.entry === number);
  if (index < 0) return null;
  const before = moments.slice(0, index).findLast(({ content }) => content.kind === 'request')?.number ?? 0;
  return (
    <p>
      <a href={`#/time/${moments[index]?.number}/${before}`}>What changed since the request before it</a>
    </p>
  );
}

interface NearMiss {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly explanation: string;
}

/** Requests that no route took, and what was nearest: read when they are asked for. */
function NearMisses() {
  const [misses, setMisses] = useState<readonly NearMiss[] | undefined>();
  const look = () =>
    read<readonly NearMiss[]>('/journal/near-misses').then(
      (found) => setMisses(found.slice(-50).reverse()),
      () => setMisses([]),
    );
  return (
    <details onToggle={(event) => event.currentTarget.open && void look()}>
      <summary>Requests that nothing answers, and what was nearest</summary>
      {misses?.length === 0 && <p>There is none.</p>}
      <ul class="lines">
        {misses?.map(({ method, url, status, explanation }, index) => (
          <li key={`${index} ${url}`}>
            <b>{method}</b> {url} <span class="bad">{status}</span>: {explanation}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details open>
      <summary>{title}</summary>
      <pre>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

function isFailed({ status }: RequestLine): boolean {
  return status === 0 || status >= 400;
}

/** The pattern of a fault rule for the same method and path, with any reference in place of the one there. */
function patternOf({ method, url }: Pick<RequestLine, 'method' | 'url'>): string {
  const path = (url.split('?', 1)[0] ?? '').replace(/^\/devmgr\/v2\/storage-systems\/[^/]+\//, '');
  return `${method} ${path.replace(/\b[0-9A-F]{32,}\b/gi, '*')}`;
}
