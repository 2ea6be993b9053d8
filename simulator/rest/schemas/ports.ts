import { InternetProtocolV4Data } from './hosts.js';
import { NVMeCommandProtocolProperties } from './iscsi.js';
import { Location } from './locations.js';
import { boolean, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about ports: the vendor's definitions, property by property. */

const ChannelPortParent = object({
  type: oneOf('unknown', 'esm', 'minihub', 'controller', 'hic', '__UNDEFINED'),
  controllerRef: text(),
  esmRef: text(),
  minihubRef: text(),
  hicRef: text(),
});

export const ChannelPort = object({
  portRef: text(),
  portParent: nullable(ChannelPortParent),
  portNumber: integer(),
  channel: integer(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  isTrunkActive: boolean(),
  channelList: list(integer()),
  id: text(),
});

export const ChannelPorts = object({
  speedDetError: boolean(),
  manuallyBypassed: boolean(),
  portNumber: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
});

const SCSIIserProperties = object({
  ipv4Data: nullable(InternetProtocolV4Data),
});

const SCSICommandProtocolProperties = object({
  scsiProtocolType: oneOf('unknown', 'sas', 'fcp', 'iscsi', 'srp', 'iser', '__UNDEFINED'),
  iserProperties: nullable(SCSIIserProperties),
});

export const CommandProtocolProperties = object({
  commandProtocol: oneOf('unknown', 'scsi', 'nvme', '__UNDEFINED'),
  nvmeProperties: nullable(NVMeCommandProtocolProperties),
  scsiProperties: nullable(SCSICommandProtocolProperties),
});

export const CommandProtocolPropertiesList = object({
  commandProtocolProperties: list(CommandProtocolProperties),
});
