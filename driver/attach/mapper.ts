import { ignoreMissing, made, tidied, undoing } from '../cleanup/undo.js';
import { isLunTaken, NetAppDriverException, UnsupportedHostGroup } from '../errors.js';
import type { Locks } from '../locks.js';
import { nameId, type Volume, type VolumeAttachment } from '../model.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import { type ArrayHost, type ArrayVolume, type HostType, type Mapping, nullRef } from '../transport/array-types.js';
import { AttachEvents, type Watch } from './attach-events.js';
import { type Hosts, multiattachGroup, plain } from './hosts.js';

/** LUNs that hosts can have; 0 is left alone. */
const lastLun = 255;

/** How often a LUN that another client took meanwhile is chosen anew. */
const lunAttempts = 64;

/** Maps volumes to hosts, and with multi-attach to the group of hosts that share them. */
export class Mapper {
  private readonly attachEvents = new AttachEvents();

  constructor(
    private readonly client: ArrayClient,
    private readonly hosts: Hosts,
    private readonly locks: Locks,
    private readonly multiattach: boolean,
    private readonly runtime: Runtime,
  ) {}

  /** The LUN that the initiator sees the volume at. The same for the same initiator. */
  map(volume: Volume, target: ArrayVolume, initiator: string, type: HostType): Promise<number> {
    return this.locked(target, plain(initiator), async () => {
      const lun = await this.mapped(volume, target, initiator, type);
      this.attachEvents.note(nameId(volume), plain(initiator), true);
      return lun;
    });
  }

  private async mapped(volume: Volume, target: ArrayVolume, initiator: string, type: HostType): Promise<number> {
    const host = await this.hosts.ensure(initiator, type);
    const mappings = await this.client.mappings();
    const current = mappings.find((mapping) => mapping.volumeRef === target.volumeRef);
    if (current === undefined) return this.mapTo(host, target, mappings);
    if (current.mapRef === host.hostRef) return Number(current.lun);
    return this.multiattach
      ? Number((await this.share(volume, host, current)).lun)
      : this.takeBack(volume, host, current, mappings);
  }

  /**
   * Takes the volume from the initiator, by its plain address; from every host without one. What is gone already counts as
   * done, and what another client on the same host still has attached stays.
   */
  unmap(volume: Volume, find: () => Promise<ArrayVolume | undefined>, initiator: string | undefined): Promise<void> {
    return this.attachEvents.during(nameId(volume), async (watch) => {
      const target = await find();
      if (target === undefined) return;
      await this.locked(target, initiator, async () => {
        if (initiator === undefined) return this.takeFromAll(target);
        await this.takeFrom(volume, target, initiator, watch);
        this.attachEvents.note(nameId(volume), initiator, false);
      });
    });
  }

  private async takeFromAll(target: ArrayVolume): Promise<void> {
    const mappings = await this.client.mappings();
    for (const mapping of mappings.filter((each) => each.volumeRef === target.volumeRef))
      await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
    await this.dissolve(mappings, target);
  }

  private async takeFrom(volume: Volume, target: ArrayVolume, initiator: string, watch: Watch): Promise<void> {
    const mappings = await this.client.mappings();
    const mapping = mappings.find((each) => each.volumeRef === target.volumeRef);
    if (mapping === undefined) return this.dissolve(mappings, target);
    const host = await this.hosts.find(initiator);
    if (mapping.mapRef === host?.hostRef) {
      if (!sharedOnHost(volume, initiator, watch))
        await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
      return;
    }
    const group = await this.client.findHostGroup(mapping.mapRef);
    if (group === undefined) return;
    if (group.label !== multiattachGroup) {
      if (host === undefined) return;
      throw new UnsupportedHostGroup({ volume_id: volume.id, group: group.label });
    }
    // An administrator may have removed the host, or taken it out of the group: the mapping stays for the others alone.
    const isMember = host?.clusterRef === group.clusterRef;
    if (!isMember && !attachedOf(volume).some((each) => isOf(each, initiator))) return;
    if (othersAttached(volume, initiator, watch)) return;
    await ignoreMissing(this.client.deleteMapping(mapping.lunMappingRef));
    await this.dissolve(mappings, target);
  }

  /** With multi-attach: hosts that a driver did not come to take out of the shared group. For the start. */
  async removeLeftovers(): Promise<void> {
    if (this.multiattach) await this.locks.run('mappings', async () => this.dissolve(await this.client.mappings()));
  }

