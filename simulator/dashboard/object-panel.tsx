import { useEffect, useState } from 'preact/hooks';
import type { PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import { dateAndTime, size, timeOfDay } from './formats.ts';
import { ObjectBytes } from './object-bytes.tsx';
import type { GraphNode, ObjectKind } from './object-graph.ts';

interface PanelProps {
  readonly node: GraphNode;
  readonly state: PageState;
}

/** What there is to read of an object: its repository, bytes, events, requests and JSON. */
export function ObjectPanel({ node, state }: PanelProps) {
  const at = `/arrays/${encodeURIComponent(state.arrayId)}`;
  const shown = useLooks(at, node, state.parts);
  const hasBytes = node.kind === 'volume' || node.kind === 'thinVolume' || node.kind === 'view';
  return (
    <>
      <RepositoryUse kind={node.kind} json={shown.json} utilization={shown.utilization} />
      {hasBytes && <ObjectBytes at={at} node={node} />}
      <Requests node={node} count={state.requests.length} arrayId={state.arrayId} />
      <Events at={at} node={node} parts={state.parts} />
      <section aria-labelledby="json">
        <h2 id="json">As the REST API has it</h2>
        {node.path === undefined ? (
          <p>The REST API has no such object.</p>
        ) : (
          <>
            <p>
              <code>
                GET /devmgr/v2/storage-systems/{state.arrayId}/{node.path}
              </code>
            </p>
            {shown.json !== undefined && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
              <section class="scroll" aria-label="JSON" tabIndex={0}>
                <pre>{JSON.stringify(shown.json, null, 2)}</pre>
              </section>
            )}
          </>
        )}
      </section>
    </>
  );
}

/** Where the use of a repository is read, below the object. */
const utilizationPath: Partial<Record<ObjectKind, string>> = {
  snapshotGroup: 'repository-utilization',
  view: 'repository-utilization',
  mirror: 'repository-utilization',
};

interface Shown {
  readonly json?: Json | undefined;
  readonly utilization?: Json | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the object, again whenever the array changed. */
function useLooks(at: string, { path, kind }: GraphNode, parts: PageState['parts']): Shown {
  const [shown, setShown] = useState<Shown>({});
  useEffect(() => {
    if (path === undefined || parts === undefined) return undefined;
    let isCurrent = true;
    const below = utilizationPath[kind];
    const paths = below === undefined ? [path] : [path, `${path}/${below}`];
    control<readonly { readonly body: Json }[]>('POST', `${at}/looks`, { paths, asMonitor: true }).then(
      ([json, utilization]) => isCurrent && setShown({ json: json?.body, utilization: utilization?.body }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [at, path, kind, parts]);
  return shown;
}

/** Used and available bytes, by the names that the different objects give them. */
function useOf(
  kind: ObjectKind,
  json: Json,
  utilization: Json | undefined,
): readonly [used: number, total: number] | undefined {
  const of = (value: Json | undefined, name: string) => Number(value?.[name]);
  if (kind === 'thinVolume') return [of(json, 'currentProvisionedCapacity'), of(json, 'provisionedCapacityQuota')];
  if (kind === 'image') return [of(json, 'repositoryCapacityUtilization'), of(json, 'pitCapacity')];
  const prefix = kind === 'snapshotGroup' ? 'pitGroup' : kind === 'view' ? 'view' : undefined;
  if (prefix !== undefined) {
    const used = of(utilization, `${prefix}BytesUsed`);
    return [used, used + of(utilization, `${prefix}BytesAvailable`)];
  }
  if (kind === 'mirror') {
    const used = of(utilization, 'bytesUsed');
    return [used, used + of(utilization, 'bytesAvailable')];
  }
  return undefined;
}

function RepositoryUse({ kind, json, utilization }: Shown & { readonly kind: ObjectKind }) {
  const use = json === undefined ? undefined : useOf(kind, json, utilization);
  if (use === undefined || use.some(Number.isNaN)) return null;
  const [used, total] = use;
  return (
    <section aria-labelledby="repository">
      <h2 id="repository">Repository</h2>
      <meter min={0} max={total} value={used} aria-label="Used of the repository" />
      <p>
        {size(used)} of {size(total)} used
        {kind === 'image' && ' (of the capacity of the base: the repository is the group’s)'}
      </p>
    </section>
  );
}

interface JournalEntry {
  readonly number: number;
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

interface RequestsProps {
  readonly node: GraphNode;
  readonly arrayId: string;
  /** How many requests the page knows of: it is read again when there are more. */
  readonly count: number;
}

function Requests({ node, arrayId, count }: RequestsProps) {
  const [entries, setEntries] = useState<readonly JournalEntry[] | undefined>();
  useEffect(() => {
    const query = new URLSearchParams({ about: node.ref, array: arrayId, limit: '50' });
    read<readonly JournalEntry[]>(`/journal?${query}`).then(setEntries, () => undefined);
  }, [node.ref, arrayId, count]);
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Requests that name it</h2>
      {entries?.length === 0 && <p>None that the journal keeps.</p>}
      <ol class="lines">
        {entries?.toReversed().map(({ number, timeMs, method, url, status }) => (
          <li key={number}>
            <time>{timeOfDay(timeMs)}</time> <a href={`#/requests/${number}`}>{`${method} ${url}`}</a>{' '}
            {status === 0 ? 'cut off' : status}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface LoggedEvent {
  readonly ref: string;
  readonly timeMs: number;
  readonly description: string;
  readonly objectRef: string | null;
}

function Events({
  at,
  node,
  parts,
}: {
  readonly at: string;
  readonly node: GraphNode;
  readonly parts: PageState['parts'];
}) {
  const [events, setEvents] = useState<readonly LoggedEvent[]>([]);
  useEffect(() => {
    const isAbout = ({ objectRef, description }: LoggedEvent) =>
      objectRef === node.ref || description.includes(`'${node.label}'`);
    read<readonly LoggedEvent[]>(`${at}/events`).then(
      (all) => setEvents(all.filter(isAbout).slice(-50)),
      () => undefined,
    );
  }, [at, node.ref, parts]);
  return (
    <section aria-labelledby="events">
      <h2 id="events">Its events</h2>
      {events.length === 0 && <p>The event log has none of it.</p>}
      <ol class="lines">
        {events.toReversed().map(({ ref, timeMs, description }) => (
          <li key={ref}>
            <time>{dateAndTime(timeMs)}</time> {description}
          </li>
        ))}
      </ol>
    </section>
  );
}
