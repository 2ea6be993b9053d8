import { defined } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { ipv6Digits, isIpv4 } from './ip-addresses.js';
import { type IscsiPortRecord, type IscsiTargetRecord, iscsiTargetDefaults } from './records.js';
import type { StorageArray } from './storage-array.js';

/** What of a host port can be changed. */
export type IscsiPortChanges = {
  readonly [Name in keyof Omit<IscsiPortRecord, 'ref' | 'controllerRef' | 'channel' | 'macAddress'>]?:
    | IscsiPortRecord[Name]
    | undefined;
};

/** The speeds that a port can be set to. */
export function supportedSpeeds(speed: IscsiPortRecord['speed']): IscsiPortRecord['speed'][] {
  return speed === 'speed25gig' ? ['speed10gig', 'speed25gig'] : ['speed1gig', 'speed10gig'];
}

/** The iSCSI target and its portals, one per host port of a controller; CHAP; and who knocked without being a host. */
export class IscsiTarget {
  private readonly unassociated: (address: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.unassociated = array.tables.unassociatedPorts.index((port) => port.address.toLowerCase());
  }

  furnish(boardId: string): void {
    this.array.tables.iscsiTargets.put({
      ...iscsiTargetDefaults,
      ref: this.array.newRef('target'),
      iqn: `iqn.1992-08.com.netapp:${boardId}.${this.array.system.wwn.toLowerCase()}`,
    });
  }

  get record(): IscsiTargetRecord {
    const [target] = this.array.tables.iscsiTargets.values();
    if (target === undefined) throw new Error('the array is not furnished yet');
    return target;
  }

  ports(): IscsiPortRecord[] {
    return this.array.tables.iscsiPorts.toJSON();
  }

  port(ref: string): IscsiPortRecord {
    const port = this.array.tables.iscsiPorts.get(ref.toUpperCase());
    if (port === undefined) throw new ObjectNotFound('invalidInterfaceref', 'iSCSI interface', ref);
    return port;
  }

  /**
   * Sets alias and CHAP. CHAP enabled without a secret makes the array generate one. Throws ArrayError for a secret
   * out of bounds or one that an initiator has.
   */
  update(changes: {
    readonly alias?: string;
    readonly chapEnabled?: boolean;
    readonly chapSecret?: string;
  }): IscsiTargetRecord {
    return this.array.transact(() => {
      const target = this.record;
      const chapEnabled = changes.chapEnabled ?? target.chapEnabled;
      if (changes.alias !== undefined && changes.alias.length > 30) {
        throw new ArrayError(
          'invalidLabel',
          `The alias has ${changes.alias.length} characters: allowed are 0 to 30.`,
          'alias',
        );
      }
      if (changes.chapSecret !== undefined) this.checkSecret(changes.chapSecret);
      const kept = changes.chapSecret ?? target.chapSecret;
      const chapSecret = chapEnabled
        ? (kept ?? this.array.newRandom('chap').text(16, 'abcdefghjkmnpqrstuvwxyz23456789'))
        : null;
      return this.array.tables.iscsiTargets.put({
        ...target,
        alias: changes.alias ?? target.alias,
        chapEnabled,
        chapSecret,
      });
    });
  }

  updateEntity(
    changes: Partial<Pick<IscsiTargetRecord, 'icmpPingResponseEnabled' | 'unnamedDiscoverySessionsEnabled'>> & {
      readonly isnsServer?: {
        readonly [Name in keyof IscsiTargetRecord['isnsServer']]?: IscsiTargetRecord['isnsServer'][Name] | undefined;
      };
    },
  ): IscsiTargetRecord {
    return this.array.transact(() => {
      const target = this.record;
      const isnsServer = { ...target.isnsServer, ...defined(changes.isnsServer ?? {}) };
      checkRange('isnsServerTcpListenPort', isnsServer.tcpListenPort, 0, 65_535);
      if (!isIpv4(isnsServer.ipv4Address))
        throw new ArrayError(
          'invalidIpAddress',
          `'${isnsServer.ipv4Address}' is no IPv4 address.`,
          'ipv4IsnsServerAddress',
        );
      return this.array.tables.iscsiTargets.put({
        ...target,
        icmpPingResponseEnabled: changes.icmpPingResponseEnabled ?? target.icmpPingResponseEnabled,
        unnamedDiscoverySessionsEnabled:
          changes.unnamedDiscoverySessionsEnabled ?? target.unnamedDiscoverySessionsEnabled,
        isnsServer,
      });
    });
  }

  /** Changes a port's addressing. Throws ArrayError for addresses that are none or another port's. */
  setPort(ref: string, changes: IscsiPortChanges): IscsiPortRecord {
    return this.array.transact(() => {
      const port = this.port(ref);
      checkPort(changes);
      const changed = { ...port, ...defined(changes) };
      this.checkFreePortal(port, changed);
      return this.array.tables.iscsiPorts.put(changed);
    });
  }

