import type { ArrayClient } from './array-client.js';
import { type ArrayHost, type ArrayVolume, type HostType, type Mapping, nullRef } from './array-types.js';
import { isLunTaken, NetAppDriverException, UnsupportedHostGroup } from './errors.js';
import { type Hosts, multiattachGroup, plain } from './hosts.js';
import type { Locks } from './locks.js';
import type { Connector, Volume } from './model.js';
import { ignoreMissing } from './snapshots.js';
import { made } from './undo.js';

/** LUNs that hosts can have; 0 is left alone. */
const lastLun = 255;

/** How often a LUN that somebody else took meanwhile is chosen anew. */
const lunAttempts = 8;

/** Maps volumes to hosts, and with multi-attach to the group of hosts that share them. */
export class Mapper {
  constructor(
    private readonly client: ArrayClient,
    private readonly hosts: Hosts,
    private readonly locks: Locks,
    private readonly multiattach: boolean,
  ) {}

  /** The LUN that the initiator sees the volume at. The same for the same initiator. */
  map(volume: Volume, target: ArrayVolume, initiator: string, type: HostType): Promise<number> {
    return this.locked(initiator, async () => {
      const host = await this.hosts.ensure(initiator, type);
      const mappings = await this.client.mappings();
      const current = mappings.find((mapping) => mapping.volumeRef === target.volumeRef);
      if (current === undefined) return this.mapTo(host, target, mappings);
      if (current.mapRef === host.hostRef) return Number(current.lun);
      return this.multiattach
        ? Number((await this.share(volume, host, current)).lun)
        : this.takeBack(volume, host, target, current, mappings);
    });
  }

  /** Takes the volume from the initiator; from everybody without one. What is gone already counts as done. */
  unmap(volume: Volume, target: ArrayVolume, connector: Connector | null): Promise<void> {
    const initiator = connector?.initiator ?? undefined;
    return this.locked(initiator ?? '', async () => {
      const mappings = await this.client.mappings();
      const mine = mappings.filter((mapping) => mapping.volumeRef === target.volumeRef);
      if (connector === null || initiator === undefined) {
        for (const mapping of mine) await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
        return;
      }
      const [mapping] = mine;
      const host = mapping === undefined ? undefined : await this.hosts.find(initiator);
      if (mapping === undefined || host === undefined) return;
      if (mapping.mapRef === host.hostRef) {
        await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
        return;
      }
      const group = await this.client.findHostGroup(mapping.mapRef);
      if (group === undefined) return;
      if (group.label !== multiattachGroup)
        throw new UnsupportedHostGroup({ volume_id: volume.id, group: group.label });
      if (host.clusterRef !== group.clusterRef || othersAttached(volume, connector)) return;
      await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
      const shared = mappings.some((each) => each.mapRef === group.clusterRef && each !== mapping);
      if (!shared)
        for (const each of await this.client.hosts())
          if (each.clusterRef === group.clusterRef) await this.hosts.leave(each.hostRef);
    });
  }

  /** With multi-attach LUNs are chosen over the whole array, one at a time; otherwise host by host. */
  private locked<T>(initiator: string, action: () => Promise<T>): Promise<T> {
    return this.locks.run(this.multiattach || initiator === '' ? 'mappings' : `host ${plain(initiator)}`, action);
  }

  private async mapTo(host: ArrayHost, target: ArrayVolume, known: readonly Mapping[]): Promise<number> {
    for (let attempt = 1, mappings = known; ; attempt++, mappings = await this.client.mappings()) {
      const lun = this.freeLun(host, mappings);
      try {
        const mapping = await made(
          () => this.client.createMapping(target.volumeRef, host.hostRef, lun),
          async () =>
            (await this.client.mappings()).find(
              (each) => each.volumeRef === target.volumeRef && each.mapRef === host.hostRef,
            ),
        );
        return Number(mapping.lun);
      } catch (error) {
        if (!isLunTaken(error) || attempt === lunAttempts) throw error;
      }
    }
  }

  /** The lowest LUN that no mapping has which the host sees; with multi-attach that no mapping has at all. */
  private freeLun(host: ArrayHost, mappings: readonly Mapping[]): number {
    const seen = mappings.filter(
      (mapping) =>
        this.multiattach ||
        mapping.mapRef === host.hostRef ||
        mapping.mapRef === nullRef ||
        (host.clusterRef !== nullRef && mapping.mapRef === host.clusterRef),
    );
    const used = new Set(seen.map((mapping) => Number(mapping.lun)));
    for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;
    throw new NetAppDriverException(
      `No free LUN is left for host '${host.label}': it sees ${used.size} of ${lastLun}.`,
    );
  }

  /** Without multi-attach: a volume that is left on the shared group goes back to the one host. */
  private async takeBack(
    volume: Volume,
    host: ArrayHost,
    target: ArrayVolume,
    current: Mapping,
    mappings: readonly Mapping[],
  ): Promise<number> {
    const group = (await this.client.hostGroups()).find((each) => each.clusterRef === current.mapRef);
    if (group?.label !== multiattachGroup || volume.attach_status === 'attached')
      throw new NetAppDriverException(
        `Volume '${volume.id}' is mapped elsewhere as LUN ${current.lun}, and netapp_enable_multiattach is off.`,
      );
    const others = mappings.filter((mapping) => mapping.volumeRef !== target.volumeRef);
    return Number((await this.client.moveMapping(current, host.hostRef, this.freeLun(host, others))).lun);
  }

  /** With multi-attach: the volume's mapping goes to the group, and so do the hosts that are to see it. */
  private async share(volume: Volume, host: ArrayHost, current: Mapping): Promise<Mapping> {
    const group = await this.hosts.ensureSharedGroup();
    const foreign = async (ref: string) => (await this.client.findHostGroup(ref))?.label ?? ref;
    const check = async (clusterRef: string) => {
      if (clusterRef !== nullRef && clusterRef !== group.clusterRef)
        throw new UnsupportedHostGroup({ volume_id: volume.id, group: await foreign(clusterRef) });
    };
    await check(host.clusterRef);
    const shared = current.mapRef === group.clusterRef;
    const owner = shared ? undefined : (await this.client.hosts()).find((each) => each.hostRef === current.mapRef);
    if (!shared && owner === undefined)
      throw new UnsupportedHostGroup({ volume_id: volume.id, group: await foreign(current.mapRef) });
    if (owner !== undefined) {
      await check(owner.clusterRef);
      await this.hosts.enter(owner.hostRef, group);
    }
    await this.hosts.enter(host.hostRef, group);
    return shared ? current : this.client.moveMapping(current, group.clusterRef, Number(current.lun));
  }
}

/** Whether somebody other than the connector has the volume attached, as far as Cinder's records say. */
function othersAttached(volume: Volume, connector: Connector): boolean {
  const { volume_attachment: attachments } = volume;
  if (attachments === undefined || attachments === null)
    return volume.attach_status === 'attached' && volume.status === 'in-use';
  const attached = attachments.filter((each) => each.attach_status === undefined || each.attach_status === 'attached');
  const own = attached.findIndex(
    (each) =>
      (each.connector?.initiator ?? undefined) === connector.initiator ||
      (each.attached_host !== null && each.attached_host !== undefined && each.attached_host === connector.host),
  );
  return (
    attached.length - (own === -1 && attached.length > 0 && volume.status === 'detaching' ? 1 : own === -1 ? 0 : 1) > 0
  );
}
