import { made } from '../cleanup/undo.js';
import { messageOf, NetAppDriverException } from '../errors.js';
import { randomLabel } from '../labels.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import { type ArrayHost, type HostGroup, type HostType, nullRef } from '../transport/array-types.js';

/** The host group of hosts that share volumes. */
export const multiattachGroup = 'cinder-multi-attach';

/** Configured host types and the codes that they stand for (source: the documented driver's host types). */
const hostTypeCodes: Readonly<Record<string, string>> = {
  factoryDefault: 'FactoryDefault',
  linux_atto: 'LnxTPGSALUA',
  linux_dm_mp: 'LnxALUA',
  linux_mpp_rdac: 'LNX',
  linux_pathmanager: 'LnxTPGSALUA_PM',
  linux_sf: 'LnxTPGSALUA_SF',
  ontap: 'ONTAP_ALUA',
  ontap_rdac: 'ONTAP_RDAC',
  vmware: 'VmwTPGSALUA',
  windows: 'W2KNETNCL',
  windows_atto: 'WinTPGSALUA',
  windows_clustered: 'W2KNETCL',
};

/** The array's host type for a configured one: by code or name. Throws NetAppDriverException when it has none. */
export function hostTypeOf(configured: string, types: readonly HostType[]): HostType {
  const wanted = hostTypeCodes[configured] ?? configured;
  const type = types.find((each) => each.code === wanted || each.name === wanted);
  if (type === undefined) {
    const known = [...Object.keys(hostTypeCodes), ...types.map((each) => each.code ?? each.name)].join(', ');
    throw new NetAppDriverException(
      `The array has no host type '${configured}' (netapp_host_type): allowed are ${known}.`,
    );
  }
  return type;
}

/** The array's hosts, found by their initiators. */
export class Hosts {
  constructor(
    private readonly client: ArrayClient,
    private readonly runtime: Pick<Runtime, 'logger' | 'randomUuid'>,
  ) {}

  async find(initiator: string): Promise<ArrayHost | undefined> {
    const wanted = plain(initiator);
    return (await this.client.hosts()).find((host) =>
      host.hostSidePorts.some((port) => plain(port.address) === wanted),
    );
  }

  /** The initiator's host, made if there is none, its type as configured. */
  async ensure(initiator: string, type: HostType): Promise<ArrayHost> {
    const found = await this.find(initiator);
    if (found === undefined) {
      const ports = [{ type: 'iscsi', port: initiator, label: randomLabel(this.runtime) }];
      // Another client may have been faster with the same initiator.
      return made(
        () => this.client.createHost(randomLabel(this.runtime), type, ports),
        () => this.find(initiator),
      );
    }
    if (Number(found.hostTypeIndex) === type.index) return found;
    try {
      return await this.client.updateHost(found.hostRef, { hostType: type });
    } catch (error) {
      this.runtime.logger.warn(`Host '${found.label}' keeps its host type: ${messageOf(error)}`);
      return found;
    }
  }

  async findSharedGroup(): Promise<HostGroup | undefined> {
    return (await this.client.hostGroups()).find((group) => group.label === multiattachGroup);
  }

  async ensureSharedGroup(): Promise<HostGroup> {
    const find = () => this.findSharedGroup();
    return (await find()) ?? made(() => this.client.createHostGroup(multiattachGroup), find);
  }

  enter(hostRef: string, group: HostGroup): Promise<ArrayHost> {
    return this.client.updateHost(hostRef, { groupId: group.clusterRef });
  }

  leave(hostRef: string): Promise<ArrayHost> {
    return this.client.updateHost(hostRef, { groupId: nullRef });
  }
}

/** Addresses compare without case and colons. */
export function plain(address: string): string {
  return address.toUpperCase().replaceAll(':', '');
}