  /** The link of a host port goes down or comes back. */
  setLink(ref: string, linkStatus: IscsiPortRecord['linkStatus']): IscsiPortRecord {
    return this.array.transact(() => {
      const port = this.port(ref);
      if (port.linkStatus === linkStatus) return port;
      const controller = this.array.controllers.require(port.controllerRef);
      const isUp = linkStatus === 'up';
      this.array.events.record({
        eventType: isUp ? 0x1706 : 0x1707,
        category: isUp ? 'notification' : 'failure',
        priority: isUp ? 'priorityInfo' : 'priorityWarning',
        componentType: 'channel',
        description: `Host port link ${linkStatus}`,
        location: `Shelf 99, Controller in slot ${controller.label}, Port ${port.channel}`,
        objectRef: port.ref,
      });
      return this.array.tables.iscsiPorts.patch(port.ref, { linkStatus });
    });
  }

  /** Notes where the wire really listens for a port, so that portals are told as they can be reached. */
  listen(ref: string, at: { readonly address: string; readonly port: number }): IscsiPortRecord {
    const address = at.address.includes(':')
      ? { ipv4Enabled: false, ipv6Enabled: true, ipv6RoutableAddress: ipv6Digits(at.address) }
      : {
          ipv4Enabled: true,
          ipv4Address: at.address,
          ...(at.address.startsWith('127.') ? { ipv4SubnetMask: '255.0.0.0' } : {}),
        };
    return this.setPort(ref, { tcpListenPort: at.port, ...address });
  }

  /** The secret that an initiator proves itself with; null without one, undefined for an unknown initiator. */
  chapSecretOf(address: string): string | null | undefined {
    return this.array.hosts.portOf(address)?.chapSecret;
  }

  /** An initiator came that is no host's: it shows as unassociated. */
  sawInitiator(address: string): void {
    if (this.array.hosts.portOf(address) !== undefined || this.unassociated(address.toLowerCase()).size > 0) return;
    this.array.transact(() =>
      this.array.tables.unassociatedPorts.put({ ref: this.array.newRef('initiator'), type: 'iscsi', address }),
    );
  }

  /** An initiator became a host's: it is no longer unassociated. */
  associate(address: string): void {
    for (const ref of [...this.unassociated(address.toLowerCase())]) this.array.tables.unassociatedPorts.delete(ref);
  }

  /** What is wrong with the state of the target and of who knocked at it. */
  problems(): string[] {
    const problems: string[] = [];
    const { chapEnabled, chapSecret } = this.record;
    if (chapEnabled && chapSecret === null) problems.push('the target demands CHAP but has no secret');
    for (const port of this.array.tables.unassociatedPorts.values()) {
      if (this.array.hosts.portOf(port.address) !== undefined)
        problems.push(`initiator ${port.address} is a host's and unassociated at once`);
    }
    return problems;
  }

  private checkFreePortal(before: IscsiPortRecord, after: IscsiPortRecord): void {
    const moved = (['ipv4Address', 'tcpListenPort', 'ipv4Enabled'] as const).some((key) => before[key] !== after[key]);
    if (!moved || !after.ipv4Enabled || after.ipv4Address === '0.0.0.0') return;
    const rival = this.ports().find(
      (other) =>
        other.ref !== after.ref &&
        other.ipv4Enabled &&
        other.ipv4Address === after.ipv4Address &&
        other.tcpListenPort === after.tcpListenPort,
    );
    if (rival !== undefined) {
      throw new ArrayError(
        'duplicateIscsiIpAddress',
        `The address ${after.ipv4Address}:${after.tcpListenPort} is that of interface '${rival.ref}' already.`,
        'ipv4Address',
      );
    }
  }

  private checkSecret(secret: string): void {
    checkChapSecret(secret, 'chapSecret');
    if (this.array.tables.hostPorts.toJSON().some((port) => port.chapSecret === secret)) {
      throw new ArrayError(
        'secretAlreadyInUse',
        "The target's CHAP secret is that of an initiator: the two must differ.",
        'chapSecret',
      );
    }
  }
}

/** CHAP secrets have 12 to 57 printable ASCII characters (source: SANtricity REST semantics). */
export function checkChapSecret(secret: string, field: string): void {
  if (!/^[\x20-\x7e]{12,57}$/.test(secret)) {
    throw new ArrayError(
      'invalidSecret',
      `The ${field} has ${secret.length} characters: allowed are 12 to 57, printable ASCII.`,
      field,
    );
  }
}

function checkPort(changes: IscsiPortChanges): void {
  for (const field of ['ipv4Address', 'ipv4SubnetMask', 'ipv4GatewayAddress'] as const) {
    const address = changes[field];
    if (address !== undefined && !isIpv4(address))
      throw new ArrayError('invalidIpAddress', `The ${field} '${address}' is no IPv4 address.`, field);
  }
  for (const field of ['ipv6LocalAddress', 'ipv6RoutableAddress'] as const) {
    const address = changes[field] ?? undefined;
    if (address !== undefined && !/^[0-9A-F]{32}$/i.test(address)) {
      const message = `The ${field} '${address}' is no IPv6 address: it has 32 hex digits.`;
      throw new ArrayError('invalidIpAddress', message, field);
    }
  }
  checkRange('maximumFramePayloadSize', changes.maximumFramePayloadBytes, 1500, 9000);
  checkRange('tcpListenPort', changes.tcpListenPort, 1, 65_535);
}

function checkRange(field: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new ArrayError(
    'invalidIscsiConfiguration',
    `The ${field} is ${value}: allowed are ${least} to ${most}.`,
    field,
  );
}
