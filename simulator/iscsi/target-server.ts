import { createServer, type Server } from 'node:net';
import { ipv6Digits } from '../array/ip-addresses.js';
import type { IscsiPortRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { accountsOf } from './accounts.js';
import { Connection, type ConnectionHost } from './connection.js';
import type { IscsiInterference } from './interference.js';
import { type LoginAuthority, type LoginResult, loginStatus } from './login.js';
import { MemoryBudget } from './memory-budget.js';
import type { IscsiObserver, OpenSession } from './observer.js';
import { ScsiTarget } from './scsi/scsi-target.js';
import type { Nexus, TargetPort } from './scsi/types.js';
import { Session, type SessionHost } from './session.js';
import { realTargetRuntime, type TargetRuntime } from './target-runtime.js';

export interface IscsiTargetOptions {
  /** The address that the portals listen on and report. */
  readonly address: string;
  /** The first portal's port, the others follow; 0 takes any free ones. */
  readonly firstPort: number;
  /** When a port is taken, any free one will do. */
  readonly anyPort: boolean;
  /** Resolves once everything written so far is on disk; undefined without persistence. */
  readonly durable?: (() => Promise<void>) | undefined;
  /** Whether so much is still to be written to disk that every write has to wait; undefined without persistence. */
  readonly isBehind?: (() => boolean) | undefined;
  /** What all sessions may keep together: one for all targets of a process. */
  readonly memory?: MemoryBudget;
  readonly runtime?: TargetRuntime;
  /** What may come between an array's initiators and its target. */
  readonly interferenceAt?: (array: StorageArray) => IscsiInterference;
  /** What is told of an array's sessions and commands. */
  readonly observerAt?: (array: StorageArray) => IscsiObserver;
  /** Told of what must not happen; the connection concerned is dropped already. */
  readonly onError?: (error: unknown) => void;
}

interface Portal {
  readonly ref: string;
  readonly target: TargetPort;
  address: string;
  port: number;
  /** Undefined while the port's link or controller is down. */
  server: Server | undefined;
  readonly connections: Set<Connection>;
  /** Those of them that have no session yet, the oldest first. */
  readonly loggingIn: Set<Connection>;
}

/** Milliseconds between looks at silent connections. */
const lookMs = 5000;

/** Milliseconds that an initiator has for reading what was sent before its connection ended. */
const graceMs = 1000;

/** Sessions of a portal; and connections to it that have not logged in, of which the oldest makes room for a new one. */
const mostSessionsPerPortal = 256;
const mostLoggingIn = 512;
const mostUnassociated = 512;

/** The iSCSI target of one array: a portal for each host port, sessions, and the SCSI commands behind them. */
export class IscsiTargetServer implements SessionHost {
  readonly scsi: ScsiTarget;
  readonly interference: IscsiInterference | undefined;
  readonly memory: MemoryBudget;
  readonly observer: IscsiObserver | undefined;
  private readonly portals: Portal[] = [];
  /** Normal sessions by initiator port and portal group: a new one with the same key takes the old one's place. */
  private readonly sessions = new Map<string, { readonly session: Session; readonly connection: Connection }>();
  private readonly runtime: TargetRuntime;
  private stopLooking: (() => void) | undefined;
  private unsubscribe: (() => void) | undefined;
  private lastTsih = 0;
  private portRevision = -1;
  private moving: Promise<void> = Promise.resolve();

  constructor(
    private readonly array: StorageArray,
    private readonly options: IscsiTargetOptions,
  ) {
    this.runtime = options.runtime ?? realTargetRuntime;
    this.memory = options.memory ?? new MemoryBudget();
    this.interference = options.interferenceAt?.(array);
    this.observer = options.observerAt?.(array);
    this.scsi = new ScsiTarget(array, {
      durable: options.durable,
      isBehind: options.isBehind,
      after: (milliseconds, action) => this.runtime.after(milliseconds, action),
      tasks: {
        abort: ({ unitRef, nexusId, answeredExcept }) => {
          const whose = new Set<string>();
          for (const { session } of this.sessions.values()) {
            const { id } = session.nexus;
            if (nexusId !== undefined && nexusId !== id) continue;
            const isAnswered = answeredExcept !== undefined && answeredExcept !== id;
            const ended = session.abort((task) => unitRef === undefined || task.unitRef === unitRef, isAnswered);
            if (ended > 0) whose.add(id);
          }
          return whose;
        },
      },
    });
  }

  /** The normal sessions that are open, the oldest first. */
  openSessions(): OpenSession[] {
    return [...this.sessions.values()].flatMap(({ session: { nexus } }) => {
      const portal = this.portals.find(({ target }) => target === nexus.port);
      if (portal === undefined) return [];
      const { initiatorName: initiator, id, isid, port } = nexus;
      return [{ id, initiator, isid, portal: addressOf(portal), controllerRef: port.controllerRef }];
    });
  }

  /** Listens at every host port and lets the array report where. Rejects with the system's error when a port is taken. */
  async start(): Promise<void> {
    const { address, firstPort } = this.options;
    for (const [index, record] of this.array.iscsiTarget.ports().entries()) {
      const portal: Portal = {
        ref: record.ref,
        target: {
          controllerRef: record.controllerRef,
          relativeId: index + 1,
          groupTag: this.array.controllers.require(record.controllerRef).slot,
        },
        address,
        port: firstPort === 0 ? this.reportedPort(record) : firstPort + index,
        server: undefined,
        connections: new Set(),
        loggingIn: new Set(),
      };
      this.portals.push(portal);
      await this.open(portal, firstPort === 0 || this.options.anyPort);
      this.array.iscsiTarget.listen(portal.ref, { address, port: portal.port });
    }
    this.portRevision = this.revision();
    this.unsubscribe = this.array.subscribe(() => this.changed());
    this.changed();
    this.stopLooking = this.runtime.every(lookMs, () => {
      for (const portal of this.portals) for (const connection of portal.connections) connection.look();
    });
  }

  async close(): Promise<void> {
    this.stopLooking?.();
    this.unsubscribe?.();
    await this.moving;
    await Promise.all(this.portals.map((portal) => this.shut(portal)));
  }

  /** Resolves once the portals are where the array's ports are now. */
  portalsReady(): Promise<void> {
    return this.moving;
  }

  /** An array that was running before goes on where it was. */
  private reportedPort(record: IscsiPortRecord): number {
    return this.isHere(record) && record.tcpListenPort !== 3260 ? record.tcpListenPort : 0;
  }

  /** Whether a port has the kind of address that the portals listen on. */
  private isEnabled(record: IscsiPortRecord): boolean {
    return this.options.address.includes(':') ? record.ipv6Enabled : record.ipv4Enabled;
  }

  /** Whether a port has the address that the portals listen on. */
  private isHere(record: IscsiPortRecord): boolean {
    const { address } = this.options;
    return address.includes(':') ? record.ipv6RoutableAddress === ipv6Digits(address) : record.ipv4Address === address;
  }

  private revision(): number {
    const { iscsiPorts, controllers } = this.array.tables;
    return iscsiPorts.revision + controllers.revision;
  }

  /** After each operation on the array: what initiators must learn of, and ports that moved. */
  private changed(): void {
    this.scsi.arrayChanged();
    const revision = this.revision();
    if (revision === this.portRevision) return;
    this.portRevision = revision;
    this.moving = this.moving.then(() => this.follow()).catch((error: unknown) => this.broken(error));
  }

  /** Portals listen where the array's ports say, and not at all while a link or controller is down. */
  private async follow(): Promise<void> {
    for (const portal of this.portals) {
      const record = this.array.tables.iscsiPorts.get(portal.ref);
      const isUp =
        record !== undefined &&
        record.linkStatus === 'up' &&
        this.isEnabled(record) &&
        this.array.controllers.isUp(record.controllerRef);
      const isThere = record !== undefined && this.isHere(record) && record.tcpListenPort === portal.port;
      if (portal.server !== undefined && (!isUp || !isThere)) await this.shut(portal);
      if (!isUp || record === undefined || portal.server !== undefined) continue;
      // Elsewhere than on this address there is no portal: the port is configured for a network that is not here.
      if (!this.isHere(record)) continue;
      portal.port = record.tcpListenPort;
      await this.open(portal, false).catch((error: unknown) => this.broken(error));
    }
  }

  private async open(portal: Portal, mayMove: boolean): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => {
      const connection = new Connection(socket, this.hostOf(portal));
      portal.connections.add(connection);
      portal.loggingIn.add(connection);
      const [oldest] = portal.loggingIn;
      if (portal.loggingIn.size <= mostLoggingIn || oldest === undefined) return;
      portal.loggingIn.delete(oldest);
      oldest.destroy();
    });
    const listening = (port: number) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: portal.address, port, exclusive: true }, () => {
          server.off('error', reject);
          resolve();
        });
      });
    try {
      await listening(portal.port);
    } catch (error) {
      if (!mayMove || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      await listening(0);
    }
    server.on('error', (error) => this.broken(error));
    const address = server.address();
    if (typeof address === 'object' && address !== null) portal.port = address.port;
    portal.server = server;
  }

  /** Initiators are told that the portal goes, then it goes. */
  private shut(portal: Portal): Promise<void> {
    const { server } = portal;
    portal.server = undefined;
    for (const { session } of portal.connections) session?.announce(3);
    this.part(portal.connections);
    return new Promise((resolve) => {
      if (server === undefined) resolve();
      else server.close(() => resolve());
    });
  }

  private hostOf(portal: Portal): ConnectionHost {
    return {
      memory: this.memory,
      authority: () => this.authorityOf(portal),
      begin: (connection, login, tsih, statSerial) => this.begin(portal, connection, login, tsih, statSerial),
      closed: (connection) => {
        portal.connections.delete(connection);
        portal.loggingIn.delete(connection);
        for (const [key, each] of this.sessions) if (each.connection === connection) this.sessions.delete(key);
        const initiator = connection.session?.nexus.initiatorName;
        if (initiator !== undefined) this.observer?.sessionEnded({ initiator, portal: addressOf(portal) });
      },
      broken: (error) => this.broken(error),
    };
  }

  private broken(error: unknown): void {
    this.options.onError?.(error);
  }

  private authorityOf(portal: Portal): LoginAuthority {
    const { record } = this.array.iscsiTarget;
    return {
      targetName: record.iqn,
      targetAlias: record.alias,
      groupTag: portal.target.groupTag,
      accountsOf: (initiatorName) => accountsOf(this.array, initiatorName),
      admit: (login) => {
        const admitted = this.admit(portal, login);
        this.observed(portal, login, 'status' in admitted ? admitted.status : 0);
        return admitted;
      },
      failed: (initiatorName) => {
        this.observed(portal, { initiatorName, isDiscovery: false }, loginStatus.authenticationFailure);
        this.array.transact(() =>
          this.array.events.record({
            eventType: 0x1012,
            category: 'error',
            priority: 'priorityWarning',
            componentType: 'channel',
            description: `iSCSI login of '${initiatorName.slice(0, 223)}' refused: authentication failed`,
            objectRef: portal.ref,
          }),
        );
      },
      random: (bytes) => this.runtime.random(bytes),
    };
  }

  private observed(portal: Portal, login: Pick<LoginResult, 'initiatorName' | 'isDiscovery'>, status: number): void {
    const { initiatorName: initiator, isDiscovery } = login;
    this.observer?.login({ initiator, isDiscovery, portal: addressOf(portal), status });
  }

  private admit(portal: Portal, login: LoginResult): { readonly tsih: number } | { readonly status: number } {
    const refusal = this.interference?.active ? this.interference.refuseLogin(login.initiatorName) : undefined;
    if (refusal !== undefined) return { status: refusal };
    const present = login.isDiscovery ? undefined : this.sessions.get(keyOf(portal, login));
    if (present === undefined && portal.connections.size - portal.loggingIn.size >= mostSessionsPerPortal)
      return { status: loginStatus.outOfResources };
    if (login.isDiscovery) return { tsih: this.takeTsih() };
    if (login.tsih !== 0) {
      if (present?.session.tsih !== login.tsih) return { status: loginStatus.sessionDoesNotExist };
      if (present.session.login.connectionId !== login.connectionId) return { status: loginStatus.tooManyConnections };
    }
    // The same initiator port came again: its old session is over, as if its connection had failed.
    if (present !== undefined) {
      present.session.closed();
      present.connection.destroy();
      this.sessions.delete(keyOf(portal, login));
    }
    return { tsih: login.tsih === 0 ? this.takeTsih() : login.tsih };
  }

  private takeTsih(): number {
    this.lastTsih = this.lastTsih >= 0xffff ? 1 : this.lastTsih + 1;
    return this.lastTsih;
  }

  private begin(portal: Portal, connection: Connection, login: LoginResult, tsih: number, statSerial: number): Session {
    const nexus: Nexus = {
      initiatorName: login.initiatorName,
      isid: login.isid,
      targetName: this.array.iscsiTarget.record.iqn,
      port: portal.target,
      id: keyOf(portal, login),
    };
    portal.loggingIn.delete(connection);
    const session = new Session(connection, this, login, nexus, tsih, statSerial);
    if (!login.isDiscovery) this.sessions.set(nexus.id, { session, connection });
    if (this.array.tables.unassociatedPorts.size < mostUnassociated)
      this.array.iscsiTarget.sawInitiator(login.initiatorName);
    return session;
  }

  /** The one target that the array is, with all its portals; an initiator's LUNs are masked, not the target. */
  targetsFor(session: Session, value: string): readonly (readonly [string, string])[] | undefined {
    const { iqn, unnamedDiscoverySessionsEnabled } = this.array.iscsiTarget.record;
    const isOwn = value.toLowerCase() === iqn.toLowerCase() || (value === '' && !session.login.isDiscovery);
    if (value === 'All') {
      if (session.login.isDiscovery && !unnamedDiscoverySessionsEnabled) return [];
    } else if (!isOwn) {
      return /^(iqn|eui|naa)\./i.test(value) ? [] : undefined;
    }
    const addresses = this.portals
      .filter((portal) => portal.server !== undefined)
      .map(({ address, port, target }) => {
        return ['TargetAddress', `${addressOf({ address, port })},${target.groupTag}`] as const;
      });
    return [['TargetName', iqn], ...addresses];
  }

  dropAll(): void {
    for (const portal of this.portals) this.part(portal.connections);
  }

  /** Ends connections; those whose initiator does not read what was sent are not waited for long. */
  private part(connections: Iterable<Connection>): void {
    const leaving = [...connections];
    if (leaving.length === 0) return;
    for (const connection of leaving) connection.leave();
    this.runtime.after(graceMs, () => {
      for (const connection of leaving) connection.destroy();
    });
  }
}

function addressOf({ address, port }: Pick<Portal, 'address' | 'port'>): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What names an initiator port at a target portal group. */
function keyOf(portal: Portal, login: LoginResult): string {
  return `${login.initiatorName},i,0x${login.isid},t,0x${portal.target.groupTag.toString(16).padStart(4, '0')}`;
}
