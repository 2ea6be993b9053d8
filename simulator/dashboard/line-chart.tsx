import { timeOfDay } from './formats.ts';
import type { Series } from './measurements.ts';

interface LineChartProps {
  readonly title: string;
  /** The array's time of each value. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

const width = 720;
const height = 260;
const left = 56;
const bottom = 24;
const mostLines = 8;

/** Lines over time. Each is named beside its end, so that nothing hangs on colour; the table beside it has the values. */
export function LineChart({ title, times, series }: LineChartProps) {
  const shown = series.slice(0, mostLines);
  const highest = Math.max(1, ...shown.flatMap(({ values }) => values.map((each) => each ?? 0)));
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  const x = (index: number) =>
    left + ((width - left - 8) * ((times[index] ?? first) - first)) / Math.max(1, last - first);
  const y = (value: number) => 8 + (height - bottom - 8) * (1 - value / highest);
  return (
    <figure class="card chart">
      <figcaption>
        {title}
        {series.length > mostLines && `, the ${mostLines} largest of ${series.length}`}
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title} over time: the table below has the values`}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line class="grid" x1={left} x2={width} y1={y(highest * part)} y2={y(highest * part)} />
            <text x={left - 6} y={y(highest * part) + 4} text-anchor="end">
              {(highest * part).toFixed(highest < 10 ? 1 : 0)}
            </text>
          </g>
        ))}
        <text x={left} y={height - 6}>
          {timeOfDay(first)}
        </text>
        <text x={width - 8} y={height - 6} text-anchor="end">
          {timeOfDay(last)}
        </text>
        {shown.map(({ name, values }, index) => (
          <polyline
            key={name}
            class={`hue-${index % 8}`}
            points={values
              .flatMap((value, at) => (value === null ? [] : [`${x(at).toFixed(1)},${y(value).toFixed(1)}`]))
              .join(' ')}
          />
        ))}
      </svg>
      <ul class="legend" aria-label="Lines">
        {shown.map(({ name, values }, index) => (
          <li key={name}>
            <span class={`swatch hue-${index % 8}`} aria-hidden="true">
              {index + 1}
            </span>{' '}
            {name}: {(values.at(-1) ?? 0).toFixed(1)}
          </li>
        ))}
      </ul>
    </figure>
  );
}
