import type { FaultRule } from '../../../simulator/index.js';
import { newServer, type TestServer } from '../servers.js';

export interface FaultyServer extends TestServer {
  /** Adds a rule over HTTP; its id. */
  breaks(rule: FaultRule): Promise<string>;
  /** How often a rule was looked at and how often it hit. */
  counts(id: string): { readonly looks: number; readonly hits: number };
  /** Makes a volume of 1 GiB. */
  newVolume(name: string): ReturnType<TestServer['ask']>;
  /** The labels of the volumes as a client sees them. */
  labels(): Promise<string[]>;
}

/** A simulator without a socket, to break. */
export async function newFaultyServer(options: Parameters<typeof newServer>[0] = {}): Promise<FaultyServer> {
  const server = await newServer(options);
  const poolId = server.array.pools.find('DDP_1')?.ref;
  return {
    ...server,
    async breaks(rule) {
      const { status, body } = await server.control('POST', '/faults', rule);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },
    counts(id) {
      const { looks = 0, hits = 0 } = server.faults.get(id) ?? {};
      return { looks, hits };
    },
    newVolume: (name) => server.ask('POST', 'volumes', { poolId, name, sizeUnit: 'gb', size: 1, segSize: 0 }),
    async labels() {
      const { body } = await server.ask('GET', 'volumes');
      return body.map((each: { label: string }) => each.label);
    },
  };
}
