import Type from 'typebox';
import { IpVxAddressInput } from './drives-requests.js';
import { oneOf } from './types.js';

/** What clients send about ports: the vendor's definitions, property by property. */

export const DnsAcquisitionDescriptorInput = Type.Object({
  dnsAcquisitionType: Type.Optional(oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED')),
  dnsServers: Type.Optional(Type.Array(IpVxAddressInput)),
});

export const NetworkAddressInput = Type.Object({
  addrType: Type.Optional(oneOf('none', 'domainName', 'ipvx', '__UNDEFINED')),
  domainName: Type.Optional(Type.String()),
  ipvxAddress: Type.Optional(IpVxAddressInput),
});

export const NtpAcquisitionDescriptorInput = Type.Object({
  ntpAcquisitionType: Type.Optional(oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED')),
  ntpServers: Type.Optional(Type.Array(NetworkAddressInput)),
});
