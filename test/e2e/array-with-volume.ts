import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.js';

/** A simulator on real sockets, and what a client does to it over REST. */
export interface Lab {
  readonly simulator: Simulator;
  readonly iqn: string;
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  post<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
  remove(path: string): Promise<void>;
  /** A volume of that many GiB, thin or thick. */
  volume(name: string, gib: number, thin?: boolean): Promise<{ readonly id: string; readonly wwn: string }>;
  host(name: string, initiators: readonly string[]): Promise<string>;
  /** Maps a volume to a host; the LUN, and the mapping's reference. */
  map(volumeId: string, targetId: string): Promise<{ readonly lun: number; readonly id: string }>;
  /** iscsi://address:port/iqn/lun at the n-th portal. */
  url(lun: number, portal?: number): string;
  close(): Promise<void>;
}

export async function openLab(options: SimulatorOptions = {}): Promise<Lab> {
  const simulator = await startSimulator({ port: 0, jobs: 'instant', ...options });
  const root = `${simulator.url}/devmgr/v2/storage-systems/1`;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${root}/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const lab: Lab = {
    simulator,
    iqn: simulator.iscsi[0]?.iqn ?? '',
    get: (path) => call('GET', path) as never,
    post: (path, body) => call('POST', path, body) as never,
    remove: async (path) => void (await call('DELETE', path)),
    async volume(name, gib, thin = false) {
      const pools = await lab.get<{ id: string; label: string }[]>('storage-pools');
      const poolId = pools.find((pool) => pool.label === 'DDP_1')?.id;
      return lab.post('ssc/volumes', { poolId, name, sizeUnit: 'gb', size: String(gib), thinProvision: thin });
    },
    async host(name, initiators) {
      const ports = initiators.map((port, index) => ({ type: 'iscsi', port, label: `${name}_${index}` }));
      return (await lab.post<{ id: string }>('hosts', { name, hostType: { index: 28 }, ports })).id;
    },
    map: (volumeId, targetId) => lab.post('volume-mappings', { mappableObjectId: volumeId, targetId }),
    url: (lun, portal = 0) => `iscsi://${simulator.iscsi[portal]?.portal}/${lab.iqn}/${lun}`,
    close: () => simulator.close(),
  };
  return lab;
}
