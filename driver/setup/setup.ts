import { lookup } from 'node:dns/promises';
import { hostTypeOf } from '../attach/hosts.js';
import type { Configuration } from '../config.js';
import {
  NetAppDriverException,
  NoAnswer,
  NoValidBackend,
  VolumeBackendAPIException,
  WebServiceException,
} from '../errors.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { HostType, StorageSystem } from '../transport/array-types.js';
import { waitFor } from '../waiting.js';
import { minimumVersion, supports } from './version.js';

export interface Endpoint {
  readonly systemId: string;
  readonly mode: 'proxy' | 'embedded';
  /** Of the web services, A.B.C.D. */
  readonly version: string;
}

const badPassword = ['invalid', 'unknown'];
const badStatus = ['nevercontacted', 'offline'];

/** What happens once at start: finding the array, waiting for it, checking that it can do what is needed. */
export class Setup {
  constructor(
    private readonly client: ArrayClient,
    private readonly configuration: Pick<
      Configuration,
      'netapp_server_hostname' | 'netapp_controller_ips' | 'netapp_sa_password' | 'netapp_host_type'
    >,
    private readonly runtime: Runtime,
    private readonly contactSeconds: number,
  ) {}

  /** Finds out where the array is. Throws NoValidBackend for an address that cannot be resolved. */
  async connect(): Promise<Endpoint> {
    const controllers = await Promise.all(this.configuration.netapp_controller_ips.map(resolved));
    const server = await resolved(this.configuration.netapp_server_hostname);
    const { version } = await this.patiently('The web services', () => this.client.about());
    if (!supports(version, 'release14'))
      throw new NetAppDriverException(
        `The web services have version ${version}: at least ${minimumVersion('release14')} is needed.`,
      );
    const mode = controllers.includes(server) ? 'embedded' : 'proxy';
    const system = mode === 'embedded' ? await this.embedded(controllers) : await this.registered();
    this.client.rest.useSystem(system.id);
    return { systemId: system.id, mode, version };
  }

  /** Waits until the array is reachable and its password right. */
  async ready(systemId: string): Promise<StorageSystem> {
    const { netapp_sa_password: password } = this.configuration;
    await this.patiently('The storage system', () => this.client.storePassword(systemId, password));
    let wrong: string | undefined;
    try {
      return await this.patiently('The storage system', async () => {
        const system = await this.client.storageSystem(systemId);
        wrong = whatIsWrong(system);
        return wrong === undefined ? system : undefined;
      });
    } catch (error) {
      if (wrong === undefined) throw error;
      throw new NetAppDriverException(`The storage system '${systemId}' has the bad ${wrong}.`, { cause: error });
    }
  }

  async hostType(): Promise<HostType> {
    return hostTypeOf(this.configuration.netapp_host_type, await this.client.hostTypes());
  }

  private async embedded(addresses: readonly string[]): Promise<StorageSystem> {
    const systems = await this.patiently('The list of storage systems', () => this.client.storageSystems());
    const isMeant = ({ ip1, ip2 }: StorageSystem) => addresses.some((address) => address === ip1 || address === ip2);
    // An array behind another address, as in a container, knows its own only: one alone can't be another one.
    const system = systems.find(isMeant) ?? (systems.length === 1 ? systems[0] : undefined);
    if (system !== undefined) return system;
    throw new NetAppDriverException(
      systems.length === 0
        ? 'The web services know no storage system.'
        : `None of the ${systems.length} storage systems has an address of netapp_controller_ips: ${addresses.join(', ')}.`,
    );
  }

  private registered(): Promise<StorageSystem> {
    const { netapp_controller_ips: addresses, netapp_sa_password: password } = this.configuration;
    return this.patiently('The registration of the storage system', () =>
      this.client.registerSystem(addresses, password || null),
    );
  }

  /** Tries until it answers: an array that is coming up is waited for. */
  private async patiently<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    let last: unknown;
    try {
      return await waitFor(this.runtime, what, this.contactSeconds, async () => {
        try {
          return await ask();
        } catch (error) {
          if (!isNotReady(error)) throw error;
          last = error;
          return undefined;
        }
      });
    } catch (error) {
      throw error instanceof VolumeBackendAPIException && last !== undefined ? last : error;
    }
  }
}

function isNotReady(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  return error instanceof WebServiceException && [424, 502, 503, 504].includes(error.statusCode);
}

function whatIsWrong({ status, passwordStatus }: StorageSystem): string | undefined {
  if (isBad(status, badStatus)) return `status '${status}'`;
  return isBad(passwordStatus, badPassword) ? `password status '${passwordStatus}'` : undefined;
}

function isBad(word: string | null | undefined, bad: readonly string[]): boolean {
  return bad.includes(String(word).toLowerCase());
}

async function resolved(address: string): Promise<string> {
  try {
    return (await lookup(address)).address;
  } catch (error) {
    throw new NoValidBackend({ reason: `the address '${address}' cannot be resolved.` }, { cause: error });
  }
}
