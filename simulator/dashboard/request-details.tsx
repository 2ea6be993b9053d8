import { useEffect, useState } from 'preact/hooks';
import type { RequestLine } from './array-store.ts';
import { read } from './control-api.ts';
import { curlOf, type Exchange } from './curl.ts';
import type { RuleDraft } from './fault-draft.ts';
import { type Moment, readLastMoments } from './moments.ts';
import { DifferenceList } from './object-differences.tsx';

interface Entry extends Exchange {
  readonly array: string | null;
  readonly number: number;
  readonly status: number;
  readonly answer: unknown;
}

interface DetailsProps {
  readonly line: Pick<RequestLine, 'entry'>;
  /** Takes a rule for requests like it to the form of faults. */
  readonly onFault: (draft: RuleDraft) => void;
}

/** One request: its bodies, what it changed, and what can be made of it. */
export function RequestDetails({ line, onFault }: DetailsProps) {
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

/** What the array became by the request, where it was recorded. */
function WhatItChanged({ entry: { number, array } }: { readonly entry: Entry }) {
  const [moments, setMoments] = useState<readonly Moment[] | undefined>([]);
  const at = `/arrays/${encodeURIComponent(array ?? '')}/timeline`;
  useEffect(() => {
    if (array === null) return;
    readLastMoments(at).then(
      (recording) => setMoments(recording.recorded ? recording.moments : undefined),
      () => undefined,
    );
  }, [at, number]);
  if (moments === undefined)
    return (
      <p class="quiet">
        What requests change is shown while the array is recorded: <a href="#/time">Time</a> begins that.
      </p>
    );
  const index = moments.findIndex(({ content }) => content.kind === 'request' && content.entry === number);
  const own = moments[index]?.number;
  if (own === undefined) return null;
  const before = moments.slice(0, index).findLast(({ content }) => content.kind === 'request')?.number ?? 0;
  return (
    <details open>
      <summary>What changed since the request before it</summary>
      <DifferenceList at={at} number={own} earlier={before} />
      <p>
        <a href={`#/time/${own}/${before}`}>
          Moments {before} to {own} of the time line
        </a>
      </p>
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

/** The pattern of a fault rule for the same method and path, with any reference in place of the one there. */
function patternOf({ method, url }: Pick<RequestLine, 'method' | 'url'>): string {
  const path = (url.split('?', 1)[0] ?? '').replace(/^\/devmgr\/v2\/storage-systems\/[^/]+\//, '');
  return `${method} ${path.replace(/\b[0-9A-F]{32,}\b/gi, '*')}`;
}
