import Type from 'typebox';
import { CauseName, ComponentTypeName, ComponentTypeName2, CurrentSpeedName, ExtLocTypeName, IoInterfaceTypeName, PcieDriveGenName, PhyDriveTypeName, PortTypeName, ReturnStatusName, StatusName, StatusName2, StatusName3 } from './enums.js';
import { DateTime, Int64, nullable, oneOf } from './types.js';

/** What the array answers about drives: the vendor's definitions, property by property. */

export const TypedSYMbolReference = Type.Object({
  componentType: ComponentTypeName2,
  symbolRef: Type.String(),
});

export const ObjectReference = Type.Object({
  refType: oneOf('generic', 'controller', 'genericTyped', '__UNDEFINED'),
  controllerRef: Type.String(),
  symbolRef: Type.String(),
  typedReference: nullable(TypedSYMbolReference),
});

export const Location = Type.Object({
  trayRef: Type.String(),
  slot: Type.Integer(),
  locationParent: nullable(ObjectReference),
  locationPosition: Type.Integer(),
  label: Type.String(),
});

export const ParentCru = Type.Object({
  type: oneOf('controller', 'esm', 'fan', 'iccCru', 'supportCru', 'drawer', '__UNDEFINED'),
  parentController: Type.String(),
  parentEsm: Type.String(),
  parentFan: Type.String(),
  parentInterconnectCru: Type.String(),
  parentSupportCru: Type.String(),
  parentDrawer: Type.String(),
});

export const RTRAttributeData = Type.Object({
  hasReadyToRemoveIndicator: Type.Boolean(),
  readyToRemove: Type.Boolean(),
});

export const RTRAttributes = Type.Object({
  cruType: oneOf('unknown', 'dedicated', 'shared', 'aggregate', '__UNDEFINED'),
  parentCru: nullable(ParentCru),
  rtrAttributeData: nullable(RTRAttributeData),
});

export const ComponentRemovalData = Type.Object({
  removalMethod: oneOf('parent', 'self', '__UNDEFINED'),
  rtrAttributes: nullable(RTRAttributeData),
});

export const RepairPolicy = Type.Object({
  removalData: nullable(ComponentRemovalData),
  replacementMethod: oneOf('parent', 'self', '__UNDEFINED'),
});

export const AnalysedDiskStatistics = Type.Object({
  observedTime: DateTime,
  observedTimeInMS: Int64,
  readIOps: Type.Number(),
  writeIOps: Type.Number(),
  otherIOps: Type.Number(),
  combinedIOps: Type.Number(),
  readThroughput: Type.Number(),
  writeThroughput: Type.Number(),
  combinedThroughput: Type.Number(),
  readResponseTime: Type.Number(),
  readResponseTimeStdDev: Type.Number(),
  writeResponseTime: Type.Number(),
  writeResponseTimeStdDev: Type.Number(),
  combinedResponseTime: Type.Number(),
  combinedResponseTimeStdDev: Type.Number(),
  averageReadOpSize: Type.Number(),
  averageWriteOpSize: Type.Number(),
  readOps: Type.Number(),
  writeOps: Type.Number(),
  diskId: Type.String(),
  driveSlot: Type.Integer(),
  trayRef: Type.String(),
  trayId: Type.Integer(),
  volGroupId: Type.String(),
  volGroupName: Type.String(),
  readPhysicalIOps: Type.Number(),
  writePhysicalIOps: Type.Number(),
  readTimeMax: Type.Number(),
  writeTimeMax: Type.Number(),
  queueDepthMax: Type.Number(),
  averageQueueDepth: Type.Number(),
  randomIosPercent: Type.Number(),
  randomBytesPercent: Type.Number(),
});

export const KeyValueTagObjectReference = Type.Object({
  objectType: oneOf('unknown', 'volume', 'workload', '__UNDEFINED'),
  volume: Type.String(),
  workload: Type.String(),
});

export const IpVxAddress = Type.Object({
  addressType: oneOf('ipv4', 'ipv6', '__UNDEFINED'),
  ipv4Address: Type.String(),
  ipv6Address: Type.String(),
});

export const ProtectionInformationCapabilities = Type.Object({
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
});

export const CacheBackupDeviceLocation = Type.Object({
  controllerTray: Type.Integer(),
  controllerSlot: Type.Integer(),
  cacheBackupDeviceSlot: Type.Integer(),
});

