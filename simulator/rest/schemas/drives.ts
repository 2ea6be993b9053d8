import {
  CauseName,
  ComponentTypeName,
  ComponentTypeName2,
  CurrentSpeedName,
  ExtLocTypeName,
  IoInterfaceTypeName,
  PcieDriveGenName,
  PhyDriveTypeName,
  PortTypeName,
  ReturnStatusName,
  StatusName,
  StatusName2,
  StatusName3,
} from './enums.js';
import { boolean, DateTime, Int64, integer, list, nullable, number, object, oneOf, text } from './types.js';

/** What the array answers about drives: the vendor's definitions, property by property. */

export const TypedSYMbolReference = object({
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

export const ParentCru = object({
  type: oneOf('controller', 'esm', 'fan', 'iccCru', 'supportCru', 'drawer', '__UNDEFINED'),
  parentController: text(),
  parentEsm: text(),
  parentFan: text(),
  parentInterconnectCru: text(),
  parentSupportCru: text(),
  parentDrawer: text(),
});

export const RTRAttributeData = object({
  hasReadyToRemoveIndicator: boolean(),
  readyToRemove: boolean(),
});

export const RTRAttributes = object({
  cruType: oneOf('unknown', 'dedicated', 'shared', 'aggregate', '__UNDEFINED'),
  parentCru: nullable(ParentCru),
  rtrAttributeData: nullable(RTRAttributeData),
});

export const ComponentRemovalData = object({
  removalMethod: oneOf('parent', 'self', '__UNDEFINED'),
  rtrAttributes: nullable(RTRAttributeData),
});

export const RepairPolicy = object({
  removalData: nullable(ComponentRemovalData),
  replacementMethod: oneOf('parent', 'self', '__UNDEFINED'),
});

export const AnalysedDiskStatistics = object({
  observedTime: DateTime,
  observedTimeInMS: Int64,
  readIOps: number(),
  writeIOps: number(),
  otherIOps: number(),
  combinedIOps: number(),
  readThroughput: number(),
  writeThroughput: number(),
  combinedThroughput: number(),
  readResponseTime: number(),
  readResponseTimeStdDev: number(),
  writeResponseTime: number(),
  writeResponseTimeStdDev: number(),
  combinedResponseTime: number(),
  combinedResponseTimeStdDev: number(),
  averageReadOpSize: number(),
  averageWriteOpSize: number(),
  readOps: number(),
  writeOps: number(),
  diskId: text(),
  driveSlot: integer(),
  trayRef: text(),
  trayId: integer(),
  volGroupId: text(),
  volGroupName: text(),
  readPhysicalIOps: number(),
  writePhysicalIOps: number(),
  readTimeMax: number(),
  writeTimeMax: number(),
  queueDepthMax: number(),
  averageQueueDepth: number(),
  randomIosPercent: number(),
  randomBytesPercent: number(),
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
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
});

export const CacheBackupDeviceLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  cacheBackupDeviceSlot: integer(),
});

export const CacheMemoryDimmLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  cacheMemoryDimmControllerSlot: integer(),
});

export const ChannelLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  index: integer(),
  controllerSlot: integer(),
});

export const TraySlot = object({
  tray: integer(),
  slot: integer(),
});

export const ControllerSfpLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: integer(),
  sfpPort: integer(),
  controllerSlot: integer(),
});

export const SocLocation = object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: integer(),
  soc: integer(),
  port: integer(),
  controllerSlot: integer(),
});

export const HostIoCardLocation = object({
  controllerTray: integer(),
  controllerSlot: integer(),
  hostIoCardControllerSlot: integer(),
});

export const InitiatorLocation = object({
  initiatorName: text(),
});

export const IsnsServerLocation = object({
  ipAddress: nullable(IpVxAddress),
  tcpListenPort: integer(),
});

export const MinihubLocation = object({
  minihubType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  channel: integer(),
  controllerSlot: integer(),
  tray: integer(),
});

export const TargetLocation = object({
  targetName: text(),
});

export const HostPortLocation = object({
  ioInterfaceType: IoInterfaceTypeName,
  fcPortName: text(),
  ibPortName: text(),
  sasPortName: text(),
});

export const ParentRelativeLocation = object({
  componentType: ComponentTypeName,
  relativePosition: integer(),
});