  /** Hosts leave the shared group when no other volume is on it. The volume is detached by then: it fails nothing. */
  private async dissolve(mappings: readonly Mapping[], gone?: ArrayVolume): Promise<void> {
    if (!this.multiattach) return;
    await tidied(this.runtime, `Hosts in group '${multiattachGroup}'`, async () => {
      const group = await this.hosts.findSharedGroup();
      if (group === undefined) return;
      if (mappings.some((each) => each.mapRef === group.clusterRef && each.volumeRef !== gone?.volumeRef)) return;
      for (const each of await this.client.hosts())
        if (each.clusterRef === group.clusterRef) await this.hosts.leave(each.hostRef);
    });
  }

  /**
   * One at a time for a volume, and for the LUNs that are chosen from: with multi-attach those of the whole array,
   * otherwise the host's.
   */
  private locked<T>(target: ArrayVolume, initiator: string | undefined, action: () => Promise<T>): Promise<T> {
    const luns = this.multiattach ? 'mappings' : `host ${initiator}`;
    return this.locks.run(`mapping ${target.volumeRef}`, () => this.locks.run(luns, action));
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
    const targets = [host.hostRef, host.clusterRef, nullRef];
    const seen = mappings.filter((mapping) => this.multiattach || targets.includes(mapping.mapRef));
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
    current: Mapping,
    mappings: readonly Mapping[],
  ): Promise<number> {
    const group = (await this.client.hostGroups()).find((each) => each.clusterRef === current.mapRef);
    if (group?.label !== multiattachGroup || volume.attach_status === 'attached')
      throw new NetAppDriverException(
        `Volume '${volume.id}' is mapped elsewhere as LUN ${current.lun}, and netapp_enable_multiattach is off.`,
      );
    return Number((await this.move(current, host.hostRef, this.freeLun(host, mappings))).lun);
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
    if (owner !== undefined) await check(owner.clusterRef);
    return undoing(this.runtime, async (undo) => {
      for (const each of owner === undefined ? [host] : [owner, host]) {
        if (each.clusterRef === group.clusterRef) continue;
        undo.add(`Host '${each.label}' in group '${group.label}'`, () => this.hosts.leave(each.hostRef));
        await this.hosts.enter(each.hostRef, group);
      }
      return shared ? current : this.move(current, group.clusterRef, Number(current.lun));
    });
  }

  /** Moves a mapping. When the reply was lost, where it is by now counts. */
  private move(mapping: Mapping, mapRef: string, lun: number): Promise<Mapping> {
    return made(
      () => this.client.moveMapping(mapping, mapRef, lun),
      async () =>
        (await this.client.mappings()).find((each) => each.volumeRef === mapping.volumeRef && each.mapRef === mapRef),
    );
  }
}

/** States of an attachment in which its host does not use the volume. */
const unattached = new Set(['reserved', 'detached', 'deleted', 'error_attaching']);

function attachedOf(volume: Volume): VolumeAttachment[] {
  return (volume.volume_attachment ?? []).filter((each) => !unattached.has(String(each.attach_status)));
}

/** An attachment of Cinder's older calls has no connector; a volume has one of these at most. */
function isOf({ connector }: VolumeAttachment, initiator: string): boolean {
  return plain(String(connector?.initiator)) === initiator;
}

/** Whether the initiator's host has the volume attached more than once: to several of its guests. */
function sharedOnHost(volume: Volume, initiator: string, watch: Watch): boolean {
  const count = attachedOf(volume).filter((each) => isOf(each, initiator)).length;
  return count - watch.leavings(initiator) > 1;
}

/** Whether an initiator other than this one has the volume attached: by Cinder's records, and what happened since. */
function othersAttached(volume: Volume, initiator: string, watch: Watch): boolean {
  if ([...watch.initiators].some((each) => each !== initiator && watch.has(each))) return true;
  const remaining = attachedOf(volume);
  const known = leave(remaining, initiator, 1);
  for (const each of watch.initiators) leave(remaining, each, watch.leavings(each));
  return remaining.length > (volume.status === 'detaching' ? 1 - known : 0);
}

/** Takes so many attachments of a host from a list. Returns how many there were to take. */
function leave(attachments: VolumeAttachment[], initiator: string, count: number): number {
  for (let left = 0; left < count; left++) {
    const index = attachments.findIndex((each) => isOf(each, initiator));
    if (index < 0) return left;
    attachments.splice(index, 1);
  }
  return count;
}
