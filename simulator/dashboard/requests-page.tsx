import { useState } from 'preact/hooks';
import type { PageState, RequestLine } from './array-store.ts';
import { read } from './control-api.ts';
import type { RuleDraft } from './fault-draft.ts';
import { timeOfDay } from './formats.ts';
import { RequestDetails } from './request-details.tsx';
import { StoryCard } from './story-card.tsx';

interface RequestsProps {
  readonly state: PageState;
  /** Takes a rule for requests like one to the form of faults. */
  readonly onFault: (draft: RuleDraft) => void;
  /** The number of the request that the URL names; '' for none. */
  readonly asked: string;
}

const mostShown = 200;

/** The requests as they come, newest first. */
export function RequestsPage({ state, onFault, asked }: RequestsProps) {
  const [filter, setFilter] = useState('');
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [chosen, setChosen] = useState(asked === '' ? undefined : Number(asked));
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [isStory, setStory] = useState(false);
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
      <Selection lines={lines} selected={selected} onSelect={setSelected} isStory={isStory} onStory={setStory} />
      {isStory && selected.size > 0 && <StoryCard state={state} entries={[...selected]} />}
      <NearMisses />
      {asked !== '' && !lines.some(({ entry }) => entry === Number(asked)) && (
        <article class="card">
          <h3>Request {asked}</h3>
          <RequestDetails line={{ entry: Number(asked) }} onFault={onFault} />
        </article>
      )}
      {lines.length === 0 ? <p>No request yet that fits.</p> : null}
      <ol class="requests">
        {lines.slice(0, mostShown).map((line) => (
          <RequestRow
            key={line.entry}
            line={line}
            isSelected={selected.has(line.entry)}
            onSelect={() => setSelected(toggled(selected, line.entry))}
            isChosen={line.entry === chosen}
            onChoose={() => setChosen(line.entry === chosen ? undefined : line.entry)}
            onFault={onFault}
          />
        ))}
      </ol>
    </section>
  );
}

interface SelectionProps {
  readonly lines: readonly RequestLine[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (selected: ReadonlySet<number>) => void;
  readonly isStory: boolean;
  readonly onStory: (isStory: boolean) => void;
}

/** What can be done with the requests that are selected. */
function Selection({ lines, selected, onSelect, isStory, onStory }: SelectionProps) {
  return (
    <p class="actions">
      <button
        type="button"
        disabled={lines.length === 0}
        onClick={() => onSelect(new Set(lines.slice(0, mostShown).map(({ entry }) => entry)))}
      >
        Select all shown
      </button>
      <button type="button" disabled={selected.size === 0} onClick={() => onSelect(new Set())}>
        Select none
      </button>
      <button
        type="button"
        disabled={selected.size === 0}
        aria-expanded={isStory && selected.size > 0}
        onClick={() => onStory(!isStory)}
      >
        Make a story of the selection ({selected.size})
      </button>
    </p>
  );
}

interface RowProps {
  readonly line: RequestLine;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onFault: RequestsProps['onFault'];
}

function RequestRow({ line, isSelected, onSelect, isChosen, onChoose, onFault }: RowProps) {
  const { entry, timeMs, method, url, status, durationMs } = line;
  return (
    <li class={isFailed(line) ? 'broken' : ''}>
      <div class="row">
        <input
          type="checkbox"
          class="select"
          aria-label={`Select request ${entry}: ${method} ${url}`}
          checked={isSelected}
          onChange={onSelect}
        />
        <button type="button" aria-expanded={isChosen} onClick={onChoose}>
          <time>{timeOfDay(timeMs)}</time> <b>{method}</b> <span class="url">{url}</span>{' '}
          <span class={isFailed(line) ? 'bad' : 'good'}>{status === 0 ? 'cut off' : status}</span>{' '}
          <small>{durationMs.toFixed(1)} ms</small>
        </button>
      </div>
      {isChosen && <RequestDetails line={line} onFault={onFault} />}
    </li>
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

function isFailed({ status }: RequestLine): boolean {
  return status === 0 || status >= 400;
}

function toggled(numbers: ReadonlySet<number>, number: number): ReadonlySet<number> {
  const others = [...numbers].filter((each) => each !== number);
  return new Set(numbers.has(number) ? others : [...others, number]);
}
