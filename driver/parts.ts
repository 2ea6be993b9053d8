import { ArrayClient } from './array-client.js';
import { ArrayGroups } from './array-groups.js';
import { Attaching } from './attaching.js';
import { Autosupport } from './autosupport.js';
import type { Configuration } from './config.js';
import { Copier } from './copier.js';
import { Groups } from './groups.js';
import { Hosts } from './hosts.js';
import { Ledger } from './ledger.js';
import { Leftovers } from './leftovers.js';
import { Locks } from './locks.js';
import { Managing } from './managing.js';
import { Mapper } from './mapper.js';
import { Pools } from './pools.js';
import { Provisioning } from './provisioning.js';
import { Replication } from './replication.js';
import { RestClient } from './rest-client.js';
import type { Runtime } from './runtime.js';
import { Setup } from './setup.js';
import { Snapshots } from './snapshots.js';
import { Volumes } from './volumes.js';
import type { Limits } from './waiting.js';

/** Who the driver is, for the array's support. */
interface Identity {
  readonly name: string;
  readonly version: string;
  readonly host: string;
}

/** Everything that exists once the array is found. */
export type Parts = Awaited<ReturnType<typeof assembled>>;

/** Finds the array and puts the driver together around it. A failure leaves no connection open. */
export async function assembled(configuration: Configuration, runtime: Runtime, limits: Limits, identity: Identity) {
  const rest = new RestClient(configuration, runtime);
  try {
    const client = new ArrayClient(rest);
    const setup = new Setup(client, configuration, runtime, limits.contact);
    const endpoint = await setup.connect();
    const locks = new Locks();
    const { replication_device: device, netapp_enable_multiattach: multiattach } = configuration;
    const replication =
      device === null ? undefined : new Replication(device, configuration, client, locks, runtime, limits.contact);
    const pools = new Pools(client, configuration);
    const ledger = new Ledger(client, locks, runtime);
    const leftovers = new Leftovers(client, runtime);
    const snapshots = new Snapshots(client, ledger, leftovers, locks, runtime);
    const volumes = new Volumes(client, pools, snapshots, ledger, configuration, locks, runtime, limits);
    const arrayGroups = new ArrayGroups(client);
    const copier = new Copier(client, runtime, limits);
    const provisioning = new Provisioning(volumes, arrayGroups, copier, replication);
    const groups = new Groups(client, arrayGroups, provisioning, snapshots, ledger, locks, runtime);
    const hosts = new Hosts(client, runtime);
    const mapper = new Mapper(client, hosts, locks, multiattach, runtime);
    return {
      configuration,
      endpoint,
      client,
      setup,
      locks,
      pools,
      ledger,
      snapshots,
      leftovers,
      volumes,
      arrayGroups,
      provisioning,
      groups,
      hosts,
      mapper,
      attaching: new Attaching(client, volumes, mapper, setup, endpoint, configuration),
      managing: new Managing(client, volumes, ledger),
      autosupport: new Autosupport(client, endpoint, identity, runtime),
      /** The second array, where there is one. */
      replication,
    };
  } catch (error) {
    await rest.close();
    throw error;
  }
}
