import { ArrayError, ObjectNotFound } from './errors.js';
import type { IscsiPortRecord, IscsiTargetRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** The iSCSI target and its portals, one per host port of a controller; CHAP; and who knocked without being a host. */
export class IscsiTarget {
  constructor(private readonly array: StorageArray) {}

  furnish(boardId: string): void {
    this.array.tables.iscsiTargets.put({
      ref: this.array.newRef('target'),
      iqn: `iqn.1992-08.com.netapp:${boardId}.${this.array.system.wwn.toLowerCase()}`,
      alias: '',
      chapEnabled: false,
      chapSecret: null,
      icmpPingResponseEnabled: true,
      unnamedDiscoverySessionsEnabled: true,
      isnsServer: {
        registrationEnabled: false,
        ipv4ConfigMethod: 'configDhcp',
        ipv4Address: '0.0.0.0',
        ipv6ConfigMethod: 'configStatic',
        ipv6Address: '0'.repeat(32),
        tcpListenPort: 3205,
      },
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
    if (port === undefined) throw new ObjectNotFound('illegalParam', 'iSCSI interface', ref);
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
      readonly isnsServer?: Partial<IscsiTargetRecord['isnsServer']>;
    },
  ): IscsiTargetRecord {
    return this.array.transact(() => {
      const target = this.record;
      const isnsServer = { ...target.isnsServer, ...changes.isnsServer };
      if (!isIpv4(isnsServer.ipv4Address))
        throw new ArrayError(
          'illegalParam',
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
  setPort(
    ref: string,
    changes: Partial<Omit<IscsiPortRecord, 'ref' | 'controllerRef' | 'channel' | 'macAddress'>>,
  ): IscsiPortRecord {
    return this.array.transact(() => {
      const port = this.port(ref);
      for (const field of ['ipv4Address', 'ipv4SubnetMask', 'ipv4GatewayAddress'] as const) {
        const address = changes[field];
        if (address !== undefined && !isIpv4(address))
          throw new ArrayError('illegalParam', `The ${field} '${address}' is no IPv4 address.`, field);
      }
      const rival = this.ports().find(
        (other) =>
          other.ref !== port.ref &&
          other.ipv4Address === changes.ipv4Address &&
          other.tcpListenPort === (changes.tcpListenPort ?? port.tcpListenPort),
      );
      if (rival !== undefined)
        throw new ArrayError(
          'duplicateIscsiIpAddress',
          `The address ${changes.ipv4Address} is that of interface '${rival.ref}' already.`,
          'ipv4Address',
        );
      const mtu = changes.maximumFramePayloadBytes ?? port.maximumFramePayloadBytes;
      if (mtu < 1500 || mtu > 9000)
        throw new ArrayError(
          'illegalParam',
          `The maximumFramePayloadSize is ${mtu}: allowed are 1500 to 9000.`,
          'maximumFramePayloadSize',
        );
      const listen = changes.tcpListenPort ?? port.tcpListenPort;
      if (listen < 1 || listen > 65_535)
        throw new ArrayError(
          'illegalParam',
          `The tcpListenPort is ${listen}: allowed are 1 to 65535.`,
          'tcpListenPort',
        );
      return this.array.tables.iscsiPorts.put({ ...port, ...changes });
    });
  }

  /** An initiator came that is no host's: it shows as unassociated. */
  sawInitiator(address: string): void {
    if (this.array.hosts.portOf(address) !== undefined) return;
    const known = this.array.tables.unassociatedPorts
      .toJSON()
      .some((port) => port.address.toLowerCase() === address.toLowerCase());
    if (known) return;
    this.array.transact(() =>
      this.array.tables.unassociatedPorts.put({ ref: this.array.newRef('initiator'), type: 'iscsi', address }),
    );
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
      'illegalParam',
      `The ${field} has ${secret.length} characters: allowed are 12 to 57, printable ASCII.`,
      field,
    );
  }
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}
