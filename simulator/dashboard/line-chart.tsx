import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { timeOfDay } from './formats.ts';
import type { Series } from './measurements.ts';

interface LineChartProps {
  readonly title: string;
  /** The array's time of each value. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

const height = 280;
const mostLines = 8;

/** Lines differ by dashes too, so that nothing hangs on colour. */
const dashes = [[], [10, 4], [3, 3], [14, 4, 3, 4], [20, 6], [6, 6], [2, 6], [14, 3, 3, 3, 3, 3]];

/** Lines over time; a part is looked at by dragging over it, and a double click shows the whole. The table has the values. */
export function LineChart({ title, times, series }: LineChartProps) {
  const shown = series.slice(0, mostLines);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const names = JSON.stringify(shown.map(({ name }) => name));
  const data = [times.map((each) => each / 1000), ...shown.map(({ values }) => values)] as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const root = place.current;
    if (root === null) return undefined;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(root, JSON.parse(names) as string[]), latest.current, root);
    };
    draw();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: root.clientWidth, height }));
    resized.observe(root);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener('change', draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [names]);
  useEffect(() => plot.current?.setData(latest.current), [times, series]);
  return (
    <figure class="card chart">
      <figcaption>
        {title}
        {series.length > mostLines && `, the ${mostLines} largest of ${series.length}`}
      </figcaption>
      <div ref={place} class="plot" role="img" aria-label={`${title} over time: the table below has the values`} />
      <ul class="legend" aria-label="Lines">
        {shown.map(({ name, values }, index) => (
          <li key={name}>
            <svg class={`hue-${index % 8}`} width="30" height="8" aria-hidden="true">
              <line x1="0" x2="30" y1="4" y2="4" stroke-dasharray={dashes[index]?.join(' ')} />
            </svg>{' '}
            {name}: {(values.at(-1) ?? 0).toFixed(1)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Colours are those of the style sheet at this time. */
function optionsOf(root: HTMLElement, names: readonly string[]): uPlot.Options {
  const style = getComputedStyle(root);
  const [soft, line] = ['--soft', '--line'].map((name) => style.getPropertyValue(name));
  const axis = { stroke: soft, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } } as uPlot.Axis;
  return {
    width: root.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false },
    scales: { y: { range: (_, __, highest) => [0, Math.max(1, highest ?? 1) * 1.05] } },
    axes: [
      { ...axis, space: 80, values: (_, at) => at.map((seconds) => timeOfDay(seconds * 1000)) },
      { ...axis, size: 56 },
    ],
    series: [
      {},
      ...names.map((label, index) => ({
        ...{ label, width: 2, dash: dashes[index] ?? [], points: { show: false } },
        stroke: `hsl(${[215, 28, 150, 290, 50, 340, 185, 100][index]} 65% 50%)`,
      })),
    ],
  };
}
