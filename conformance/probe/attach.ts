import type { Authentication } from './authentication.js';
import { type ConnectOptions, connect } from './connect.js';
import { discover } from './discover.js';
import { openDisk, type ProbeDisk } from './disk.js';
import { ConnectionClosed } from './errors.js';

/** What a Cinder driver returns from `initialize_connection`, as far as an initiator needs it. */
export interface ConnectionInfo {
  readonly driver_volume_type: string;
  readonly data: {
    readonly target_portal?: string;
    readonly target_iqn?: string;
    readonly target_lun?: number;
    readonly target_portals?: readonly string[];
    readonly target_iqns?: readonly string[];
    readonly target_luns?: readonly number[];
    readonly auth_method?: string | null;
    readonly auth_username?: string | null;
    readonly auth_password?: string | null;
    readonly discovery_auth_method?: string | null;
    readonly discovery_auth_username?: string | null;
    readonly discovery_auth_password?: string | null;
  };
}

export interface AttachOptions
  extends Omit<ConnectOptions, 'portal' | 'targetName' | 'chap' | 'discovery' | 'initiatorName'> {
  readonly initiatorName: string;
  /** Which of the paths to take, from 0. By default the first one that can be connected to. */
  readonly path?: number;
  /**
   * Whether to ask the portal for its targets first and insist on the one that is meant. By default when there are
   * credentials for discovery.
   */
  readonly discover?: boolean;
}

/** One way to the volume. */
export interface Path {
  readonly portal: string;
  readonly iqn: string;
  readonly lun: number;
}

/** The target that the connection info names is not among those that its portal names. */
export class NotDiscovered extends Error {
  override readonly name = 'NotDiscovered';
}

/**
 * Attaches the volume that a driver's connection info describes. Rejects with TypeError when the info is not usable,
 * NotDiscovered, or what `connect` and a command reject with.
 */
export async function attach(info: ConnectionInfo, options: AttachOptions): Promise<ProbeDisk> {
  const paths = pathsOf(info);
  const wanted = options.path === undefined ? paths : paths.slice(options.path, options.path + 1);
  let unreachable: Error = new TypeError(`there is no path ${options.path} of ${paths.length}`);
  for (const path of wanted) {
    try {
      return await attachBy(path, info, options);
    } catch (error) {
      if (!(error instanceof ConnectionClosed)) throw error;
      unreachable = error;
    }
  }
  throw unreachable;
}

/** All ways that connection info lists. Throws TypeError when it lists none, or the lists don't fit together. */
export function pathsOf({ driver_volume_type: type, data }: ConnectionInfo): Path[] {
  if (type !== 'iscsi') throw new TypeError(`driver_volume_type is ${JSON.stringify(type)}, not "iscsi"`);
  const portals = data.target_portals ?? single(data.target_portal);
  const iqns = data.target_iqns ?? single(data.target_iqn);
  const luns = data.target_luns ?? single(data.target_lun);
  if (portals.length === 0 || iqns.length !== portals.length || luns.length !== portals.length) {
    throw new TypeError(`${portals.length} portals, ${iqns.length} target names and ${luns.length} LUNs don't fit`);
  }
  return portals.map((portal, index) => ({ portal, iqn: iqns[index] ?? '', lun: luns[index] ?? 0 }));
}

async function attachBy(path: Path, { data }: ConnectionInfo, options: AttachOptions): Promise<ProbeDisk> {
  const { portal, iqn, lun } = path;
  const forDiscovery = credentials(
    data.discovery_auth_method,
    data.discovery_auth_username,
    data.discovery_auth_password,
  );
  if (options.discover ?? forDiscovery !== undefined) {
    const targets = await discover({ ...options, portal, ...(forDiscovery && { chap: forDiscovery }) });
    if (!targets.some(({ name }) => name.toLowerCase() === iqn.toLowerCase())) {
      throw new NotDiscovered(
        `${portal} names ${targets.map(({ name }) => name).join(', ') || 'no target'}, not ${iqn}`,
      );
    }
  }
  const chap = credentials(data.auth_method, data.auth_username, data.auth_password);
  const session = await connect({ ...options, portal, targetName: iqn, ...(chap && { chap }) });
  try {
    return await openDisk(session, lun);
  } catch (error) {
    session.close();
    throw error;
  }
}

function credentials(
  method: string | null | undefined,
  username: string | null | undefined,
  secret: string | null | undefined,
): Authentication | undefined {
  if (!method || method.toLowerCase() === 'none') return undefined;
  if (method !== 'CHAP') throw new TypeError(`the authentication method is ${JSON.stringify(method)}, not "CHAP"`);
  if (!username || !secret) throw new TypeError('CHAP without user name and password');
  return { username, secret };
}

function single<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}