export const CacheMemoryDimmLocation = Type.Object({
  controllerTray: Type.Integer(),
  controllerSlot: Type.Integer(),
  cacheMemoryDimmControllerSlot: Type.Integer(),
});

export const ChannelLocation = Type.Object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  index: Type.Integer(),
  controllerSlot: Type.Integer(),
});

export const TraySlot = Type.Object({
  tray: Type.Integer(),
  slot: Type.Integer(),
});

export const ControllerSfpLocation = Type.Object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: Type.Integer(),
  sfpPort: Type.Integer(),
  controllerSlot: Type.Integer(),
});

export const SocLocation = Type.Object({
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  channel: Type.Integer(),
  soc: Type.Integer(),
  port: Type.Integer(),
  controllerSlot: Type.Integer(),
});

export const HostIoCardLocation = Type.Object({
  controllerTray: Type.Integer(),
  controllerSlot: Type.Integer(),
  hostIoCardControllerSlot: Type.Integer(),
});

export const InitiatorLocation = Type.Object({
  initiatorName: Type.String(),
});

export const IsnsServerLocation = Type.Object({
  ipAddress: nullable(IpVxAddress),
  tcpListenPort: Type.Integer(),
});

export const MinihubLocation = Type.Object({
  minihubType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  channel: Type.Integer(),
  controllerSlot: Type.Integer(),
  tray: Type.Integer(),
});

export const TargetLocation = Type.Object({
  targetName: Type.String(),
});

export const HostPortLocation = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  fcPortName: Type.String(),
  ibPortName: Type.String(),
  sasPortName: Type.String(),
});

export const ParentRelativeLocation = Type.Object({
  componentType: ComponentTypeName,
  relativePosition: Type.Integer(),
});

export const ComponentRelativeLocation = Type.Object({
  componentType: ComponentTypeName,
  trayId: Type.Integer(),
  relativePosition: Type.Integer(),
  parentSize: Type.Integer(),
  parent: Type.Array(ParentRelativeLocation),
  componentLabel: Type.String(),
});

export const FibreChannelTargetLocation = Type.Object({
  targetName: Type.String(),
});

export const ComponentLocation = Type.Object({
  eventComponentType: ComponentTypeName,
  alarmLocation: nullable(TraySlot),
  batteryTray: Type.Integer(),
  cacheBackupDeviceLocation: nullable(CacheBackupDeviceLocation),
  cacheMemoryDimmLocation: nullable(CacheMemoryDimmLocation),
  channelLoc: nullable(ChannelLocation),
  channelPort: Type.Integer(),
  chipLoc: nullable(TraySlot),
  controllerLoc: nullable(TraySlot),
  ctlrSfpLocation: nullable(ControllerSfpLocation),
  socLocation: nullable(SocLocation),
  driveLoc: nullable(TraySlot),
  enclosureTray: Type.Integer(),
  esmTray: Type.Integer(),
  fanTray: Type.Integer(),
  hostIoCardLocation: nullable(HostIoCardLocation),
  initiatorLocation: nullable(InitiatorLocation),
  interconnectCruLocation: nullable(TraySlot),
  isnsServerLocation: nullable(IsnsServerLocation),
  minihubLoc: nullable(MinihubLocation),
  portCruTray: Type.Integer(),
  powerSupplyTray: Type.Integer(),
  sfpLocation: nullable(TraySlot),
  supportCruLocation: nullable(TraySlot),
  targetLocation: nullable(TargetLocation),
  tempSensorTray: Type.Integer(),
  label: Type.String(),
  groupNumber: Type.Integer(),
  hostLocation: Type.String(),
  hostPortLocation: nullable(HostPortLocation),
  drawerLocation: nullable(TraySlot),
  componentRelativeLocation: nullable(ComponentRelativeLocation),
  schedule: Type.String(),
  diskPool: Type.Integer(),
  asyncMirrorGroup: Type.String(),
  pitLabel: Type.String(),
  cgLabel: Type.String(),
  cgPitLabel: Type.String(),
  cgViewLabel: Type.String(),
  flashCacheLabel: Type.String(),
  communityNameString: Type.String(),
  destinationIpAddress: Type.String(),
  fcTargetLocation: nullable(FibreChannelTargetLocation),
  fanCruLocation: nullable(TraySlot),
  powerSupplyCruLocation: nullable(TraySlot),
  nvmeInitiatorLocation: nullable(InitiatorLocation),
  rtgLabel: Type.String(),
  usmUserNameString: Type.String(),
});

