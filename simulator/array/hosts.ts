import { given } from './defaults.js';
import { ArrayError, ObjectNotFound } from './errors.js';
import { checkHostType, normalAddress } from './host-addresses.js';
import { checkChapSecret } from './iscsi-target.js';
import { checkLabel } from './labels.js';
import { type HostPortRecord, type HostRecord, hostPortDefaults } from './records.js';
import { nullRef } from './refs.js';
import type { StorageArray } from './storage-array.js';

export interface NewHostPort {
  readonly type: HostPortRecord['type'];
  readonly address: string;
  readonly label: string;
  readonly chapSecret?: string;
}

export interface NewHost {
  readonly label: string;
  readonly hostTypeIndex: number;
  readonly groupRef: string | null;
  readonly ports: readonly NewHostPort[];
}

export interface HostChanges {
  readonly label?: string;
  readonly hostTypeIndex?: number;
  /** null takes the host out of its group. */
  readonly groupRef?: string | null;
  readonly addPorts?: readonly NewHostPort[];
  readonly updatePorts?: readonly {
    readonly ref: string;
    readonly address?: string;
    readonly label?: string;
    readonly chapSecret?: string;
    readonly hostRef?: string;
  }[];
  readonly removePortRefs?: readonly string[];
}

/** Hosts and their ports (initiators). An address or port label belongs to one host only. */
export class Hosts {
  private readonly byLabel: (label: string) => ReadonlySet<string>;
  private readonly byGroup: (groupRef: string) => ReadonlySet<string>;
  private readonly portsByHost: (hostRef: string) => ReadonlySet<string>;
  private readonly portsByAddress: (address: string) => ReadonlySet<string>;
  private readonly portsByLabel: (label: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    const { hosts, hostPorts } = array.tables;
    this.byLabel = hosts.index((host) => host.label);
    this.byGroup = hosts.index((host) => host.groupRef ?? undefined);
    this.portsByHost = hostPorts.index((port) => port.hostRef);
    this.portsByAddress = hostPorts.index((port) => port.address.toLowerCase());
    this.portsByLabel = hostPorts.index((port) => port.label);
  }

  require(ref: string): HostRecord {
    const host = this.array.tables.hosts.get(ref.toUpperCase());
    if (host === undefined) throw new ObjectNotFound('partNodeNonexistent', 'host', ref);
    return host;
  }

  inGroup(groupRef: string): HostRecord[] {
    return [...this.byGroup(groupRef)].map((ref) => this.require(ref));
  }

  ports(hostRef: string): HostPortRecord[] {
    return [...this.portsByHost(hostRef)].flatMap((ref) => this.array.tables.hostPorts.get(ref) ?? []);
  }

  /** The host that an initiator address belongs to. */
  byAddress(address: string): HostRecord | undefined {
    const port = this.portOf(address);
    return port && this.array.tables.hosts.get(port.hostRef);
  }

  portOf(address: string): HostPortRecord | undefined {
    const [ref] = this.portsByAddress(address.toLowerCase());
    return ref === undefined ? undefined : this.array.tables.hostPorts.get(ref);
  }

  /** A host port or initiator by its reference. */
  port(ref: string): HostPortRecord {
    const port = this.array.tables.hostPorts.get(ref.toUpperCase());
    if (port === undefined) throw new ObjectNotFound('partNodeNonexistent', 'host port', ref);
    return port;
  }

  create(wanted: NewHost): HostRecord {
    return this.array.transact(() => {
      this.checkFreeLabel(wanted.label);
      checkHostType(wanted.hostTypeIndex);
      const { hosts } = this.array.system.limits;
      if (this.array.tables.hosts.size >= hosts)
        throw new ArrayError('tooManyPartitions', `The array has ${hosts} hosts: it can have no more.`);
      const groupRef = this.groupOf(wanted.groupRef);
      const host = this.array.tables.hosts.put({
        ref: this.array.newRef('host'),
        label: wanted.label,
        groupRef,
        hostTypeIndex: wanted.hostTypeIndex,
      });
      for (const port of wanted.ports) this.addPort(host, port);
      return host;
    });
  }

  update(ref: string, changes: HostChanges): HostRecord {
    return this.array.transact(() => {
      const host = this.require(ref);
      if (changes.label !== undefined && changes.label !== host.label) this.checkFreeLabel(changes.label);
      if (changes.hostTypeIndex !== undefined) checkHostType(changes.hostTypeIndex);
      for (const portRef of changes.removePortRefs ?? [])
        this.array.tables.hostPorts.delete(this.portOfHost(host, portRef).ref);
      for (const { ref: portRef, ...change } of changes.updatePorts ?? []) this.changePort(host, portRef, change);
      for (const port of changes.addPorts ?? []) this.addPort(host, port);
      if (changes.groupRef !== undefined) this.move(host.ref, changes.groupRef);
      return this.array.tables.hosts.put({
        ...this.require(host.ref),
        label: changes.label ?? host.label,
        hostTypeIndex: changes.hostTypeIndex ?? host.hostTypeIndex,
      });
    });
  }

