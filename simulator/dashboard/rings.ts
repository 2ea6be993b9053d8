import { useEffect, useRef, useState } from 'preact/hooks';
import type { ArrayStore, PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import {
  type CommandSum,
  hostRatesOf,
  type Measurement,
  ratesOf,
  type VolumeCounters,
  withMeasurement,
} from './measurements.ts';

/** The last measurements by what is measured: 'iops volume', 'latency host', 'capacity'. */
type Rings = Readonly<Partial<Record<string, readonly Measurement[]>>>;

const sampleMs = 2000;
const rates = ['iops', 'throughput', 'latency'] as const;

/** Measures every two seconds, of the array that is shown. */
export function useRings(state: PageState, store: ArrayStore): Rings {
  const [rings, setRings] = useState<Rings>({});
  const now = useRef(state);
  now.current = state;
  const { arrayId } = state;
  useEffect(() => {
    setRings({});
    // Which array is shown is not known at once.
    if (arrayId === '') return undefined;
    const sampler = new Sampler(arrayId);
    const measure = async () => {
      const { timeMs, values } = await sampler.sample(now.current);
      setRings((all) => {
        const added = Object.entries(values).map(([name, each]) => [
          name,
          withMeasurement(all[name] ?? [], { timeMs, values: each }),
        ]);
        return { ...all, ...Object.fromEntries(added) };
      });
    };
    const quietly = () => void measure().catch(() => undefined);
    quietly();
    const timer = setInterval(quietly, sampleMs);
    const unsubscribe = store.onEvents((events) => {
      for (const { kind, data } of events)
        if (kind === 'commands' && data.array === arrayId) sampler.commands.push(data as unknown as CommandSum);
    });
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [arrayId, store]);
  return rings;
}

interface Sample {
  /** The array's time. */
  readonly timeMs: number;
  readonly values: Readonly<Record<string, Measurement['values']>>;
}

/** Reads the counters of an array, and makes values of them and of what came over the wire since the last time. */
class Sampler {
  /** What came since the last sample. */
  commands: CommandSum[] = [];
  private before: readonly VolumeCounters[] | undefined;
  private latencies: Measurement['values'] = {};
  private lastMs = performance.now();
  private hasHosts = false;

  constructor(private readonly arrayId: string) {}

  async sample(state: PageState): Promise<Sample> {
    const [[look], clock] = await Promise.all([
      control<readonly { readonly body: readonly VolumeCounters[] }[]>(
        'POST',
        `/arrays/${encodeURIComponent(this.arrayId)}/looks`,
        { paths: ['volume-statistics'], asMonitor: true },
      ),
      read<{ readonly nowMs: number }>('/clock'),
    ]);
    const rows = look?.body ?? [];
    const values = { ...this.volumeRates(rows, state), ...this.hostRates(state), ...levelsOf(state) };
    this.before = rows;
    return { timeMs: clock.nowMs, values };
  }

  private volumeRates(rows: readonly VolumeCounters[], { parts }: PageState): Sample['values'] {
    const { before } = this;
    if (before === undefined) return {};
    const owners = new Map(
      parts?.hardware.controllers.map(({ controllerRef, physicalLocation }) => [controllerRef, physicalLocation.label]),
    );
    const ownerOf = ({ controllerId }: VolumeCounters) => `controller ${owners.get(controllerId) ?? controllerId}`;
    const volumes = present(rates, 'volume', (rate) => ratesOf(rate, ({ volumeName }) => volumeName, before, rows));
    this.latencies = volumes['latency volume'] ?? this.latencies;
    return { ...volumes, ...present(rates, 'controller', (rate) => ratesOf(rate, ownerOf, before, rows)) };
  }

  /** Values of 0 too, once a host has done something. */
  private hostRates({ parts }: PageState): Sample['values'] {
    const { commands, latencies, lastMs } = this;
    this.commands = [];
    this.lastMs = performance.now();
    this.hasHosts ||= commands.length > 0;
    if (!this.hasHosts) return {};
    const hosts = new Map(
      parts?.hosts.flatMap(({ label, hostSidePorts }) => hostSidePorts.map(({ address }) => [address, label])),
    );
    const hostOf = (initiator: string) => hosts.get(initiator) ?? initiator;
    const options = { hostOf, latencies, seconds: (this.lastMs - lastMs) / 1000 };
    return present(rates, 'host', (rate) => hostRatesOf(rate, commands, options));
  }
}

function levelsOf({ parts }: PageState): Sample['values'] {
  const pools = parts?.pools.map(({ label, usedSpace, totalRaidedSpace }) => [
    label,
    (100 * Number(usedSpace)) / Number(totalRaidedSpace),
  ]);
  return { capacity: Object.fromEntries(pools ?? []), jobs: { jobs: parts?.jobs.length ?? 0 } };
}

/** The values of each rate, where there are any. */
function present(
  names: typeof rates,
  of: string,
  valuesOf: (rate: (typeof rates)[number]) => Measurement['values'] | undefined,
): Sample['values'] {
  return Object.fromEntries(
    names.flatMap((rate) => {
      const values = valuesOf(rate);
      return values === undefined ? [] : [[`${rate} ${of}`, values] as const];
    }),
  );
}
