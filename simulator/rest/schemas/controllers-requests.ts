import Type from 'typebox';
import { RegionIdName, SupportedSpeedSettingsName } from './enums.js';
import { DnsAcquisitionDescriptorInput, NtpAcquisitionDescriptorInput } from './ports-requests.js';
import { oneOf } from './types.js';

/** What clients send about controllers: the vendor's definitions, property by property. */

export const ControllerNvsramRegionDataRequest = Type.Object({
  nvsramRegionId: Type.Optional(RegionIdName),
});

export const ManagementConfigurationRequest = Type.Object({
  controllerRef: Type.String(),
  interfaceRef: Type.String(),
  ipv4Enabled: Type.Optional(Type.Boolean()),
  ipv4Address: Type.Optional(Type.String()),
  ipv4SubnetMask: Type.Optional(Type.String()),
  ipv4AddressConfigMethod: Type.Optional(oneOf('configDhcp', 'configStatic', '__UNDEFINED')),
  ipv4GatewayAddress: Type.Optional(Type.String()),
  ipv6Enabled: Type.Optional(Type.Boolean()),
  ipv6AddressConfigMethod: Type.Optional(oneOf('configStatic', 'configStateless', '__UNDEFINED')),
  ipv6LocalAddress: Type.Optional(Type.String()),
  ipv6GatewayAddress: Type.Optional(Type.String()),
  ipv6StaticRoutableAddress: Type.Optional(Type.String()),
  speedSetting: Type.Optional(SupportedSpeedSettingsName),
  dnsAcquisitionDescriptor: Type.Optional(DnsAcquisitionDescriptorInput),
  ntpAcquisitionDescriptor: Type.Optional(NtpAcquisitionDescriptorInput),
  enableRemoteAccess: Type.Optional(Type.Boolean()),
});
