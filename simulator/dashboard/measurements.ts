/** A row of the REST API's volume-statistics: totals since the last reset; times in microseconds. */
export interface VolumeCounters {
  readonly volumeId: string;
  readonly volumeName: string;
  readonly controllerId: string;
  readonly observedTimeInMS: string;
  readonly readOps: string | number;
  readonly writeOps: string | number;
  readonly readBytes: string | number;
  readonly writeBytes: string | number;
  readonly readTimeTotal: string | number;
  readonly writeTimeTotal: string | number;
}

export const metrics = {
  iops: 'Operations per second',
  throughput: 'MiB per second',
  latency: 'Latency in ms',
  capacity: 'Used of the pools in %',
  jobs: 'Work that is going on',
} as const;

export type Metric = keyof typeof metrics;

/** Values of one time, by name. */
export interface Measurement {
  readonly timeMs: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface Series {
  readonly name: string;
  /** Oldest first; null where there is no value. */
  readonly values: readonly (number | null)[];
}

const mostMeasurements = 300;

/** A ring with one measurement more: the oldest goes when it is full. */
export function withMeasurement(ring: readonly Measurement[], measurement: Measurement): Measurement[] {
  // While the clock stands still there is one value of its time.
  const earlier = ring.filter(({ timeMs }) => timeMs < measurement.timeMs);
  return [...earlier, measurement].slice(-mostMeasurements);
}

/** What volumes, or the controllers that own them, did between two readings; undefined where no time passed between them. */
export function ratesOf(
  metric: 'iops' | 'throughput' | 'latency',
  by: (row: VolumeCounters) => string,
  before: readonly VolumeCounters[],
  after: readonly VolumeCounters[],
): Measurement['values'] | undefined {
  const seconds = secondsOf(after) - secondsOf(before);
  if (!(seconds > 0)) return undefined;
  const earlier = new Map(before.map((row) => [row.volumeId, row]));
  const sums = new Map<string, { ops: number; bytes: number; microseconds: number }>();
  for (const row of after) {
    const old = earlier.get(row.volumeId);
    // Counters that went back were reset in between.
    const came = (one: keyof VolumeCounters, other: keyof VolumeCounters) =>
      Math.max(0, Number(row[one]) + Number(row[other]) - Number(old?.[one] ?? 0) - Number(old?.[other] ?? 0));
    const sum = sums.get(by(row)) ?? { ops: 0, bytes: 0, microseconds: 0 };
    sum.ops += came('readOps', 'writeOps');
    sum.bytes += came('readBytes', 'writeBytes');
    sum.microseconds += came('readTimeTotal', 'writeTimeTotal');
    sums.set(by(row), sum);
  }
  return Object.fromEntries(
    [...sums].map(([name, { ops, bytes, microseconds }]) => {
      if (metric === 'iops') return [name, ops / seconds];
      if (metric === 'throughput') return [name, bytes / seconds / 2 ** 20];
      return [name, ops === 0 ? 0 : microseconds / ops / 1000];
    }),
  );
}

/** A `commands` event of the stream: what an initiator asked of one unit in about a second. */
export interface CommandSum {
  readonly initiator: string;
  /** The label of the volume or view. */
  readonly label?: string;
  readonly reads: number;
  readonly writes: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

interface HostRateOptions {
  readonly hostOf: (initiator: string) => string;
  /** Of the host's time, as the commands came over the wire. */
  readonly seconds: number;
  /** Milliseconds by the labels of volumes: a host's latency is that of its volumes, weighted by its commands. */
  readonly latencies: Measurement['values'];
}

/** What hosts did over the wire in some seconds. */
export function hostRatesOf(
  metric: 'iops' | 'throughput' | 'latency',
  commands: readonly CommandSum[],
  { hostOf, seconds, latencies }: HostRateOptions,
): Measurement['values'] {
  const sums = new Map<string, { ops: number; bytes: number; milliseconds: number }>();
  for (const { initiator, label = '', reads, writes, readBytes, writtenBytes } of commands) {
    const host = hostOf(initiator);
    const sum = sums.get(host) ?? { ops: 0, bytes: 0, milliseconds: 0 };
    sum.ops += reads + writes;
    sum.bytes += readBytes + writtenBytes;
    sum.milliseconds += (reads + writes) * (latencies[label] ?? 0);
    sums.set(host, sum);
  }
  return Object.fromEntries(
    [...sums].map(([host, { ops, bytes, milliseconds }]) => {
      if (metric === 'latency') return [host, ops === 0 ? 0 : milliseconds / ops];
      return [host, (metric === 'iops' ? ops : bytes / 2 ** 20) / seconds];
    }),
  );
}

/** When the array collected the rows. */
function secondsOf(rows: readonly VolumeCounters[]): number {
  return Number(rows[0]?.observedTimeInMS ?? 0) / 1000;
}

/** The series of a ring, those with the largest last values first. */
export function seriesOf(ring: readonly Measurement[]): Series[] {
  const names = new Set(ring.flatMap(({ values }) => Object.keys(values)));
  const series = [...names].map((name) => ({ name, values: ring.map(({ values }) => values[name] ?? null) }));
  return series.sort((one, other) => (other.values.at(-1) ?? 0) - (one.values.at(-1) ?? 0));
}
