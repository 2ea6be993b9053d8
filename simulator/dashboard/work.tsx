import type { ArrayParts, Job } from './array-model.ts';
import { words } from './formats.ts';

/** Copies and other work that is going on, with its progress. */
export function Work({ parts }: { readonly parts: ArrayParts }) {
  const labels = new Map([...parts.volumes, ...parts.thinVolumes].map(({ volumeRef, label }) => [volumeRef, label]));
  const copyText = ({ sourceVolume, targetVolume }: ArrayParts['copies'][number]) =>
    `${labels.get(sourceVolume) ?? 'a snapshot'} to ${labels.get(targetVolume) ?? 'a volume'}`;
  const subject = ({ objectRef }: Job) => {
    const copy = parts.copies.find(({ id }) => id === objectRef);
    if (copy !== undefined) return copyText(copy);
    return labels.get(objectRef) ?? parts.pools.find(({ volumeGroupRef }) => volumeGroupRef === objectRef)?.label ?? '';
  };
  const isIdle = parts.jobs.length === 0 && parts.copies.length === 0;
  return (
    <section aria-labelledby="work">
      <h2 id="work">Copies and other work</h2>
      {isIdle && <p>There is none.</p>}
      <ul class="lines">
        {parts.jobs.map((job) => (
          <li key={job.ref}>
            {words(job.kind)} {subject(job)}{' '}
            <progress max={100} value={job.percent} aria-label={`${words(job.kind)} ${subject(job)}`} /> {job.percent} %
          </li>
        ))}
        {parts.copies.map((copy) => (
          <li key={copy.id}>
            Copy of {copyText(copy)}: {words(copy.status)}
          </li>
        ))}
      </ul>
    </section>
  );
}
