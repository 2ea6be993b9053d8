import {
  ComponentTypeName,
  ComponentTypeName2,
  ExtLocTypeName,
  IoInterfaceTypeName,
  PhyDriveTypeName,
  PortTypeName,
  ProtectionTypeName,
} from './enums.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

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

const ParentCru = object({
  type: oneOf('controller', 'esm', 'fan', 'iccCru', 'supportCru', 'drawer', '__UNDEFINED'),
  parentController: text(),
  parentEsm: text(),
  parentFan: text(),
  parentInterconnectCru: text(),
  parentSupportCru: text(),
  parentDrawer: text(),
});

const RTRAttributeData = object({
  hasReadyToRemoveIndicator: boolean(),
  readyToRemove: boolean(),
});

export const RTRAttributes = object({
  cruType: oneOf('unknown', 'dedicated', 'shared', 'aggregate', '__UNDEFINED'),
  parentCru: nullable(ParentCru),
  rtrAttributeData: nullable(RTRAttributeData),
});

const ComponentRemovalData = object({
  removalMethod: oneOf('parent', 'self', '__UNDEFINED'),
  rtrAttributes: nullable(RTRAttributeData),
});

export const RepairPolicy = object({
  removalData: nullable(ComponentRemovalData),
  replacementMethod: oneOf('parent', 'self', '__UNDEFINED'),
});

export const KeyValueTagObjectReference = object({
  objectType: oneOf('unknown', 'volume', 'workload', '__UNDEFINED'),
  volume: text(),
  workload: text(),
});

export const IpVxAddress = object({
  addressType: oneOf('ipv4', 'ipv6', '__UNDEFINED'),
  ipv4Address: nullable(text()),
  ipv6Address: nullable(text()),
});

export const ProtectionInformationCapabilities = object({
  protectionInformationCapable: boolean(),
  protectionType: ProtectionTypeName,
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

const FibreDriveAddress = object({
  channel: integer(),
  loopID: integer(),
});

const SasDrivePortAddress = object({
  channel: integer(),
  portIdentifier: text(),
});

const SasDriveAddress = object({
  deviceName: text(),
  drivePortAddresses: list(SasDrivePortAddress),
});

const SCSIDriveAddress = object({
  channel: integer(),
  id: integer(),
});

const NVMeDrivePortAddress = object({
  channel: integer(),
  nvmeControllerIdentifier: integer(),
});

const NVMeDriveAddress = object({
  deviceName: text(),
  drivePortAddresses: list(NVMeDrivePortAddress),
});

export const DriveTypeData = object({
  driveType: oneOf('scsi', 'fibre', 'unknown', 'sas', 'sata', 'nvmeDirectPcie', '__UNDEFINED'),
  fibre: nullable(list(FibreDriveAddress)),
  sas: nullable(SasDriveAddress),
  scsi: nullable(SCSIDriveAddress),
  nvme: nullable(NVMeDriveAddress),
});

const ScsiToAtaTranslatorData = object({
  vendorId: text(),
  productId: text(),
  productRevLevel: text(),
  satType: oneOf('unknown', 'driveCruResident', 'controllerResident', 'enclosureSlotResident', '__UNDEFINED'),
});

const SataDriveAttributes = object({
  translatorData: nullable(ScsiToAtaTranslatorData),
  ataDiskModelNumber: text(),
  ataDiskFwRevision: text(),
});

export const PhysicalDriveTypeData = object({
  phyDriveType: PhyDriveTypeName,
  sataDriveAttributes: nullable(SataDriveAttributes),
});

export const SSDWearLife = object({
  averageEraseCountPercent: integer(),
  spareBlocksRemainingPercent: integer(),
  isWearLifeMonitoringSupported: boolean(),
  percentEnduranceUsed: integer(),
});

export const DriveTemperature = object({
  currentTemp: integer(),
  refTemp: integer(),
});

const DriveChannelErrorCounts = object({
  nonChannelErrors: integer(),
  timeoutErrors: integer(),
  controllerDetectedErrors: integer(),
  driveDetectedErrors: integer(),
  linkDownErrors: integer(),
});

const DriveChannelStatistics = object({
  startTimeStamp: Int64,
  endTimeStamp: Int64,
  totalIoCount: integer(),
  totalIoErrorCount: integer(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  errorCounts: nullable(DriveChannelErrorCounts),
});

export const DriveChannel = object({
  channel: integer(),
  state: oneOf('optimal', 'degraded', 'hwFailed', '__UNDEFINED'),
  reason: oneOf(
    'none',
    'thresholdExceeded',
    'adminRequest',
    'socNotOperational',
    'socEepromFailure',
    'clearHwFailure',
    'controllerAction',
    '__UNDEFINED',
  ),
  degradingController: text(),
  statsControllerA: nullable(DriveChannelStatistics),
  statsControllerB: nullable(DriveChannelStatistics),
});

const DriveChannelParent = object({
  driveChannelParent: oneOf('parentUnknown', 'minihub', 'controller', '__UNDEFINED'),
  controllerRef: text(),
  minihubRef: text(),
});

export const DriveChannelPort = object({
  portRef: text(),
  channel: integer(),
  portType: PortTypeName,
  parentType: nullable(DriveChannelParent),
});

export const DriveLayout = object({
  driveOrientation: oneOf('none', 'horizontal', 'vertical', '__UNDEFINED'),
  numRows: integer(),
  numColumns: integer(),
  primaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
  secondaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
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
