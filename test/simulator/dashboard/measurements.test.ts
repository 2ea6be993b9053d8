import { describe, expect, it } from 'vitest';
import {
  type CommandSum,
  hostRatesOf,
  type Measurement,
  ratesOf,
  seriesOf,
  type VolumeCounters,
  withMeasurement,
} from '../../../simulator/dashboard/measurements.js';

const row = (volumeId: string, second: number, ops: number): VolumeCounters => ({
  volumeId,
  volumeName: volumeId,
  controllerId: 'A',
  observedTimeInMS: String(second * 1000),
  readOps: ops,
  writeOps: String(ops),
  readBytes: ops * 2 ** 20,
  writeBytes: 0,
  readTimeTotal: ops * 4000,
  writeTimeTotal: 0,
});
const byVolume = ({ volumeName }: VolumeCounters) => volumeName;
const before = [row('v', 10, 100), row('w', 10, 50)];
const after = [row('v', 20, 200), row('w', 20, 50), row('new', 20, 10)];

describe('rates', () => {
  it('are what came between two readings, per second of the array', () => {
    expect(ratesOf('iops', byVolume, before, after)).toEqual({ v: 20, w: 0, new: 2 });
    expect(ratesOf('throughput', byVolume, before, after)).toEqual({ v: 10, w: 0, new: 1 });
    expect(ratesOf('latency', byVolume, before, after)).toEqual({ v: 2, w: 0, new: 2 });
  });

  it('are summed up for what volumes have in common', () => {
    expect(ratesOf('iops', ({ controllerId }) => controllerId, before, after)).toEqual({ A: 22 });
  });

  it('are none where no time passed, and not negative after a reset', () => {
    expect(ratesOf('iops', byVolume, before, before)).toBeUndefined();
    expect(ratesOf('iops', byVolume, before, [row('v', 20, 5)])).toEqual({ v: 0 });
  });
});

describe('a ring', () => {
  it('keeps the last 300 measurements', () => {
    let ring: ReturnType<typeof withMeasurement> = [];
    for (let timeMs = 0; timeMs < 400; timeMs++) ring = withMeasurement(ring, { timeMs, values: { v: timeMs } });
    expect([ring.length, ring[0]?.timeMs]).toEqual([300, 100]);
  });

  it('becomes series, the largest last value first', () => {
    const ring: Measurement[] = [
      { timeMs: 0, values: { a: 1 } },
      { timeMs: 1, values: { a: 1, b: 5 } },
    ];
    expect(seriesOf(ring)).toEqual([
      { name: 'b', values: [null, 5] },
      { name: 'a', values: [1, 1] },
    ]);
  });
});

describe('rates of hosts', () => {
  const command = (initiator: string, label: string, reads: number): CommandSum => ({
    ...{ initiator, label, reads, writes: reads, readBytes: reads * 2 ** 20, writtenBytes: 0 },
  });
  const commands = [
    command('iqn.a', 'v', 10),
    command('iqn.b', 'v', 5),
    command('iqn.b', 'w', 15),
    command('iqn.c', 'w', 0),
  ];
  const options = {
    hostOf: (initiator: string) => (initiator === 'iqn.c' ? initiator : 'host'),
    seconds: 2,
    latencies: { v: 1, w: 3 },
  };

  it('sum up the initiators of a host, per second of the wire', () => {
    expect(hostRatesOf('iops', commands, options)).toEqual({ host: 30, 'iqn.c': 0 });
    expect(hostRatesOf('throughput', commands, options)).toEqual({ host: 15, 'iqn.c': 0 });
  });

  it('weight the latency of each volume by the commands to it', () => {
    expect(hostRatesOf('latency', commands, options)).toEqual({ host: 2, 'iqn.c': 0 });
  });
});

describe('a ring of measurements', () => {
  it('keeps one value of a time while the clock stands still, and the last after it was set back', () => {
    const at = (timeMs: number, value: number): Measurement => ({ timeMs, values: { v: value } });
    const ring = [at(1, 1), at(5, 2)];
    expect(withMeasurement(ring, at(5, 3))).toEqual([at(1, 1), at(5, 3)]);
    expect(withMeasurement(ring, at(2, 4))).toEqual([at(1, 1), at(2, 4)]);
  });
});
