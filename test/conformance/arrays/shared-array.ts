import { Agent } from 'undici';
import { ArrayAdminClient } from '../../../conformance/arrays/array-admin-client.js';
import { takeInventory } from '../../../conformance/arrays/inventory.js';
import { type Simulator, startSimulator } from '../../../simulator/index.js';

/** A simulator that runs, and on which another client has volumes, snapshots, hosts and mappings. */
export interface SharedArray {
  readonly url: string;
  readonly admin: ArrayAdminClient;
  /** A volume of that client, with a snapshot and a mapping. */
  readonly volumeRef: string;
  readonly simulator: Simulator;
  /** All that there is, but for the array's counters. */
  state(): Promise<unknown>;
  close(): Promise<void>;
}

export async function startSharedArray(options: Parameters<typeof startSimulator>[0] = {}): Promise<SharedArray> {
  const simulator = await startSimulator({ port: 0, jobs: 'instant', seed: 3, ...options });
  const dispatcher = new Agent();
  const password = options.password ?? 'admin';
  const admin = new ArrayAdminClient({ url: simulator.url, dispatcher, password });
  const made = (path: string, body: object) => admin.succeed<Readonly<Record<string, string>>>('POST', path, body);
  const [pool] = await admin.get<{ volumeGroupRef: string }[]>('storage-pools');
  const poolId = pool?.volumeGroupRef;
  const volume = await made('volumes', { poolId, name: 'payroll', size: '2', sizeUnit: 'gb', segSize: 128 });
  await made('volumes', { poolId, name: 'archive', size: '1', sizeUnit: 'gb', segSize: 128 });
  const group = await made('snapshot-groups', { baseMappableObjectId: volume.id, name: 'nightly' });
  await made('snapshot-images', { groupId: group.id });
  const ports = [{ type: 'iscsi', port: 'iqn.1993-08.org.debian:01:host-1', label: 'erp-port' }];
  const host = await made('hosts', { name: 'erp', hostType: { index: 28 }, ports });
  await made('volume-mappings', { mappableObjectId: volume.id, targetId: host.id, lun: 5 });
  await made('persistent-records', { key: 'somebody', value: 'else' });
  return {
    url: simulator.url,
    admin,
    volumeRef: volume.id ?? '',
    simulator,
    async state() {
      const { repositories: _, ...inventory } = await takeInventory(admin);
      return inventory;
    },
    async close() {
      await dispatcher.close();
      await simulator.close();
    },
  };
}
