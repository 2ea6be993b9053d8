import type { StorageArray } from '../../array/storage-array.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, integer, object, oneOf, text } from '../schemas/types.js';

function entityFacts(array: StorageArray) {
  const { isnsServer, ...target } = array.iscsiTarget.record;
  return { array, isnsServer, target };
}

const entity = showing<ReturnType<typeof entityFacts>>();

export const IscsiEntityData = object({
  icmpPingResponseEnabled: entity.shown(boolean(), ({ target }) => target.icmpPingResponseEnabled),
  unnamedDiscoverySessionsEnabled: entity.shown(boolean(), ({ target }) => target.unnamedDiscoverySessionsEnabled),
  isnsServerTcpListenPort: entity.shown(integer(), ({ isnsServer }) => isnsServer.tcpListenPort),
  ipv4IsnsServerAddressConfigMethod: entity.shown(
    oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
    ({ isnsServer }) => isnsServer.ipv4ConfigMethod,
  ),
  ipv4IsnsServerAddress: entity.shown(text(), ({ isnsServer }) => isnsServer.ipv4Address),
  ipv6IsnsServerAddressConfigMethod: entity.shown(
    oneOf('configStatic', 'configStateless', '__UNDEFINED'),
    ({ isnsServer }) => isnsServer.ipv6ConfigMethod,
  ),
  ipv6IsnsServerAddress: entity.shown(text(), ({ isnsServer }) => isnsServer.ipv6Address),
  isnsRegistrationState: entity.shown(
    oneOf('disabled', 'locatingServer', 'connectingToServer', 'completed', '__UNDEFINED'),
    ({ isnsServer }) => (isnsServer.registrationEnabled ? 'locatingServer' : 'disabled'),
  ),
  isnsServerRegistrationEnabled: entity.shown(boolean(), ({ isnsServer }) => isnsServer.registrationEnabled),
  hostPortsConfiguredDHCP: entity.shown(boolean(), ({ array }) =>
    array.iscsiTarget.ports().some((port) => port.ipv4ConfigMethod === 'configDhcp'),
  ),
});

const entityObject = entity.viewOf(IscsiEntityData);

/** What concerns iSCSI as a whole: ping, discovery without a name, and the name server (iSNS). */
export function iscsiEntityView(array: StorageArray): Shown<typeof IscsiEntityData> {
  return entityObject(entityFacts(array));
}
