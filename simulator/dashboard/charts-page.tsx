import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import { timeOfDay } from './formats.ts';
import { LineChart } from './line-chart.tsx';
import {
  type Measurement,
  type Metric,
  metrics,
  ratesOf,
  seriesOf,
  type VolumeCounters,
  withMeasurement,
} from './measurements.ts';

type Rings = Readonly<Partial<Record<string, readonly Measurement[]>>>;

const sampleMs = 2000;
const mostRows = 100;

/** How the array does over time, from its statistics: measured while this page is open. */
export function ChartsPage({ state }: { readonly state: PageState }) {
  const rings = useRings(state);
  const [metric, setMetric] = useState<Metric>('iops');
  const [by, setBy] = useState<'volume' | 'controller'>('volume');
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
              <option>controller</option>
            </select>
          </label>
        )}
      </div>
      {ring.length < 2 ? (
        <p role="status">Measuring: the first values come once the array has collected its statistics twice.</p>
      ) : (
        <LineChart title={metrics[metric]} times={ring.map(({ timeMs }) => timeMs)} series={series} />
      )}
      <details open={series.length <= 10}>
        <summary>The same as a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
        <section class="scroll" aria-label="Table of the values" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Last</th>
                <th scope="col">Highest since {timeOfDay(ring[0]?.timeMs ?? 0)}</th>
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
    </section>
  );
}

/** Measures every two seconds. */
function useRings(state: PageState): Rings {
  const [rings, setRings] = useState<Rings>({});
  const now = useRef(state);
  now.current = state;
  const { arrayId } = state;
  useEffect(() => {
    setRings({});
    // Which array is shown is not known at once.
    if (arrayId === '') return undefined;
    let before: readonly VolumeCounters[] | undefined;
    const measure = async () => {
      const { parts } = now.current;
      const at = `/arrays/${encodeURIComponent(arrayId)}`;
      const [[look], clock] = await Promise.all([
        control<readonly { readonly body: readonly VolumeCounters[] }[]>('POST', `${at}/looks`, {
          paths: ['volume-statistics'],
          asMonitor: true,
        }),
        read<{ readonly nowMs: number }>('/clock'),
      ]);
      const rows = look?.body ?? [];
      const add = (name: string, values: Measurement['values'] | undefined) => {
        if (values !== undefined)
          setRings((all) => ({ ...all, [name]: withMeasurement(all[name] ?? [], { timeMs: clock.nowMs, values }) }));
      };
      const owners = new Map(
        parts?.hardware.controllers.map(({ controllerRef, physicalLocation }) => [
          controllerRef,
          physicalLocation.label,
        ]),
      );
      const ownerOf = ({ controllerId }: VolumeCounters) => `controller ${owners.get(controllerId) ?? controllerId}`;
      for (const metric of ['iops', 'throughput', 'latency'] as const) {
        add(`${metric} volume`, before && ratesOf(metric, ({ volumeName }) => volumeName, before, rows));
        add(`${metric} controller`, before && ratesOf(metric, ownerOf, before, rows));
      }
      const pools = parts?.pools.map((pool) => [
        pool.label,
        (100 * Number(pool.usedSpace)) / Number(pool.totalRaidedSpace),
      ]);
      add('capacity', Object.fromEntries(pools ?? []));
      add('jobs', { jobs: parts?.jobs.length ?? 0 });
      before = rows;
    };
    const quietly = () => void measure().catch(() => undefined);
    quietly();
    const timer = setInterval(quietly, sampleMs);
    return () => clearInterval(timer);
  }, [arrayId]);
  return rings;
}