export const FibreDriveAddress = Type.Object({
  channel: Type.Integer(),
  loopID: Type.Integer(),
});

export const SasDrivePortAddress = Type.Object({
  channel: Type.Integer(),
  portIdentifier: Type.String(),
});

export const SasDriveAddress = Type.Object({
  deviceName: Type.String(),
  drivePortAddresses: Type.Array(SasDrivePortAddress),
});

export const SCSIDriveAddress = Type.Object({
  channel: Type.Integer(),
  id: Type.Integer(),
});

export const NVMeDrivePortAddress = Type.Object({
  channel: Type.Integer(),
  nvmeControllerIdentifier: Type.Integer(),
});

export const NVMeDriveAddress = Type.Object({
  deviceName: Type.String(),
  drivePortAddresses: Type.Array(NVMeDrivePortAddress),
});

export const DriveTypeData = Type.Object({
  driveType: oneOf('scsi', 'fibre', 'unknown', 'sas', 'sata', 'nvmeDirectPcie', '__UNDEFINED'),
  fibre: Type.Array(FibreDriveAddress),
  sas: nullable(SasDriveAddress),
  scsi: nullable(SCSIDriveAddress),
  nvme: nullable(NVMeDriveAddress),
});

export const ScsiToAtaTranslatorData = Type.Object({
  vendorId: Type.String(),
  productId: Type.String(),
  productRevLevel: Type.String(),
  satType: oneOf('unknown', 'driveCruResident', 'controllerResident', 'enclosureSlotResident', '__UNDEFINED'),
});

export const SataDriveAttributes = Type.Object({
  translatorData: nullable(ScsiToAtaTranslatorData),
  ataDiskModelNumber: Type.String(),
  ataDiskFwRevision: Type.String(),
});

export const PhysicalDriveTypeData = Type.Object({
  phyDriveType: PhyDriveTypeName,
  sataDriveAttributes: nullable(SataDriveAttributes),
});

export const SSDWearLife = Type.Object({
  averageEraseCountPercent: Type.Integer(),
  spareBlocksRemainingPercent: Type.Integer(),
  isWearLifeMonitoringSupported: Type.Boolean(),
  percentEnduranceUsed: Type.Integer(),
});

export const DriveTemperature = Type.Object({
  currentTemp: Type.Integer(),
  refTemp: Type.Integer(),
});

