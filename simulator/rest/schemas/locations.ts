import { IpVxAddress } from './drives.js';
import { ComponentTypeName, ComponentTypeName2, ExtLocTypeName, IoInterfaceTypeName } from './enums.js';
import { Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** Where a part of the array is. */

/** What the array answers about drives: the vendor's definitions, property by property. */

const TypedSYMbolReference = object({
  componentType: ComponentTypeName2,
  symbolRef: text(),
});

export const ObjectReference = object({
  refType: oneOf('generic', 'controller', 'genericTyped', '__UNDEFINED'),
  controllerRef: nullable(text()),
  symbolRef: nullable(text()),
  typedReference: nullable(TypedSYMbolReference),
});

export const Location = object({
  trayRef: text(),
  slot: integer(),
  locationParent: nullable(ObjectReference),
  locationPosition: integer(),
  label: text(),
});

const CacheBackupDeviceLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  cacheBackupDeviceSlot: integer(),
});

const CacheMemoryDimmLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  cacheMemoryDimmControllerSlot: integer(),
});

const ChannelLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  index: integer(),
  controllerSlot: integer(),
});

const TraySlot = object({
  tray: integer(),
  slot: integer(),
});

const ControllerSfpLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: integer(),
  sfpPort: integer(),
  controllerSlot: integer(),
});

const SocLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: integer(),
  soc: integer(),
  port: integer(),
  controllerSlot: integer(),
});

const HostIoCardLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  hostIoCardControllerSlot: integer(),
});

const InitiatorLocation = object({
  initiatorName: text(),
});

const IsnsServerLocation = object({
  ipAddress: nullable(IpVxAddress),
  tcpListenPort: integer(),
});

const MinihubLocation = object({
  minihubType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  channel: integer(),
  controllerSlot: integer(),
  tray: integer(),
});

const TargetLocation = object({
  targetName: text(),
});

export const HostPortLocation = object({
  ioInterfaceType: IoInterfaceTypeName,
  fcPortName: text(),
  ibPortName: text(),
  sasPortName: text(),
});

const ParentRelativeLocation = object({
  componentType: ComponentTypeName,
  relativePosition: integer(),
});

const ComponentRelativeLocation = object({
  componentType: ComponentTypeName,
  trayId: integer(),
  relativePosition: integer(),
  parentSize: integer(),
  parent: list(ParentRelativeLocation),
  componentLabel: text(),
});

const FibreChannelTargetLocation = object({
  targetName: text(),
});

export const ComponentLocation = object({
  eventComponentType: ComponentTypeName,
  alarmLocation: nullable(TraySlot),
  batteryTray: integer(),
  cacheBackupDeviceLocation: nullable(CacheBackupDeviceLocation),
  cacheMemoryDimmLocation: nullable(CacheMemoryDimmLocation),
  channelLoc: nullable(ChannelLocation),
  channelPort: integer(),
  chipLoc: nullable(TraySlot),
  controllerLoc: nullable(TraySlot),
  ctlrSfpLocation: nullable(ControllerSfpLocation),
  socLocation: nullable(SocLocation),
  driveLoc: nullable(TraySlot),
  enclosureTray: integer(),
  esmTray: integer(),
  fanTray: integer(),
  hostIoCardLocation: nullable(HostIoCardLocation),
  initiatorLocation: nullable(InitiatorLocation),
  interconnectCruLocation: nullable(TraySlot),
  isnsServerLocation: nullable(IsnsServerLocation),
  minihubLoc: nullable(MinihubLocation),
  portCruTray: integer(),
  powerSupplyTray: integer(),
  sfpLocation: nullable(TraySlot),
  supportCruLocation: nullable(TraySlot),
  targetLocation: nullable(TargetLocation),
  tempSensorTray: integer(),
  label: text(),
  groupNumber: integer(),
  hostLocation: text(),
  hostPortLocation: nullable(HostPortLocation),
  drawerLocation: nullable(TraySlot),
  componentRelativeLocation: nullable(ComponentRelativeLocation),
  schedule: text(),
  diskPool: integer(),
  asyncMirrorGroup: text(),
  pitLabel: text(),
  cgLabel: text(),
  cgPitLabel: text(),
  cgViewLabel: text(),
  flashCacheLabel: text(),
  communityNameString: text(),
  destinationIpAddress: text(),
  fcTargetLocation: nullable(FibreChannelTargetLocation),
  fanCruLocation: nullable(TraySlot),
  powerSupplyCruLocation: nullable(TraySlot),
  nvmeInitiatorLocation: nullable(InitiatorLocation),
  rtgLabel: text(),
  usmUserNameString: text(),
});

export const ExtendedComponentLocation = object({
  extLocType: ExtLocTypeName,
  compChannelLoc: nullable(ChannelLocation),
  compMinihubLoc: nullable(MinihubLocation),
  compTray: integer(),
  compTraySlot: nullable(TraySlot),
  compLabel: text(),
  pitSequence: Int64,
  compReference: text(),
  controllerReference: text(),
  locationLabel: text(),
  volumeGroupLabel: text(),
  diskPoolLabel: text(),
});