  /** Puts a host into a group or, with null, out of its group. Throws ArrayError partLunCollision on a LUN conflict. */
  move(ref: string, groupRef: string | null): HostRecord {
    return this.array.transact(() => {
      const host = this.require(ref);
      const group = this.groupOf(groupRef);
      if (group === host.groupRef) return host;
      if (group !== null) this.array.mappings.checkJoin(host.ref, group);
      return this.array.tables.hosts.patch(host.ref, { groupRef: group });
    });
  }

  /** Deletes a host with its ports and its own mappings. */
  delete(ref: string): void {
    this.array.transact(() => {
      const host = this.require(ref);
      this.array.mappings.dropTarget(host.ref);
      for (const port of this.ports(host.ref)) this.array.tables.hostPorts.delete(port.ref);
      this.array.tables.hosts.delete(host.ref);
    });
  }

  /** The type that new hosts get unless told otherwise. */
  setDefaultType(index: number): void {
    checkHostType(index);
    this.array.transact(() =>
      this.array.patchSystem({ settings: { ...this.array.system.settings, defaultHostTypeIndex: index } }),
    );
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const host of this.array.tables.hosts.values()) {
      if (this.byLabel(host.label).size !== 1) problems.push(`host label ${host.label} is not unique`);
      if (host.groupRef !== null && !this.array.tables.hostGroups.has(host.groupRef))
        problems.push(`host ${host.label} is in a group that does not exist`);
    }
    for (const port of this.array.tables.hostPorts.values()) {
      if (!this.array.tables.hosts.has(port.hostRef)) problems.push(`host port ${port.label} belongs to no host`);
      if (this.portsByAddress(port.address.toLowerCase()).size !== 1)
        problems.push(`host port address ${port.address} is not unique`);
      if (this.portsByLabel(port.label).size !== 1) problems.push(`host port label ${port.label} is not unique`);
    }
    return problems;
  }

  private groupOf(ref: string | null): string | null {
    return ref === null || ref === '' || ref === nullRef ? null : this.array.hostGroups.require(ref).ref;
  }

  private addPort(host: HostRecord, wanted: NewHostPort): void {
    const address = normalAddress(wanted.type, wanted.address);
    this.checkFreeAddress(address);
    this.checkFreePortLabel(wanted.label);
    if (wanted.chapSecret !== undefined) this.checkSecret(wanted.chapSecret);
    const kind = wanted.type === 'fc' || wanted.type === 'sas' ? 'hostPort' : 'initiator';
    this.array.tables.hostPorts.put({
      ...given(hostPortDefaults, { chapSecret: wanted.chapSecret }),
      ref: this.array.newRef(kind),
      hostRef: host.ref,
      type: wanted.type,
      address,
      label: wanted.label,
    });
    this.array.iscsiTarget.associate(address);
  }

  private changePort(
    host: HostRecord,
    portRef: string,
    change: {
      readonly address?: string;
      readonly label?: string;
      readonly chapSecret?: string;
      readonly hostRef?: string;
    },
  ): void {
    const newHost = change.hostRef === undefined ? undefined : this.require(change.hostRef);
    const port = newHost?.ref === host.ref ? this.port(portRef) : this.portOfHost(host, portRef);
    const address = change.address === undefined ? port.address : normalAddress(port.type, change.address);
    if (address.toLowerCase() !== port.address.toLowerCase()) this.checkFreeAddress(address);
    if (change.label !== undefined && change.label !== port.label) this.checkFreePortLabel(change.label);
    if (change.chapSecret !== undefined) this.checkSecret(change.chapSecret);
    this.array.tables.hostPorts.put({
      ...port,
      address,
      hostRef: newHost?.ref ?? port.hostRef,
      label: change.label ?? port.label,
      chapSecret: change.chapSecret ?? port.chapSecret,
    });
    this.array.iscsiTarget.associate(address);
  }

  private portOfHost(host: HostRecord, portRef: string): HostPortRecord {
    const port = this.array.tables.hostPorts.get(portRef.toUpperCase());
    if (port === undefined)
      throw new ArrayError('partNodeNonexistent', `There is no host port '${portRef}'.`, 'portRef');
    if (port.hostRef !== host.ref)
      throw new ArrayError(
        'partNodeNonexistent',
        `Host port '${port.label}' belongs to another host than '${host.label}'.`,
        'portRef',
      );
    return port;
  }

  private checkSecret(secret: string): void {
    checkChapSecret(secret, 'iscsiChapSecret');
    if (this.array.iscsiTarget.record.chapSecret === secret) {
      throw new ArrayError(
        'secretAlreadyInUse',
        "The initiator's CHAP secret is the target's: the two must differ.",
        'iscsiChapSecret',
      );
    }
  }

  private checkFreeAddress(address: string): void {
    const port = this.portOf(address);
    if (port !== undefined) {
      throw new ArrayError(
        'partDupId',
        `The port address '${address}' belongs to host port '${port.label}' already.`,
        'port',
      );
    }
  }

  private checkFreePortLabel(label: string): void {
    checkLabel(label, 'partLabelInvalid', 'label');
    if (this.portsByLabel(label).size > 0) {
      throw new ArrayError('partDupId', `There is a host port '${label}' already: the label must be unique.`, 'label');
    }
  }

  private checkFreeLabel(label: string): void {
    checkLabel(label, 'partLabelInvalid');
    if (this.byLabel(label).size > 0)
      throw new ArrayError('partDupId', `There is a host '${label}' already: the name must be unique.`, 'name');
  }
}