export const ComponentRelativeLocation = object({
  componentType: ComponentTypeName,
  trayId: integer(),
  relativePosition: integer(),
  parentSize: integer(),
  parent: list(ParentRelativeLocation),
  componentLabel: text(),
});

export const FibreChannelTargetLocation = object({
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

export const FibreDriveAddress = object({
  channel: integer(),
  loopID: integer(),
});

export const SasDrivePortAddress = object({
  channel: integer(),
  portIdentifier: text(),
});

export const SasDriveAddress = object({
  deviceName: text(),
  drivePortAddresses: list(SasDrivePortAddress),
});

export const SCSIDriveAddress = object({
  channel: integer(),
  id: integer(),
});

export const NVMeDrivePortAddress = object({
  channel: integer(),
  nvmeControllerIdentifier: integer(),
});

export const NVMeDriveAddress = object({
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

export const ScsiToAtaTranslatorData = object({
  vendorId: text(),
  productId: text(),
  productRevLevel: text(),
  satType: oneOf('unknown', 'driveCruResident', 'controllerResident', 'enclosureSlotResident', '__UNDEFINED'),
});

export const SataDriveAttributes = object({
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

export const Drive = object({
  offline: boolean(),
  hotSpare: boolean(),
  invalidDriveData: boolean(),
  available: boolean(),
  pfa: boolean(),
  driveRef: text(),
  status: StatusName2,
  cause: CauseName,
  interfaceType: nullable(DriveTypeData),
  physicalLocation: nullable(Location),
  manufacturer: text(),
  manufacturerDate: Int64,
  productID: text(),
  serialNumber: text(),
  softwareVersion: text(),
  blkSize: integer(),
  usableCapacity: Int64,
  rawCapacity: Int64,
  worldWideName: text(),
  currentVolumeGroupRef: text(),
  sparedForDriveRef: text(),
  mirrorDrive: text(),
  nonRedundantAccess: boolean(),
  workingChannel: integer(),
  volumeGroupIndex: integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  uncertified: boolean(),
  hasDegradedChannel: boolean(),
  degradedChannels: list(integer()),
  phyDriveType: PhyDriveTypeName,
  spindleSpeed: integer(),
  rtrAttributes: nullable(RTRAttributes),
  reserved: text(),
  phyDriveTypeData: nullable(PhysicalDriveTypeData),
  pfaReason: oneOf('unknown', 'none', 'driveReported', 'synthesized', 'ssdEndOfLife', 'dataLoss', '__UNDEFINED'),
  bypassSource: list(ObjectReference),
  repairPolicy: nullable(RepairPolicy),
  fdeCapable: boolean(),
  fdeEnabled: boolean(),
  fdeLocked: boolean(),
  lockKeyID: text(),
  ssdWearLife: nullable(SSDWearLife),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  fpgaVersion: text(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  protectionInformationCapable: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  interposerPresent: boolean(),
  interposerRef: text(),
  currentCommandAgingTimeout: integer(),
  defaultCommandAgingTimeout: integer(),
  driveTemperature: nullable(DriveTemperature),
  blkSizePhysical: integer(),
  lowestAlignedLBA: Int64,
  removed: boolean(),
  locateInProgress: boolean(),
  fipsCapable: boolean(),
  dulbeCapable: boolean(),
  sanitizeCapable: boolean(),
  driveSecurityType: oneOf(
    'notCapable',
    'capableNonFips',
    'capableFips1402',
    'capableFips1403',
    'capableFipsUnknown',
    '__UNDEFINED',
  ),
  expectedPCIeSpeed: CurrentSpeedName,
  pcieDriveGen: PcieDriveGenName,
  id: text(),
});

export const DriveChannelErrorCounts = object({
  nonChannelErrors: integer(),
  timeoutErrors: integer(),
  controllerDetectedErrors: integer(),
  driveDetectedErrors: integer(),
  linkDownErrors: integer(),
});

export const DriveChannelStatistics = object({
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

export const DriveChannelParent = object({
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

export const DriveDownloadDriveStatus = object({
  driveRef: text(),
  status: StatusName3,
  percentComplete: integer(),
});

export const DriveEraseEstimateResponse = object({
  timeToCompletion: integer(),
});

export const DriveEraseProgress = object({
  driveRef: text(),
  percentComplete: integer(),
  timeToCompletion: integer(),
});

export const DriveEraseProgressResponse = object({
  driveOperations: list(DriveEraseProgress),
});

export const DriveEx = object({
  offline: boolean(),
  hotSpare: boolean(),
  invalidDriveData: boolean(),
  available: boolean(),
  pfa: boolean(),
  driveRef: text(),
  status: StatusName2,
  cause: CauseName,
  interfaceType: nullable(DriveTypeData),
  physicalLocation: nullable(Location),
  manufacturer: text(),
  manufacturerDate: Int64,
  productID: text(),
  serialNumber: text(),
  softwareVersion: text(),
  blkSize: integer(),
  usableCapacity: Int64,
  rawCapacity: Int64,
  worldWideName: text(),
  currentVolumeGroupRef: text(),
  sparedForDriveRef: text(),
  mirrorDrive: text(),
  nonRedundantAccess: boolean(),
  workingChannel: integer(),
  volumeGroupIndex: integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  uncertified: boolean(),
  hasDegradedChannel: boolean(),
  degradedChannels: list(integer()),
  phyDriveType: PhyDriveTypeName,
  spindleSpeed: integer(),
  rtrAttributes: nullable(RTRAttributes),
  reserved: text(),
  phyDriveTypeData: nullable(PhysicalDriveTypeData),
  pfaReason: oneOf('unknown', 'none', 'driveReported', 'synthesized', 'ssdEndOfLife', 'dataLoss', '__UNDEFINED'),
  bypassSource: list(ObjectReference),
  repairPolicy: nullable(RepairPolicy),
  fdeCapable: boolean(),
  fdeEnabled: boolean(),
  fdeLocked: boolean(),
  lockKeyID: text(),
  ssdWearLife: nullable(SSDWearLife),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  fpgaVersion: text(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  protectionInformationCapable: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  interposerPresent: boolean(),
  interposerRef: text(),
  currentCommandAgingTimeout: integer(),
  defaultCommandAgingTimeout: integer(),
  driveTemperature: nullable(DriveTemperature),
  blkSizePhysical: integer(),
  lowestAlignedLBA: Int64,
  removed: boolean(),
  locateInProgress: boolean(),
  fipsCapable: boolean(),
  dulbeCapable: boolean(),
  sanitizeCapable: boolean(),
  driveSecurityType: oneOf(
    'notCapable',
    'capableNonFips',
    'capableFips1402',
    'capableFips1403',
    'capableFipsUnknown',
    '__UNDEFINED',
  ),
  expectedPCIeSpeed: CurrentSpeedName,
  pcieDriveGen: PcieDriveGenName,
  firmwareVersion: text(),
  lockKeyIDValue: text(),
  id: text(),
});

export const DriveFirmwareCompatabilityEntry = object({
  driveRef: text(),
  onlineUpgradeCapable: boolean(),
});

export const DriveFirmwareCompatibilityControllerInfo = object({
  controllerId: text(),
  controllerStatus: StatusName,
});

export const DriveFirmwareCompatiblitySet = object({
  filename: text(),
  firmwareVersion: text(),
  supportedFirmwareVersions: list(text()),
  compatibleDrives: list(DriveFirmwareCompatabilityEntry),
});

export const DriveFirmwareCompatibilityResponse = object({
  controllerInfo: list(DriveFirmwareCompatibilityControllerInfo),
  controllerOffline: boolean(),
  controllerMissing: boolean(),
  controllerServiceMode: boolean(),
  simplexMode: boolean(),
  compatibilities: list(DriveFirmwareCompatiblitySet),
});

export const DriveFirmwareStatus = object({
  overallStatus: ReturnStatusName,
  driveStatus: list(DriveDownloadDriveStatus),
});

export const DriveLayout = object({
  driveOrientation: oneOf('none', 'horizontal', 'vertical', '__UNDEFINED'),
  numRows: integer(),
  numColumns: integer(),
  primaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
  secondaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
});

export const SmartDataPortDataResponse = object({
  bytesRead: Int64,
  bytesWritten: Int64,
  controllerBusyTimeInMinutes: integer(),
  hostReadCommands: Int64,
  hostWriteCommands: Int64,
  mediaAndDataIntegrityErrors: Int64,
  numErrorInfoLogEntries: Int64,
  portId: text(),
});

export const SmartDataResponse = object({
  availableSparePercent: integer(),
  availableSpareThresholdPercent: integer(),
  criticalTemperatureTimeInMinutes: integer(),
  criticalWarning: integer(),
  percentageUsed: integer(),
  portData: list(SmartDataPortDataResponse),
  powerCycles: integer(),
  powerOnHours: integer(),
  temperatureInCelsius: integer(),
  unsafeShutdowns: Int64,
  warningTemperatureTimeInMinutes: integer(),
});

export const DriveLogDataResponse = object({
  averageErasedBlockCount: Int64,
  averageErasedBlockReadErrorRate: integer(),
  blockSize: integer(),
  driveId: text(),
  driveMediaType: oneOf('hdd', 'ssd', 'unknown'),
  manufacturer: text(),
  maxEraseBlockCount: integer(),
  maxEraseFailCount: integer(),
  maxErasedBlockReadErrorRate: integer(),
  maxGListCount: integer(),
  maxProgramFailCount: integer(),
  pageBlockReassigns: integer(),
  pcieCrcErrorCount: Int64,
  physicalDriveType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  productId: text(),
  serialNumber: text(),
  singleBitDramErrors: Int64,
  slot: integer(),
  smartData: nullable(SmartDataResponse),
  softwareVersion: text(),
  thermalStateTransitionCount: Int64,
  thermalThrottleState: integer(),
  timestamp: text(),
  totalEraseFailures: integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  totalProgramFailures: integer(),
  totalReadFailures: integer(),
  tray: integer(),
  wwn: text(),
});

export const DriveSecuritySettingsResponse = object({
  driveId: text(),
  physicalSecurityId: text(),
});

export const SsdDriveWearStatistics = object({
  driveWwn: text(),
  timestamp: text(),
  totalBytesRead: Int64,
  totalBytesWritten: Int64,
  temperatureInCelsius: integer(),
  wearlifePercentageUsed: integer(),
  powerOnHours: integer(),
  averageErasedBlockCount: Int64,
  spareBlockRemainingPercentage: integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  unmapBlockEstimate: Int64,
  totalHostReads: Int64,
  totalHostWrites: Int64,
  softwareVersion: text(),
  driveCapacityInBytes: Int64,
  driveVendor: text(),
  driveProductId: text(),
  blockSize: integer(),
  volumeGroupName: text(),
  driveUsageType: oneOf('absent', 'flashCache', 'hotSpare', 'volumeGroup', 'unassigned'),
  physicalDriveType: PhyDriveTypeName,
  serialNumber: text(),
});

export const MSataDeviceWearStatistics = object({
  deviceType: oneOf('unknown', 'usbFlash', 'sdFlash', 'sataFlash', '__UNDEFINED'),
  blockSize: integer(),
  averagePECycleCount: Int64,
  maxPECycleCount: Int64,
  softwareVersion: text(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  modelNumber: text(),
  wearLifePercentageUsed: integer(),
  powerOnHours: Int64,
  reallocatedBlockCount: Int64,
  reportedErrorCount: Int64,
  serialNumber: text(),
  driveCapacityInBytes: Int64,
  vendor: text(),
});

export const MSataWearStatistics = object({
  timeStamp: text(),
  owningControllerLabel: oneOf('a', 'b'),
  device: list(MSataDeviceWearStatistics),
});

export const DriveWearStatisticsCollection = object({
  collectionTimestamp: text(),
  collectionTypes: list(oneOf('daily', 'weekly', 'monthly', 'quarterly')),
  ssdDriveWearStatistics: list(SsdDriveWearStatistics),
  mSataWearStatistics: list(MSataWearStatistics),
});

export const DriveWearStatisticsResponse = object({
  collections: list(DriveWearStatisticsCollection),
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

export const PagedAnalyzedDriveStats = object({
  tokenId: text(),
  statistics: list(AnalysedDiskStatistics),
});

export const RemovableDriveResponse = object({
  poolId: text(),
  removableDriveCount: integer(),
});

export const ReplacementDrivesResponse = object({
  drives: list(text()),
});

export const SsdCacheCompatibleDrivesResponse = object({
  driveIds: list(text()),
});
