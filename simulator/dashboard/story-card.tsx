import { useEffect, useState } from 'preact/hooks';
import type { PageState } from './array-store.ts';
import { read } from './control-api.ts';
import { counted } from './formats.ts';
import { type RecordedRequest, storyOf } from './story.ts';

interface StoryCardProps {
  readonly state: PageState;
  /** The numbers of the requests in the journal. */
  readonly entries: readonly number[];
}

/** The story of some requests, as a file that `eseries-conformance replay` plays. */
export function StoryCard({ state, entries }: StoryCardProps) {
  const [story, setStory] = useState('');
  const [problem, setProblem] = useState('');
  const asked = entries.join(',');
  useEffect(() => {
    let isCurrent = true;
    const show = async () => {
      const requests: RecordedRequest[] = [];
      for (const entry of entries.toSorted((one, other) => one - other))
        requests.push(await read<RecordedRequest>(`/journal/${entry}`));
      const { preset, seed } = state.arrays.find(({ id }) => id === state.arrayId) ?? {};
      const pools = state.parts?.pools.map(({ volumeGroupRef: ref, label }) => ({ ref, label })) ?? [];
      const name = `${counted(entries.length, 'request')} from number ${Math.min(...entries)} on`;
      if (isCurrent) setStory(storyOf(requests, { name, array: { preset, seed }, pools }));
    };
    setProblem('');
    show().catch((error: Error) => isCurrent && setProblem(error.message));
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  if (problem !== '') return <p class="problem">{problem}</p>;
  return (
    <article class="card">
      <h3>A story of the selection</h3>
      <p>
        Saved as <code>story.yaml</code>: <code>npx eseries-conformance replay story.yaml</code> plays it, with{' '}
        <code>--inspect</code> this page shows each of its moments.
      </p>
      <p class="actions">
        <a
          class="button"
          download="story.yaml"
          href={`data:application/yaml;charset=utf-8,${encodeURIComponent(story)}`}
        >
          Download story.yaml
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="scroll" aria-label="The story" tabIndex={0}>
        <pre class="story">{story}</pre>
      </section>
    </article>
  );
}
