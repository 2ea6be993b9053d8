import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { NetAppEseriesISCSIDriver, type Snapshot, type Volume } from '../../driver/index.js';
import { labelOf } from '../../driver/labels.js';
import { type ManualClock, manualClock } from '../../simulator/array/clock.js';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.js';
import { type FaultyProxy, startProxy } from './proxy.js';

/** A driver at work on an array of its own, over real HTTP; waiting advances the array's clock instead of the wall's. */
export interface Backend {
  readonly driver: NetAppEseriesISCSIDriver;
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  /** Between the driver and the array. */
  readonly proxy: FaultyProxy;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** What was logged, a line each. */
  readonly log: string[];
  /** The requests that the array got since the last call of this, as `METHOD path`. */
  requests(): string[];
  /** Another driver on the same array: after a restart, or a second process. */
  another(changes?: Readonly<Record<string, unknown>>): Promise<NetAppEseriesISCSIDriver>;
  close(): Promise<void>;
}

export interface BackendOptions {
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly simulator?: SimulatorOptions;
  /** false leaves do_setup and check_for_setup_error to the test. */
  readonly setup?: boolean;
}

export async function newBackend(options: BackendOptions = {}): Promise<Backend> {
  const clock = manualClock();
  const simulator = await startSimulator({ port: 0, seed: 1, clock, ...options.simulator });
  const proxy = await startProxy(Number(new URL(simulator.url).port));
  const configuration = {
    netapp_server_hostname: '127.0.0.1',
    netapp_server_port: proxy.port,
    netapp_login: 'admin',
    netapp_password: 'admin',
    netapp_controller_ips: '127.0.0.1',
    ...options.configuration,
  };
  const log: string[] = [];
  const drivers: NetAppEseriesISCSIDriver[] = [];
  const newDriver = (changes: Readonly<Record<string, unknown>> = {}) => {
    const write = (level: string) => (message: string) => log.push(`${level} ${message}`);
    const driver = new NetAppEseriesISCSIDriver({
      configuration: { ...configuration, ...changes },
      host: 'cinder-host',
      sleep: (milliseconds) => {
        clock.advance(milliseconds);
        return Promise.resolve();
      },
      now: () => clock.now(),
      logger: { debug: write('DEBUG'), info: write('INFO'), warn: write('WARNING'), error: write('ERROR') },
    });
    drivers.push(driver);
    return driver;
  };
  const another = async (changes?: Readonly<Record<string, unknown>>) => {
    const driver = newDriver(changes);
    await driver.doSetup();
    await driver.checkForSetupError();
    return driver;
  };
  const driver = options.setup === false ? newDriver() : await another();
  let seen = 0;
  const backend: Backend = {
    driver,
    simulator,
    clock,
    proxy,
    configuration,
    log,
    requests() {
      const lines = log.filter((line) => /^DEBUG (GET|POST|DELETE|PUT) .* -> \d+ in /.test(line));
      const fresh = lines.slice(seen);
      seen = lines.length;
      return fresh.map((line) =>
        line.replace(/^DEBUG (\w+) (\S+).*$/, '$1 $2').replace(/\/devmgr\/v2\/storage-systems\/[^/]+\//, ''),
      );
    },
    another,
    async close() {
      for (const each of drivers) await each.close();
      await proxy.close();
      await simulator.close();
    },
  };
  backend.requests();
  return backend;
}

/** Closes a backend, whose array must be consistent to the end. */
export async function closeConsistent(backend: Backend): Promise<void> {
  expect(backend.simulator.array.check()).toEqual([]);
  await backend.close();
}

/** Shortcuts for the backend of the present test. */
export function backendTools(backend: () => Backend) {
  const array = () => backend().simulator.array;
  return {
    array,
    /** The array's volume of a record. */
    onArray: (volume: Volume) => array().volumes.find(labelOf(volume.id)),
    /** A new volume, created by the driver. */
    async made(changes: Partial<Volume> = {}): Promise<Volume> {
      const volume = newVolume(changes);
      await backend().driver.createVolume(volume);
      return volume;
    },
    /** A new snapshot, created by the driver. */
    async snapped(volume: Volume): Promise<Snapshot> {
      const snapshot = newSnapshot(volume);
      return { ...snapshot, provider_id: String((await backend().driver.createSnapshot(snapshot)).provider_id) };
    },
  };
}

export function newVolume(changes: Partial<Volume> = {}): Volume {
  const id = randomUUID();
  return {
    id,
    name_id: id,
    size: 1,
    host: 'host@eseries#DDP_1',
    status: 'available',
    attach_status: 'detached',
    volume_type: null,
    ...changes,
  };
}

export function newSnapshot(volume: Volume, changes: Partial<Snapshot> = {}): Snapshot {
  return { id: randomUUID(), volume, provider_id: null, ...changes };
}

export const connectorOf = (name: string) => ({
  initiator: `iqn.1993-08.org.debian:01:${name}`,
  host: name,
  ip: '127.0.0.1',
  multipath: true,
});
