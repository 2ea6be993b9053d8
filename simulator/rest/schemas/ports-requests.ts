import { IpVxAddressInput } from './drives-requests.js';
import { list, object, oneOf, optional, text } from './types.js';

/** What clients send about ports: the vendor's definitions, property by property. */

export const DnsAcquisitionDescriptorInput = object({
  dnsAcquisitionType: optional(oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED')),
  dnsServers: optional(list(IpVxAddressInput)),
});

export const NetworkAddressInput = object({
  addrType: optional(oneOf('none', 'domainName', 'ipvx', '__UNDEFINED')),
  domainName: optional(text()),
  ipvxAddress: optional(IpVxAddressInput),
});

export const NtpAcquisitionDescriptorInput = object({
  ntpAcquisitionType: optional(oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED')),
  ntpServers: optional(list(NetworkAddressInput)),
});
