import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import { counted } from './formats.ts';
import { layoutAround, nodeHeight, nodeWidth } from './map-layout.ts';
import {
  type GraphNode,
  hashOf,
  kinds,
  type MapParts,
  mapPaths,
  type ObjectGraph,
  type ObjectKind,
  objectGraph,
} from './object-graph.ts';
import { ObjectPanel } from './object-panel.tsx';

interface MapProps {
  readonly state: PageState;
  /** Kind and reference of the object that the URL names; '' for none. */
  readonly objectKey: string;
}

/** What hangs on what: all objects by kind, or one of them with what leads to it and what it leads to. */
export function MapPage({ state, objectKey }: MapProps) {
  const { map, problem } = useMapParts(state);
  const { parts } = state;
  const graph = useMemo(
    () => (parts === undefined || map === undefined ? undefined : objectGraph(parts, map)),
    [parts, map],
  );
  if (graph === undefined) return <p class="loading">{problem || 'Reading the array…'}</p>;
  const node = graph.get(objectKey);
  if (node !== undefined) return <ObjectView key={node.key} node={node} state={state} />;
  return (
    <>
      {objectKey !== '' && <p class="problem">The array has no such object (any more): {objectKey}</p>}
      <Index graph={graph} />
    </>
  );
}

/** Reads what only the map shows, again whenever the array changed. */
function useMapParts({ arrayId, parts }: PageState) {
  const [map, setMap] = useState<MapParts | undefined>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    if (parts === undefined) return undefined;
    let isCurrent = true;
    const at = `/arrays/${encodeURIComponent(arrayId)}`;
    const names = Object.keys(mapPaths) as (keyof typeof mapPaths)[];
    const paths = names.map((name) => mapPaths[name]);
    Promise.all([
      control<readonly { readonly body: unknown }[]>('POST', `${at}/looks`, { paths, asMonitor: true }),
      read<MapParts['sessions']>(`${at}/sessions`),
    ]).then(
      ([looks, sessions]) => {
        if (!isCurrent) return;
        const lists = Object.fromEntries(names.map((name, index) => [name, looks[index]?.body]));
        setMap({ ...lists, sessions } as MapParts);
      },
      (error: Error) => isCurrent && setProblem(error.message),
    );
    return () => {
      isCurrent = false;
    };
  }, [arrayId, parts]);
  return { map, problem };
}

const firstShown = 50;

function Index({ graph }: { readonly graph: ObjectGraph }) {
  const [filter, setFilter] = useState('');
  const wanted = filter.toLowerCase();
  const nodes = [...graph.values()].filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <section aria-labelledby="map">
      <h2 id="map">Map</h2>
      <p>Choose an object: what leads to it and what it leads to is drawn around it.</p>
      <div class="filters">
        <label>
          Filter by name{' '}
          <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <span role="status">{counted(nodes.length, 'object')}</span>
      </div>
      <div class="cards">
        {(Object.keys(kinds) as ObjectKind[]).map((kind) => (
          <KindCard key={kind} kind={kind} nodes={nodes.filter((node) => node.kind === kind)} />
        ))}
      </div>
    </section>
  );
}

function KindCard({ kind, nodes }: { readonly kind: ObjectKind; readonly nodes: readonly GraphNode[] }) {
  const [shown, setShown] = useState(firstShown);
  if (nodes.length === 0) return null;
  return (
    <article class="card">
      <h3>
        {kinds[kind].title} ({nodes.length})
      </h3>
      <ul class="lines">
        {nodes.slice(0, shown).map((node) => (
          <li key={node.key}>
            <a href={hashOf(node)}>{node.label}</a>
          </li>
        ))}
      </ul>
      {nodes.length > shown && (
        <button type="button" onClick={() => setShown(shown + 500)}>
          Show more ({nodes.length - shown} left)
        </button>
      )}
    </article>
  );
}

