import { RegionIdName, SupportedSpeedSettingsName } from './enums.js';
import { DnsAcquisitionDescriptorInput, NtpAcquisitionDescriptorInput } from './ports-requests.js';
import { boolean, object, oneOf, optional, text } from './types.js';

/** What clients send about controllers: the vendor's definitions, property by property. */

export const ControllerNvsramRegionDataRequest = object({
  nvsramRegionId: optional(RegionIdName),
});

export const ManagementConfigurationRequest = object({
  controllerRef: text(),
  interfaceRef: text(),
  ipv4Enabled: optional(boolean()),
  ipv4Address: optional(text()),
  ipv4SubnetMask: optional(text()),
  ipv4AddressConfigMethod: optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  ipv4GatewayAddress: optional(text()),
  ipv6Enabled: optional(boolean()),
  ipv6AddressConfigMethod: optional(oneOf('configStatic', 'configStateless', '__UNDEFINED')),
  ipv6LocalAddress: optional(text()),
  ipv6GatewayAddress: optional(text()),
  ipv6StaticRoutableAddress: optional(text()),
  speedSetting: optional(SupportedSpeedSettingsName),
  dnsAcquisitionDescriptor: optional(DnsAcquisitionDescriptorInput),
  ntpAcquisitionDescriptor: optional(NtpAcquisitionDescriptorInput),
  enableRemoteAccess: optional(boolean()),
});
