import { Attaching } from './attach/attaching.js';
import { Hosts } from './attach/hosts.js';
import { Mapper } from './attach/mapper.js';
import { DeferredDeletions } from './cleanup/deferred-deletions.js';
import { Leftovers } from './cleanup/leftovers.js';
import { Notes } from './cleanup/notes.js';
import { OrphanCleanup } from './cleanup/orphan-cleanup.js';
import type { Configuration } from './config.js';
import { ArrayGroups } from './groups/array-groups.js';
import { Groups } from './groups/groups.js';
import { Locks } from './locks.js';
import { Managing } from './provisioning/managing.js';
import { Pools } from './provisioning/pools.js';
import { Provisioning } from './provisioning/provisioning.js';
import { Replication } from './provisioning/replication.js';
import { Unmanaged } from './provisioning/unmanaged.js';
import { Volumes } from './provisioning/volumes.js';
import type { Runtime } from './runtime.js';
import { Autosupport } from './setup/autosupport.js';
import { Setup } from './setup/setup.js';
import { Copier } from './snapshots/copier.js';
import { Snapshots } from './snapshots/snapshots.js';
import { ArrayClient } from './transport/array-client.js';
import { RestClient } from './transport/rest-client.js';
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
    const { replication_device: device } = configuration;
    const replication =
      device === null ? undefined : new Replication(device, configuration, client, locks, runtime, limits.contact);
    const pools = new Pools(client, configuration);
    const notes = new Notes(client);
    const deferredDeletions = new DeferredDeletions(client, notes, locks, runtime);
    const leftovers = new Leftovers(runtime);
    const orphanCleanup = new OrphanCleanup(client, leftovers, runtime);
    const snapshots = new Snapshots(client, deferredDeletions, orphanCleanup, leftovers, locks, runtime);
    const volumes = new Volumes(
      client,
      pools,
      snapshots,
      deferredDeletions,
      new Unmanaged(client, notes),
      configuration,
      locks,
      runtime,
      limits,
    );
    const arrayGroups = new ArrayGroups(client);
    const copier = new Copier(client, leftovers, runtime, limits);
    const provisioning = new Provisioning(volumes, arrayGroups, copier, replication);
    const groups = new Groups(client, arrayGroups, provisioning, snapshots, deferredDeletions, locks, runtime);
    const hosts = new Hosts(client, runtime);
    const mapper = new Mapper(client, hosts, locks, configuration.netapp_enable_multiattach, runtime);
    return {
      configuration,
      endpoint,
      client,
      setup,
      locks,
      pools,
      deferredDeletions,
      snapshots,
      leftovers,
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
