import { randomUUID } from 'node:crypto';
import type { Snapshot, Volume } from '../../driver/index.js';
import type { AddRow } from './rows.js';

/** The compiled builds of both, which meet over HTTP on loopback. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** Driver operations a second against an instant array, and the requests that each takes. */
export async function driverOperations(row: AddRow, rounds = 300): Promise<void> {
  const { NetAppEseriesISCSIDriver } = (await built('driver/index.js')) as typeof import('../../driver/index.js');
  const { startSimulator } = (await built('simulator/index.js')) as typeof import('../../simulator/index.js');
  const simulator = await startSimulator({ port: 0, jobs: 'instant' });
  let requests = 0;
  const count = (message: string) => {
    if (/ -> \d+ in /.test(message)) requests++;
  };
  const quiet = () => undefined;
  const driver = new NetAppEseriesISCSIDriver({
    configuration: {
      netapp_server_hostname: '127.0.0.1',
      netapp_server_port: new URL(simulator.url).port,
      netapp_controller_ips: '127.0.0.1',
      netapp_login: 'admin',
      netapp_password: 'admin',
    },
    logger: { debug: count, info: quiet, warn: quiet, error: quiet },
  });
  let first: number | undefined;
  try {
    await driver.doSetup();
    await driver.checkForSetupError();
    const volumes: Volume[] = Array.from({ length: rounds }, () => ({ id: randomUUID(), size: 1, host: 'h@b#DDP_1' }));
    const snapshots: Snapshot[] = [];
    const measure = async (operation: string, action: (volume: Volume, index: number) => Promise<unknown>) => {
      requests = 0;
      const start = performance.now();
      for (const [index, volume] of volumes.entries()) await action(volume, index);
      const perSecond = (1000 * rounds) / (performance.now() - start);
      if (first === undefined) row(`driver, ${operation}`, perSecond, undefined, true, '/s');
      else row(`driver, ${operation} against create_volume`, perSecond / first, undefined, true);
      first ??= perSecond;
      row(`driver, requests of ${operation}`, requests / rounds, undefined, false, '');
    };
    await measure('create_volume', (volume) => driver.createVolume(volume));
    // A host sees 255 volumes: each has 100.
    const connector = (index: number) => ({ initiator: `iqn.1993-08.org.debian:01:bench-${Math.floor(index / 100)}` });
    await measure('initialize_connection', (volume, index) => driver.initializeConnection(volume, connector(index)));
    await measure('terminate_connection', (volume, index) => driver.terminateConnection(volume, connector(index)));
    await measure('create_snapshot', async (volume) => {
      const snapshot: Snapshot = { id: randomUUID(), volume };
      snapshots.push({ ...snapshot, provider_id: String((await driver.createSnapshot(snapshot)).provider_id) });
    });
    await measure('delete_snapshot', (_volume, index) => driver.deleteSnapshot(snapshots[index] as Snapshot));
    await measure('delete_volume', (volume) => driver.deleteVolume(volume));
  } finally {
    await driver.close();
    await simulator.close();
  }
}
