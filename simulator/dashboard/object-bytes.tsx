import { useState } from 'preact/hooks';
import { read } from './control-api.ts';
import { hexDump, patternOf } from './hex-dump.ts';
import type { GraphNode } from './object-graph.ts';

interface Bytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The bytes of a volume or view: read when they are asked for, as the statistics count it. */
export function ObjectBytes({ at, node }: { readonly at: string; readonly node: GraphNode }) {
  const [shown, setShown] = useState<Bytes | undefined>();
  const [offset, setOffset] = useState('0');
  const [length, setLength] = useState(512);
  const [problem, setProblem] = useState('');
  const show = (from: number) => {
    setOffset(String(from));
    const path = `${at}/volumes/${encodeURIComponent(node.ref)}/blocks?offset=${from}&length=${length}&format=json`;
    read<{ readonly base64: string }>(path).then(
      ({ base64 }) => {
        setShown({ offset: from, bytes: Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)) });
        setProblem('');
      },
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <section aria-labelledby="bytes">
      <h2 id="bytes">Its bytes</h2>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          show(Number(offset));
        }}
      >
        <label>
          From byte{' '}
          <input
            inputMode="numeric"
            pattern="[0-9]{1,15}"
            required
            value={offset}
            onInput={(event) => setOffset(event.currentTarget.value)}
          />
        </label>
        <label>
          Bytes{' '}
          <select value={length} onChange={(event) => setLength(Number(event.currentTarget.value))}>
            {[512, 4096, 65_536].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="submit">Read</button>
        <button
          type="button"
          disabled={!(shown && shown.offset > 0)}
          onClick={() => show(Math.max(0, Number(offset) - length))}
        >
          Before
        </button>
        <button type="button" disabled={shown === undefined} onClick={() => show(Number(offset) + length)}>
          After
        </button>
      </form>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {shown !== undefined && (
        <>
          <p role="status">
            Bytes {shown.offset} to {shown.offset + shown.bytes.length - 1}: {patternOf(shown.bytes)}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
          <section class="scroll" aria-label="Bytes in hex" tabIndex={0}>
            <pre class="hex">{hexDump(shown.bytes, shown.offset)}</pre>
          </section>
        </>
      )}
    </section>
  );
}
