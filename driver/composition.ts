import { ArrayClient } from './array-client.js';
import { ArrayGroups } from './array-groups.js';
import { Attaching } from './attaching.js';
import { Autosupport } from './autosupport.js';
import type { Configuration } from './config.js';
import { Copier } from './copier.js';
import { DeferredDeletions } from './deferred-deletions.js';
import { Groups } from './groups.js';
import { Hosts } from './hosts.js';
import { Locks } from './locks.js';
import { Managing } from './managing.js';
import { Mapper } from './mapper.js';
import { OrphanCleanup } from './orphan-cleanup.js';
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
export type Composition = Awaited<ReturnType<typeof assembled>>;

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
    const deferredDeletions = new DeferredDeletions(client, locks, runtime);
    const orphanCleanup = new OrphanCleanup(client, runtime);
    const snapshots = new Snapshots(client, deferredDeletions, orphanCleanup, locks, runtime);
    const volumes = new Volumes(client, pools, snapshots, deferredDeletions, configuration, locks, runtime, limits);
    const arrayGroups = new ArrayGroups(client);
    const copier = new Copier(client, runtime, limits);
    const provisioning = new Provisioning(volumes, arrayGroups, copier, replication);
    const groups = new Groups(client, arrayGroups, provisioning, snapshots, deferredDeletions, locks, runtime);
    const hosts = new Hosts(client, runtime);
    const mapper = new Mapper(client, hosts, locks, multiattach, runtime);
    return {
      configuration,
      endpoint,
      client,
      setup,
      locks,
      pools,
      deferredDeletions,
      snapshots,
      orphanCleanup,
      volumes,
      arrayGroups,
      provisioning,
      groups,
      hosts,
      mapper,
      attaching: new Attaching(client, volumes, mapper, setup, endpoint, configuration),
      managing: new Managing(client, volumes, deferredDeletions),
      autosupport: new Autosupport(client, endpoint, identity, runtime),
      /** The second array, where there is one. */
      replication,
    };
  } catch (error) {
    await rest.close();
    throw error;
  }
}
