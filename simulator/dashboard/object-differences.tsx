import { useEffect, useState } from 'preact/hooks';
import { read } from './control-api.ts';
import { counted, tableWords } from './formats.ts';

interface Difference {
  readonly table: string;
  readonly ref: string;
  readonly label: string;
  readonly change: string;
  readonly properties: readonly { readonly name: string; readonly before?: unknown; readonly after?: unknown }[];
}

interface DifferencesProps {
  /** The timeline below /sim/v1. */
  readonly at: string;
  readonly number: number;
  readonly earlier: number;
}

const mostObjects = 100;

/** What differs between two moments that can be chosen, object by object. */
export function ObjectDifferences({ first, ...moments }: DifferencesProps & { readonly first: number }) {
  const { number, earlier } = moments;
  return (
    <section aria-labelledby="differences">
      <h3 id="differences">
        What differs between moment {earlier} and {number}
      </h3>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          location.hash = `#/time/${number}/${new FormData(event.currentTarget).get('from')}`;
        }}
      >
        <label>
          Compare with moment <input name="from" type="number" min={first} value={earlier} required />
        </label>
        <button type="submit">Compare</button>
      </form>
      <DifferenceList {...moments} />
    </section>
  );
}

/** What differs between two moments, object by object. */
export function DifferenceList({ at, number, earlier }: DifferencesProps) {
  const [found, setFound] = useState<readonly Difference[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let isCurrent = true;
    read<readonly Difference[]>(`${at}/${number}/differences?from=${earlier}`).then(
      (differences) => {
        if (!isCurrent) return;
        setFound(differences);
        setProblem('');
      },
      (error: Error) => isCurrent && setProblem(error.message),
    );
    return () => {
      isCurrent = false;
    };
  }, [at, number, earlier]);
  return (
    <div class="differences">
      {problem !== '' && <p class="problem">{problem}</p>}
      {found.length === 0 && problem === '' && <p>No object differs.</p>}
      {found.slice(0, mostObjects).map((each) => (
        <details key={`${each.table} ${each.ref}`} open={found.length <= 5}>
          <summary>
            <b>{tableWords(each.table)[0]}</b> {each.label || each.ref} {each.change}
          </summary>
          <dl class="properties">
            {each.properties.map((property) => (
              <Property key={property.name} {...property} />
            ))}
          </dl>
        </details>
      ))}
      {found.length > mostObjects && <p>{counted(found.length - mostObjects, 'more object')} not shown.</p>}
    </div>
  );
}

function Property({ name, ...values }: Difference['properties'][number]) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {'before' in values && (
          <del>
            <span class="hidden">before </span>
            {JSON.stringify(values.before)}
          </del>
        )}{' '}
        {'after' in values && (
          <ins>
            <span class="hidden">after </span>
            {JSON.stringify(values.after)}
          </ins>
        )}
      </dd>
    </>
  );
}
