import { useState } from 'preact/hooks';
import type { ArrayStore, PageState } from './array-store.ts';
import { timeOfDay } from './formats.ts';
import { LineChart } from './line-chart.tsx';
import { type Metric, metrics, type Series, seriesOf } from './measurements.ts';
import { useRings } from './rings.ts';

const mostRows = 100;

interface ChartsProps {
  readonly state: PageState;
  readonly store: ArrayStore;
}

/** How the array does over time, from its statistics and the wire: measured while this page is open. */
export function ChartsPage({ state, store }: ChartsProps) {
  const rings = useRings(state, store);
  const [metric, setMetric] = useState<Metric>('iops');
  const [by, setBy] = useState<'volume' | 'host' | 'controller'>('volume');
  const isRate = metric !== 'capacity' && metric !== 'jobs';
  const ring = rings[isRate ? `${metric} ${by}` : metric] ?? [];
  const series = seriesOf(ring);
  return (
    <section aria-labelledby="charts">
      <h2 id="charts">Charts</h2>
      <div class="filters">
        <label>
          What{' '}
          <select value={metric} onChange={(event) => setMetric(event.currentTarget.value as Metric)}>
            {Object.entries(metrics).map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {isRate && (
          <label>
            Of each{' '}
            <select value={by} onChange={(event) => setBy(event.currentTarget.value as typeof by)}>
              <option>volume</option>
              <option>host</option>
              <option>controller</option>
            </select>
          </label>
        )}
      </div>
      {series.length === 0 || ring.length < 2 ? (
        <p class="card" role="status">
          {series.length === 0 ? emptyText(isRate ? by : metric, ring.length) : 'Measuring: a line needs two values.'}
        </p>
      ) : (
        <LineChart title={metrics[metric]} times={ring.map(({ timeMs }) => timeMs)} series={series} />
      )}
      {series.length > 0 && <ValueTable since={ring[0]?.timeMs ?? 0} series={series} />}
    </section>
  );
}

/** Why there is no line. */
function emptyText(of: string, measurements: number): string {
  if (of === 'host') return 'No host has read or written over iSCSI since this page was opened.';
  if (measurements > 0) return `There is no ${of === 'capacity' ? 'pool' : of} yet.`;
  return 'Measuring: values come once the array has collected its statistics twice (--statistics-interval).';
}

interface TableProps {
  readonly since: number;
  readonly series: readonly Series[];
}

function ValueTable({ since, series }: TableProps) {
  return (
    <details open={series.length <= 10}>
      <summary>The same as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="scroll" aria-label="Table of the values" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Last</th>
              <th scope="col">Highest since {timeOfDay(since)}</th>
            </tr>
          </thead>
          <tbody>
            {series.slice(0, mostRows).map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{(values.at(-1) ?? 0).toFixed(1)}</td>
                <td>{Math.max(...values.map((each) => each ?? 0)).toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