export const Drive = Type.Object({
  offline: Type.Boolean(),
  hotSpare: Type.Boolean(),
  invalidDriveData: Type.Boolean(),
  available: Type.Boolean(),
  pfa: Type.Boolean(),
  driveRef: Type.String(),
  status: StatusName2,
  cause: CauseName,
  interfaceType: nullable(DriveTypeData),
  physicalLocation: nullable(Location),
  manufacturer: Type.String(),
  manufacturerDate: Int64,
  productID: Type.String(),
  serialNumber: Type.String(),
  softwareVersion: Type.String(),
  blkSize: Type.Integer(),
  usableCapacity: Int64,
  rawCapacity: Int64,
  worldWideName: Type.String(),
  currentVolumeGroupRef: Type.String(),
  sparedForDriveRef: Type.String(),
  mirrorDrive: Type.String(),
  nonRedundantAccess: Type.Boolean(),
  workingChannel: Type.Integer(),
  volumeGroupIndex: Type.Integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  uncertified: Type.Boolean(),
  hasDegradedChannel: Type.Boolean(),
  degradedChannels: Type.Array(Type.Integer()),
  phyDriveType: PhyDriveTypeName,
  spindleSpeed: Type.Integer(),
  rtrAttributes: nullable(RTRAttributes),
  reserved: Type.String(),
  phyDriveTypeData: nullable(PhysicalDriveTypeData),
  pfaReason: oneOf('unknown', 'none', 'driveReported', 'synthesized', 'ssdEndOfLife', 'dataLoss', '__UNDEFINED'),
  bypassSource: Type.Array(ObjectReference),
  repairPolicy: nullable(RepairPolicy),
  fdeCapable: Type.Boolean(),
  fdeEnabled: Type.Boolean(),
  fdeLocked: Type.Boolean(),
  lockKeyID: Type.String(),
  ssdWearLife: nullable(SSDWearLife),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  fpgaVersion: Type.String(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  interposerPresent: Type.Boolean(),
  interposerRef: Type.String(),
  currentCommandAgingTimeout: Type.Integer(),
  defaultCommandAgingTimeout: Type.Integer(),
  driveTemperature: nullable(DriveTemperature),
  blkSizePhysical: Type.Integer(),
  lowestAlignedLBA: Int64,
  removed: Type.Boolean(),
  locateInProgress: Type.Boolean(),
  fipsCapable: Type.Boolean(),
  dulbeCapable: Type.Boolean(),
  sanitizeCapable: Type.Boolean(),
  driveSecurityType: oneOf('notCapable', 'capableNonFips', 'capableFips1402', 'capableFips1403', 'capableFipsUnknown', '__UNDEFINED'),
  expectedPCIeSpeed: CurrentSpeedName,
  pcieDriveGen: PcieDriveGenName,
  id: Type.String(),
});

export const DriveChannelErrorCounts = Type.Object({
  nonChannelErrors: Type.Integer(),
  timeoutErrors: Type.Integer(),
  controllerDetectedErrors: Type.Integer(),
  driveDetectedErrors: Type.Integer(),
  linkDownErrors: Type.Integer(),
});

export const DriveChannelStatistics = Type.Object({
  startTimeStamp: Int64,
  endTimeStamp: Int64,
  totalIoCount: Type.Integer(),
  totalIoErrorCount: Type.Integer(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  errorCounts: nullable(DriveChannelErrorCounts),
});

export const DriveChannel = Type.Object({
  channel: Type.Integer(),
  state: oneOf('optimal', 'degraded', 'hwFailed', '__UNDEFINED'),
  reason: oneOf('none', 'thresholdExceeded', 'adminRequest', 'socNotOperational', 'socEepromFailure', 'clearHwFailure', 'controllerAction', '__UNDEFINED'),
  degradingController: Type.String(),
  statsControllerA: nullable(DriveChannelStatistics),
  statsControllerB: nullable(DriveChannelStatistics),
});

export const DriveChannelParent = Type.Object({
  driveChannelParent: oneOf('parentUnknown', 'minihub', 'controller', '__UNDEFINED'),
  controllerRef: Type.String(),
  minihubRef: Type.String(),
});

export const DriveChannelPort = Type.Object({
  portRef: Type.String(),
  channel: Type.Integer(),
  portType: PortTypeName,
  parentType: nullable(DriveChannelParent),
});

export const DriveDownloadDriveStatus = Type.Object({
  driveRef: Type.String(),
  status: StatusName3,
  percentComplete: Type.Integer(),
});

export const DriveEraseEstimateResponse = Type.Object({
  timeToCompletion: Type.Integer(),
});

export const DriveEraseProgress = Type.Object({
  driveRef: Type.String(),
  percentComplete: Type.Integer(),
  timeToCompletion: Type.Integer(),
});

export const DriveEraseProgressResponse = Type.Object({
  driveOperations: Type.Array(DriveEraseProgress),
});

export const DriveEx = Type.Object({
  offline: Type.Boolean(),
  hotSpare: Type.Boolean(),
  invalidDriveData: Type.Boolean(),
  available: Type.Boolean(),
  pfa: Type.Boolean(),
  driveRef: Type.String(),
  status: StatusName2,
  cause: CauseName,
  interfaceType: nullable(DriveTypeData),
  physicalLocation: nullable(Location),
  manufacturer: Type.String(),
  manufacturerDate: Int64,
  productID: Type.String(),
  serialNumber: Type.String(),
  softwareVersion: Type.String(),
  blkSize: Type.Integer(),
  usableCapacity: Int64,
  rawCapacity: Int64,
  worldWideName: Type.String(),
  currentVolumeGroupRef: Type.String(),
  sparedForDriveRef: Type.String(),
  mirrorDrive: Type.String(),
  nonRedundantAccess: Type.Boolean(),
  workingChannel: Type.Integer(),
  volumeGroupIndex: Type.Integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  uncertified: Type.Boolean(),
  hasDegradedChannel: Type.Boolean(),
  degradedChannels: Type.Array(Type.Integer()),
  phyDriveType: PhyDriveTypeName,
  spindleSpeed: Type.Integer(),
  rtrAttributes: nullable(RTRAttributes),
  reserved: Type.String(),
  phyDriveTypeData: nullable(PhysicalDriveTypeData),
  pfaReason: oneOf('unknown', 'none', 'driveReported', 'synthesized', 'ssdEndOfLife', 'dataLoss', '__UNDEFINED'),
  bypassSource: Type.Array(ObjectReference),
  repairPolicy: nullable(RepairPolicy),
  fdeCapable: Type.Boolean(),
  fdeEnabled: Type.Boolean(),
  fdeLocked: Type.Boolean(),
  lockKeyID: Type.String(),
  ssdWearLife: nullable(SSDWearLife),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  fpgaVersion: Type.String(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  interposerPresent: Type.Boolean(),
  interposerRef: Type.String(),
  currentCommandAgingTimeout: Type.Integer(),
  defaultCommandAgingTimeout: Type.Integer(),
  driveTemperature: nullable(DriveTemperature),
  blkSizePhysical: Type.Integer(),
  lowestAlignedLBA: Int64,
  removed: Type.Boolean(),
  locateInProgress: Type.Boolean(),
  fipsCapable: Type.Boolean(),
  dulbeCapable: Type.Boolean(),
  sanitizeCapable: Type.Boolean(),
  driveSecurityType: oneOf('notCapable', 'capableNonFips', 'capableFips1402', 'capableFips1403', 'capableFipsUnknown', '__UNDEFINED'),
  expectedPCIeSpeed: CurrentSpeedName,
  pcieDriveGen: PcieDriveGenName,
  firmwareVersion: Type.String(),
  lockKeyIDValue: Type.String(),
  id: Type.String(),
});

export const DriveFirmwareCompatabilityEntry = Type.Object({
  driveRef: Type.String(),
  onlineUpgradeCapable: Type.Boolean(),
});

export const DriveFirmwareCompatibilityControllerInfo = Type.Object({
  controllerId: Type.String(),
  controllerStatus: StatusName,
});

export const DriveFirmwareCompatiblitySet = Type.Object({
  filename: Type.String(),
  firmwareVersion: Type.String(),
  supportedFirmwareVersions: Type.Array(Type.String()),
  compatibleDrives: Type.Array(DriveFirmwareCompatabilityEntry),
});

export const DriveFirmwareCompatibilityResponse = Type.Object({
  controllerInfo: Type.Array(DriveFirmwareCompatibilityControllerInfo),
  controllerOffline: Type.Boolean(),
  controllerMissing: Type.Boolean(),
  controllerServiceMode: Type.Boolean(),
  simplexMode: Type.Boolean(),
  compatibilities: Type.Array(DriveFirmwareCompatiblitySet),
});

export const DriveFirmwareStatus = Type.Object({
  overallStatus: ReturnStatusName,
  driveStatus: Type.Array(DriveDownloadDriveStatus),
});

export const DriveLayout = Type.Object({
  driveOrientation: oneOf('none', 'horizontal', 'vertical', '__UNDEFINED'),
  numRows: Type.Integer(),
  numColumns: Type.Integer(),
  primaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
  secondaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
});

export const SmartDataPortDataResponse = Type.Object({
  bytesRead: Int64,
  bytesWritten: Int64,
  controllerBusyTimeInMinutes: Type.Integer(),
  hostReadCommands: Int64,
  hostWriteCommands: Int64,
  mediaAndDataIntegrityErrors: Int64,
  numErrorInfoLogEntries: Int64,
  portId: Type.String(),
});

export const SmartDataResponse = Type.Object({
  availableSparePercent: Type.Integer(),
  availableSpareThresholdPercent: Type.Integer(),
  criticalTemperatureTimeInMinutes: Type.Integer(),
  criticalWarning: Type.Integer(),
  percentageUsed: Type.Integer(),
  portData: Type.Array(SmartDataPortDataResponse),
  powerCycles: Type.Integer(),
  powerOnHours: Type.Integer(),
  temperatureInCelsius: Type.Integer(),
  unsafeShutdowns: Int64,
  warningTemperatureTimeInMinutes: Type.Integer(),
});

export const DriveLogDataResponse = Type.Object({
  averageErasedBlockCount: Int64,
  averageErasedBlockReadErrorRate: Type.Integer(),
  blockSize: Type.Integer(),
  driveId: Type.String(),
  driveMediaType: oneOf('hdd', 'ssd', 'unknown'),
  manufacturer: Type.String(),
  maxEraseBlockCount: Type.Integer(),
  maxEraseFailCount: Type.Integer(),
  maxErasedBlockReadErrorRate: Type.Integer(),
  maxGListCount: Type.Integer(),
  maxProgramFailCount: Type.Integer(),
  pageBlockReassigns: Type.Integer(),
  pcieCrcErrorCount: Int64,
  physicalDriveType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  productId: Type.String(),
  serialNumber: Type.String(),
  singleBitDramErrors: Int64,
  slot: Type.Integer(),
  smartData: nullable(SmartDataResponse),
  softwareVersion: Type.String(),
  thermalStateTransitionCount: Int64,
  thermalThrottleState: Type.Integer(),
  timestamp: Type.String(),
  totalEraseFailures: Type.Integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  totalProgramFailures: Type.Integer(),
  totalReadFailures: Type.Integer(),
  tray: Type.Integer(),
  wwn: Type.String(),
});

export const DriveSecuritySettingsResponse = Type.Object({
  driveId: Type.String(),
  physicalSecurityId: Type.String(),
});

export const SsdDriveWearStatistics = Type.Object({
  driveWwn: Type.String(),
  timestamp: Type.String(),
  totalBytesRead: Int64,
  totalBytesWritten: Int64,
  temperatureInCelsius: Type.Integer(),
  wearlifePercentageUsed: Type.Integer(),
  powerOnHours: Type.Integer(),
  averageErasedBlockCount: Int64,
  spareBlockRemainingPercentage: Type.Integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  unmapBlockEstimate: Int64,
  totalHostReads: Int64,
  totalHostWrites: Int64,
  softwareVersion: Type.String(),
  driveCapacityInBytes: Int64,
  driveVendor: Type.String(),
  driveProductId: Type.String(),
  blockSize: Type.Integer(),
  volumeGroupName: Type.String(),
  driveUsageType: oneOf('absent', 'flashCache', 'hotSpare', 'volumeGroup', 'unassigned'),
  physicalDriveType: PhyDriveTypeName,
  serialNumber: Type.String(),
});

export const MSataDeviceWearStatistics = Type.Object({
  deviceType: oneOf('unknown', 'usbFlash', 'sdFlash', 'sataFlash', '__UNDEFINED'),
  blockSize: Type.Integer(),
  averagePECycleCount: Int64,
  maxPECycleCount: Int64,
  softwareVersion: Type.String(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  modelNumber: Type.String(),
  wearLifePercentageUsed: Type.Integer(),
  powerOnHours: Int64,
  reallocatedBlockCount: Int64,
  reportedErrorCount: Int64,
  serialNumber: Type.String(),
  driveCapacityInBytes: Int64,
  vendor: Type.String(),
});

export const MSataWearStatistics = Type.Object({
  timeStamp: Type.String(),
  owningControllerLabel: oneOf('a', 'b'),
  device: Type.Array(MSataDeviceWearStatistics),
});

export const DriveWearStatisticsCollection = Type.Object({
  collectionTimestamp: Type.String(),
  collectionTypes: Type.Array(oneOf('daily', 'weekly', 'monthly', 'quarterly')),
  ssdDriveWearStatistics: Type.Array(SsdDriveWearStatistics),
  mSataWearStatistics: Type.Array(MSataWearStatistics),
});

export const DriveWearStatisticsResponse = Type.Object({
  collections: Type.Array(DriveWearStatisticsCollection),
});

export const ExtendedComponentLocation = Type.Object({
  extLocType: ExtLocTypeName,
  compChannelLoc: nullable(ChannelLocation),
  compMinihubLoc: nullable(MinihubLocation),
  compTray: Type.Integer(),
  compTraySlot: nullable(TraySlot),
  compLabel: Type.String(),
  pitSequence: Int64,
  compReference: Type.String(),
  controllerReference: Type.String(),
  locationLabel: Type.String(),
  volumeGroupLabel: Type.String(),
  diskPoolLabel: Type.String(),
});

export const PagedAnalyzedDriveStats = Type.Object({
  tokenId: Type.String(),
  statistics: Type.Array(AnalysedDiskStatistics),
});

export const RemovableDriveResponse = Type.Object({
  poolId: Type.String(),
  removableDriveCount: Type.Integer(),
});

export const ReplacementDrivesResponse = Type.Object({
  drives: Type.Array(Type.String()),
});

export const SsdCacheCompatibleDrivesResponse = Type.Object({
  driveIds: Type.Array(Type.String()),
});
