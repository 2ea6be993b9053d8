import { createHmac } from 'node:crypto';
import { NetAppDriverException } from '../errors.js';
import type { Volume } from '../model.js';
import type { ArrayVolume, HardwareInventory } from '../transport/array-types.js';

export interface Credentials {
  readonly method: string;
  readonly username: string;
  readonly password: string;
}

export interface Portal {
  /** `address:port` */
  readonly address: string;
  readonly iqn: string;
  readonly controller: string;
}

export interface ConnectionInfo {
  readonly driver_volume_type: 'iscsi';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The name that CHAP is done under unless chap_username says another. */
const defaultChapUser = 'eserieschapuser';

/** Characters of a secret that are not mistaken for another text. */
const secretCharacters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * The IPv4 portals to reach a volume by: those of its owning controller, or all when that has none.
 * Throws NetAppDriverException when the array has no configured iSCSI port.
 */
export function portalsFor(volume: ArrayVolume, inventory: HardwareInventory): Portal[] {
  const portals = inventory.iscsiPorts.flatMap((port): Portal[] => {
    const address = port.ipv4Data?.ipv4AddressData;
    if (!port.ipv4Enabled || !port.iqn || !address?.ipv4Address || address.configState !== 'configured') return [];
    return [{ address: `${address.ipv4Address}:${port.tcpListenPort}`, iqn: port.iqn, controller: port.controllerId }];
  });
  if (portals.length === 0)
    throw new NetAppDriverException('The array has no iSCSI port with a configured IPv4 address.');
  const own = portals.filter((portal) => portal.controller === volume.currentManager);
  return own.length > 0 ? own : portals;
}

/** What Cinder passes on to the host that attaches a volume. */
export function connectionInfo(
  volume: Volume,
  lun: number,
  portals: readonly Portal[],
  chap: Credentials | undefined,
): ConnectionInfo {
  const [first] = portals;
  const plural =
    portals.length < 2
      ? {}
      : {
          target_portals: portals.map((portal) => portal.address),
          target_iqns: portals.map((portal) => portal.iqn),
          target_luns: portals.map(() => lun),
        };
  const [method, username, password] = volume.provider_auth?.trim().split(/\s+/) ?? [];
  const given = password === undefined ? {} : { auth_method: method, auth_username: username, auth_password: password };
  return {
    driver_volume_type: 'iscsi',
    data: {
      target_discovered: false,
      target_portal: first?.address,
      target_iqn: first?.iqn,
      target_lun: lun,
      ...plural,
      volume_id: volume.id,
      ...given,
      ...(chap === undefined
        ? {}
        : {
            auth_method: chap.method,
            auth_username: chap.username,
            auth_password: chap.password,
            discovery_auth_method: chap.method,
            discovery_auth_username: chap.username,
            discovery_auth_password: chap.password,
          }),
    },
  };
}

/**
 * The credentials that initiators log in with: the configured ones, otherwise a secret that follows from the array and
 * its password, so that it is the same at every attach and after every restart.
 */
export function chapCredentials(
  configured: { readonly chap_username: string; readonly chap_password: string; readonly netapp_password: string },
  arrayId: string,
): Credentials {
  const derived = createHmac('sha256', configured.netapp_password).update(`chap ${arrayId}`).digest();
  const characters = [...derived.subarray(0, 16)].map((byte) => secretCharacters[byte % secretCharacters.length]);
  return {
    method: 'CHAP',
    username: configured.chap_username || defaultChapUser,
    password: configured.chap_password || characters.join(''),
  };
}
