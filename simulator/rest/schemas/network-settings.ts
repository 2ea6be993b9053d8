import { IpVxAddress } from './drives.js';
import { IpV6AddressData } from './hosts.js';
import { boolean, list, nullable, object, oneOf, text } from './types.js';

// Name and time servers, and addresses of controllers.

const DnsAcquisitionDescriptor = object({
  dnsAcquisitionType: oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED'),
  /** Null unless they are static. */
  dnsServers: nullable(list(IpVxAddress)),
});

export const ControllerDNSProperties = object({
  acquisitionProperties: nullable(DnsAcquisitionDescriptor),
  dhcpAcquiredDnsServers: list(IpVxAddress),
});

export const NetworkAddress = object({
  addrType: oneOf('none', 'domainName', 'ipvx', '__UNDEFINED'),
  domainName: nullable(text()),
  ipvxAddress: nullable(IpVxAddress),
});

const NtpAcquisitionDescriptor = object({
  ntpAcquisitionType: oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED'),
  /** Null unless they are static. */
  ntpServers: nullable(list(NetworkAddress)),
});

export const ControllerNTPProperties = object({
  acquisitionProperties: nullable(NtpAcquisitionDescriptor),
  dhcpAcquiredNtpServers: list(IpVxAddress),
});

export const ControllerNetworkSettings = object({
  ipv4DefaultRouterAddress: text(),
  ipv6DefaultRouterAddress: nullable(IpV6AddressData),
  ipv6CandidateDefaultRouterAddresses: list(IpV6AddressData),
  remoteAccessEnabled: boolean(),
  dnsProperties: nullable(ControllerDNSProperties),
  ntpProperties: nullable(ControllerNTPProperties),
  sshKeyAndPasswordRequired: boolean(),
});
