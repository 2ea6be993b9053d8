import { useEffect, useState } from 'preact/hooks';
import type { ArrayStore, PageState } from './array-store.ts';
import { ChartsPage } from './charts-page.tsx';
import { ClockBar } from './clock-bar.tsx';
import { setControlToken } from './control-api.ts';
import type { RuleDraft } from './fault-draft.ts';
import { FaultsPage } from './faults-page.tsx';
import { MapPage } from './map-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { RequestsPage } from './requests-page.tsx';
import { TimePage } from './time-page.tsx';

const pages = {
  overview: 'Overview',
  map: 'Map',
  charts: 'Charts',
  time: 'Time',
  requests: 'Requests',
  faults: 'Faults',
} as const;
type PageName = keyof typeof pages;

/** The whole page: header with array and clock, and one of its pages by the hash of the URL. */
export function App({ store }: { readonly store: ArrayStore }) {
  const state = useStore(store);
  const { page, rest } = usePage();
  const [draft, setDraft] = useState<RuleDraft | undefined>();
  const draftFault = (rule: RuleDraft) => {
    setDraft(rule);
    location.hash = '#/faults';
  };
  return (
    <>
      <header>
        <div class="title">
          <h1>{state.arrays.find(({ id }) => id === state.arrayId)?.label ?? 'eseries-simulator'}</h1>
          {state.arrays.length > 1 && <ArrayChoice store={store} state={state} />}
          <ConnectionMark state={state} />
        </div>
        <nav aria-label="Pages">
          {Object.entries(pages).map(([name, title]) => (
            <a key={name} href={`#/${name}`} aria-current={name === page ? 'page' : undefined}>
              {title}
              {name === 'faults' && state.faults.length > 0 ? ` (${state.faults.length})` : ''}
            </a>
          ))}
        </nav>
        <ClockBar clock={state.clock} />
      </header>
      <main id="main">
        {state.problem !== '' && state.connection !== 'token required' && <p class="problem">{state.problem}</p>}
        {state.connection === 'token required' ? (
          <TokenForm />
        ) : page === 'overview' ? (
          <OverviewPage state={state} />
        ) : page === 'requests' ? (
          <RequestsPage key={rest} state={state} onFault={draftFault} asked={rest} />
        ) : page === 'map' ? (
          <MapPage state={state} objectKey={rest} />
        ) : page === 'charts' ? (
          <ChartsPage state={state} store={store} />
        ) : page === 'time' ? (
          <TimePage key={state.arrayId} state={state} store={store} asked={rest} />
        ) : (
          <FaultsPage state={state} store={store} draft={draft} />
        )}
      </main>
    </>
  );
}

function useStore(store: ArrayStore): PageState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}

/** The page that the hash names, and what stands behind its name: '#/map/volume/02…' is of the map. */
function usePage(): { readonly page: PageName; readonly rest: string } {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [name = '', ...rest] = hash.replace('#/', '').split('/');
  return { page: name in pages ? (name as PageName) : 'overview', rest: rest.map(decoded).join('/') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function ArrayChoice({ store, state }: { readonly store: ArrayStore; readonly state: PageState }) {
  return (
    <label class="array-choice">
      Array{' '}
      <select value={state.arrayId} onChange={(event) => store.choose(event.currentTarget.value)}>
        {state.arrays.map(({ id, label }) => (
          <option key={id} value={id}>
            {label === undefined ? id : `${id}: ${label}`}
          </option>
        ))}
      </select>
    </label>
  );
}

const marks = { connecting: '◌', live: '●', lost: '✕', 'token required': '✕' } as const;

function ConnectionMark({ state: { connection } }: { readonly state: PageState }) {
  return (
    <span class={`connection ${connection === 'live' ? 'good' : 'bad'}`} role="status">
      <span aria-hidden="true">{marks[connection]}</span> {connection}
    </span>
  );
}

function TokenForm() {
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        setControlToken(String(new FormData(event.currentTarget).get('token') ?? ''));
        location.reload();
      }}
    >
      <h2>The control token is needed</h2>
      <p>The simulator was started with a control token (--control-token). It is kept for this tab only.</p>
      <label>
        Control token <input name="token" type="password" autocomplete="off" required />
      </label>{' '}
      <button type="submit">Go on</button>
    </form>
  );
}