function ObjectView({ node, state }: { readonly node: GraphNode; readonly state: PageState }) {
  return (
    <>
      <section aria-labelledby="object">
        <p>
          <a href="#/map">Map</a> › {kinds[node.kind].title}
        </p>
        <h2 id="object">
          {kinds[node.kind].one} {node.label}
        </h2>
        <Picture node={node} />
        <div class="cards">
          <Branches title="What leads to it" node={node} side="from" />
          <Branches title="What it leads to" node={node} side="to" />
        </div>
      </section>
      <ObjectPanel node={node} state={state} />
    </>
  );
}

/** Up to this width in pixels a picture is made smaller to fit a wide page. */
const widestFit = 1800;

/** The object with its surroundings, drawn; each node is a link. */
function Picture({ node: focus }: { readonly node: GraphNode }) {
  const { width, height, placed, lines, more } = layoutAround(focus);
  const region = useRef<HTMLElement>(null);
  const focusX = placed.find(({ node }) => node === focus)?.x ?? 0;
  useEffect(() => {
    const { current } = region;
    if (current !== null) current.scrollLeft = focusX - (current.clientWidth - nodeWidth) / 2;
  }, [focusX]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section class="scroll picture" aria-label="Picture of its surroundings" tabIndex={0} ref={region}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is a group of links, that have their names, and no picture of its own */}
      <svg class={width < widestFit ? 'fits' : ''} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {lines.map(({ from, to }) => (
          <path
            key={`${from.node.key} ${to.node.key}`}
            class={from.node === focus || to.node === focus ? 'line near' : 'line'}
            d={curve(from.x + nodeWidth, from.y + nodeHeight / 2, to.x, to.y + nodeHeight / 2)}
          />
        ))}
        {placed.map(({ node, x, y }) => (
          <a key={node.key} href={hashOf(node)} aria-current={node === focus ? 'true' : undefined}>
            <title>{`${kinds[node.kind].one} ${node.label}`}</title>
            <rect
              class={node === focus ? 'node focus' : 'node'}
              x={x}
              y={y}
              width={nodeWidth}
              height={nodeHeight}
              rx={6}
            />
            <text class="kind" x={x + 9} y={y + 17}>
              {kinds[node.kind].one}
            </text>
            <text x={x + 9} y={y + 36}>
              {shortened(node.label)}
            </text>
          </a>
        ))}
        {more.map(({ x, y, count }) => (
          <text key={`${x}`} x={x + 9} y={y + 26}>
            … {count} more, in the lists below
          </text>
        ))}
      </svg>
    </section>
  );
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(20, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const longestLabel = 20;

/** The end of a name tells names apart as much as its beginning. */
function shortened(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, 10)}…${label.slice(-9)}`;
}

interface BranchesProps {
  readonly title: string;
  readonly node: GraphNode;
  readonly side: 'to' | 'from';
}

/** The same as nested lists. */
function Branches({ title, node, side }: BranchesProps) {
  return (
    <article class="card branches">
      <h3>{title}</h3>
      {node[side].length === 0 ? <p>Nothing.</p> : <Branch node={node} side={side} above={[node]} />}
    </article>
  );
}

const deepest = 8;

function Branch({ node, side, above }: Omit<BranchesProps, 'title'> & { readonly above: readonly GraphNode[] }) {
  const [shown, setShown] = useState(20);
  const next = node[side].filter((each) => !above.includes(each));
  if (next.length === 0 || above.length > deepest) return null;
  const isOpen = above.length < 2 || next.length === 1;
  const list = (
    <ul>
      {next.slice(0, shown).map((each) => (
        <li key={each.key}>
          {kinds[each.kind].one} <a href={hashOf(each)}>{each.label}</a>
          <Branch node={each} side={side} above={[...above, each]} />
        </li>
      ))}
      {next.length > shown && (
        <li>
          <button type="button" onClick={() => setShown(shown + 200)}>
            Show more ({next.length - shown} left)
          </button>
        </li>
      )}
    </ul>
  );
  if (isOpen) return list;
  return (
    <details open={next.length <= 5 && above.length < 4}>
      <summary>{counted(next.length, 'more step')}</summary>
      {list}
    </details>
  );
}
