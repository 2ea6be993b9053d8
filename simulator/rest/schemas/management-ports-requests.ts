import { managementSpeeds } from '../../array/records.js';
import { boolean, list, object, oneOf, optional, text } from './types.js';

/** What clients send about management ports: the vendor's definitions, property by property. */

const IpVxAddressInput = object({
  addressType: optional(text()),
  ipv4Address: optional(text()),
  ipv6Address: optional(text()),
});

const NetworkAddressInput = object({
  addrType: optional(text()),
  domainName: optional(text()),
  ipvxAddress: optional(IpVxAddressInput),
});

export const ManagementConfigurationRequest = object({
  controllerRef: text(),
  interfaceRef: text(),
  ipv4Enabled: optional(boolean()),
  ipv4Address: optional(text()),
  ipv4SubnetMask: optional(text()),
  ipv4AddressConfigMethod: optional(oneOf('configStatic', 'configDhcp')),
  ipv4GatewayAddress: optional(text()),
  ipv6Enabled: optional(boolean()),
  ipv6AddressConfigMethod: optional(oneOf('configStatic', 'configStateless')),
  ipv6LocalAddress: optional(text()),
  ipv6GatewayAddress: optional(text()),
  ipv6StaticRoutableAddress: optional(text()),
  speedSetting: optional(oneOf(...managementSpeeds)),
  dnsAcquisitionDescriptor: optional(
    object({ dnsAcquisitionType: optional(oneOf('stat', 'dhcp')), dnsServers: optional(list(IpVxAddressInput)) }),
  ),
  ntpAcquisitionDescriptor: optional(
    object({
      ntpAcquisitionType: optional(oneOf('stat', 'dhcp', 'disabled')),
      ntpServers: optional(list(NetworkAddressInput)),
    }),
  ),
  enableRemoteAccess: optional(boolean()),
});
