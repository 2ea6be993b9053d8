import { cacheFlushModifiers } from '../../array/records.js';
import { oneOf } from './types.js';

/** The enumerations that several objects share (or that are long), as the vendor's documents list them. */

export const RaidLevelName = oneOf(
  'raidUnsupported', 'raidAll', 'raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool', 'raid1p', '__UNDEFINED',
);

export const ObjectTypeName = oneOf(
  'unknown', 'volume', 'pool', 'host', 'lunMapping', 'hostGroup', 'thinVolume', 'drive', 'volumeCopy', 'pit',
  'pitView', 'snapshotGroup', 'snapshot', 'accessVolume', 'legacySnapshot', 'hostType', 'metadataTag',
  'managementUrl', 'folder', 'asyncMirrorGroup', 'asyncMirrorGroupMember', 'asyncMirrorGroupIncompleteMember',
  'consistencyGroup', 'consistencyGroupView', 'fan', 'battery', 'storageSystem', 'controller', 'powerSupply',
  'minihub', 'esm', 'drawer', 'hostBoard', 'interconnectCRU', 'cacheBackupDevice', 'tray', 'supportCRU', 'hostPort',
  'initiator', 'snapshotSchedule', 'thermalSensor', 'sfp', 'flashCache', 'featureAttribute', 'featureState',
  'lockKeyId', 'remoteVolume', 'mirrorVolume', 'vaultMirrorVolume', 'vaultMirrorGroup', 'metadataVolume', 'sasPort',
  'sasExpander', 'channelPort', 'speedNegError', 'snmpAgentBundle', 'stagedFirmware', 'workload',
  'ekmsCertRevocatSettings', 'databaseMetadata', 'directoryServicesDomain', 'kmsCertificateExpirationDetails',
  'externalKMSEndpoint', 'notOnPreferredPath', 'remoteStorageVolume', 'remoteStorage', 'alarm',
);

export const ComponentTypeName = oneOf(
  'unknown', 'drive', 'powerSply', 'fan', 'minihub', 'tempSensor', 'channel', 'esm', 'controller', 'battery',
  'enclosure', 'ups', 'chip', 'volume', 'volumeGrp', 'portCru', 'interconnectCru', 'supportCru', 'alarm',
  'channelPort', 'sfpPort', 'hostBoard', 'newFormat', 'ctlrSfp', 'ctlrSoc', 'initiator', 'target', 'isnsServer',
  'hostIoCard', 'cacheBackupDevice', 'cacheMemDimm', 'host', 'hostPort', 'drawer', 'relative', 'schedule',
  'asyncMirrorGroup', 'diskPool', 'pit', 'pitConsistencyGroup', 'cgpit', 'cgview', 'flashCache', 'snmpCommunity',
  'snmpTrapDestination', 'fcTarget', 'blankOne', 'blankTwo', 'fanOnlyCru', 'psuCru', 'nvmeInitiator',
  'remoteTargetGrp', 'snmpUsmUser', '__UNDEFINED',
);

export const PriorityName = oneOf(
  'priorityDefault', 'priorityCritical', 'priorityInfo', 'priorityEmergency', 'priorityAlert', 'priorityError',
  'priorityWarning', 'priorityNotice', 'priorityDebug', '__UNDEFINED',
);

export const IoInterfaceTypeName = oneOf(
  'notImplemented', 'scsi', 'fc', 'sata', 'sas', 'iscsi', 'ib', 'fcoe', 'nvmeof', 'ethernet', 'nvmeCouplingDriver',
  'pcie', '__UNDEFINED',
);

export const TypeName = oneOf(
  'none', 'hostport', 'host', 'cluster', 'saport', 'saportgroup', 'hostsaconnection', 'all', '__UNDEFINED',
);

export const StatusName = oneOf(
  'unknown', 'optimal', 'failed', 'removed', 'rpaParErr', 'serviceMode', 'suspended', 'degraded', '__UNDEFINED',
);

export const StatusName2 = oneOf(
  'optimal', 'failed', 'replaced', 'bypassed', 'unresponsive', 'removed', 'incompatible', 'dataRelocation',
  'preFailCopy', 'preFailCopyPending', 'sanitizing', 'notOptimal', '__UNDEFINED',
);

export const CauseName = oneOf(
  'none', 'userOp', 'writeOp', 'uncertified', 'speedMismatch', 'bypassUnknown', 'wrongDriveType',
  'incompatibleUprevDacstore', 'incompatibleDownrevDacstore', 'incompatibleInternalError',
  'incompatibleSectorSizeMismatch', 'incompatibleNativeVgRefersToForeignDrive',
  'incompatibleForeignVgRefersToNativeDrive', 'incompatibleNativeVgForeignDriveMutualRef', 'incompatibleVgCloned',
  'incompatibleForeignDriveInconsistent', 'incompatibleVgHasDrivePartOfMultipleVgs',
  'incompatibleForeignDriveHasInconsistentRole', 'incompatibleVgDrivePartOfMultipleVgs',
  'incompatibleFailedLegacyDrive', 'incompatibleDdfOtherVendor', 'incompatibleDbAdoptionFailure', 'locked',
  'insufficientDriveCapacity', 'supercapacitorFailure', 'unsupportedProtocolConnection', 'unsupportedCapacity',
  'invalidLockKeyPresented', 'incompatiblePiType', 'incompatibleDatabaseValidationFailure',
  'incompatibleUnsupportedInterposerFwVersion', 'incompatibleSataDriveSctUnsupported',
  'incompatibleModelNumberUnsupported', 'incompatibleAlignmentForEmulationDrive', 'srcRelocation', 'dstRelocation',
  'incompatibleDriveMetadataUnusable', 'pfa', 'spfa', 'incompatibleFastFormatNeeded', 'incompatibleFastFormatFailed',
  'incompatibleUserAssignmentFailed', 'sanitizeFailed', 'incompatibleSanitized', 'incompatibleSanitizing',
  'pendingFwVerification', 'flashTechUnsupported', 'degradedBandwidth', '__UNDEFINED',
);

export const CurrentSpeedName = oneOf(
  'speedUnknown', 'speed1gig', 'speed2gig', 'speed4gig', 'speed10gig', 'speed15gig', 'speed3gig', 'speed10meg',
  'speed100meg', 'speed2pt5Gig', 'speed5gig', 'speed20gig', 'speed30gig', 'speed60gig', 'speed8gig', 'speed6gig',
  'speed40gig', 'speed16gig', 'speed56gig', 'speed12gig', 'speed25gig', 'speed32gig', 'speed100gig', 'speed50gig',
  'speedAuto', 'speed200gig', 'speed64gig', 'speed22pt5Gig', 'speed24gig', 'speed128gig', '__UNDEFINED',
);

export const PhyDriveTypeName = oneOf(
  'all', 'scsi', 'fibre', 'sata', 'pata', 'fibre520b', 'sas', 'unknown', 'sas4k', 'nvme4k', '__UNDEFINED',
);

export const PcieDriveGenName = oneOf(
  'unknown', 'none', 'gen1', 'gen2', 'gen3', 'gen4', 'gen5', 'gen6', 'gen7', '__UNDEFINED',
);

export const ActionName = oneOf(
  'none', 'copyback', 'initializing', 'reconstructing', 'remappingDce', 'remappingDrm', 'remappingDcedrm',
  'remappingDseg', 'remappingDve', 'remappingDcedve', 'remappingInternal', 'remappingDefrag', 'formatting',
  'synchronizing', 'parityScan', 'volumeCopy', 'snapshotRollback', 'pitRollback', 'asyncMirrorGroupInitialSync',
  'reconstructingCritical', 'rebalancing', 'copyThenFail', 'copyThenFailPending', 'copyThenReplace',
  'copyThenReplaceAndFail', 'thinDefrag', 'creating', 'deleting', 'offlineFormatting', 'driveSpecific',
  '__UNDEFINED',
);

export const CapabilitiesName = oneOf(
  'none', 'sharedVolume', 'storagePoolsTo4', 'mixedRaidlevel', 'autoCodeSync', 'autoLunTransfer', 'subLunsAllowed',
  'storagePoolsTo8', 'storagePoolsTo2', 'storagePoolsToMax', 'storagePoolsTo64', 'storagePoolsTo16', 'snapshots',
  'remoteMirroring', 'volumeCopy', 'stagedDownload', 'mixedDriveTypes', 'goldKey', 'driveTrayExpansion',
  'bundleMigration', 'storagePoolsTo128', 'storagePoolsTo256', 'raid6', 'performanceTier', 'storagePoolsTo32',
  'storagePoolsTo96', 'storagePoolsTo192', 'storagePoolsTo512', 'remoteMirrorsTo16', 'remoteMirrorsTo32',
  'remoteMirrorsTo64', 'remoteMirrorsTo128', 'snapshotsPerVolTo4', 'snapshotsPerVolTo8', 'snapshotsPerVolTo16',
  'snapshotsPerVolTo2', 'secureVolume', 'protectionInformation', 'ssdSupport', 'driveSlotLimitTo112',
  'driveSlotLimitTo120', 'driveSlotLimitTo256', 'driveSlotLimitTo448', 'driveSlotLimitTo480', 'driveSlotLimitToMax',
  'driveSlotLimit', 'driveSlotLimitTo12', 'driveSlotLimitTo16', 'driveSlotLimitTo24', 'driveSlotLimitTo32',
  'driveSlotLimitTo48', 'driveSlotLimitTo60', 'driveSlotLimitTo64', 'driveSlotLimitTo72', 'driveSlotLimitTo96',
  'driveSlotLimitTo128', 'driveSlotLimitTo136', 'driveSlotLimitTo144', 'driveSlotLimitTo180', 'driveSlotLimitTo192',
  'driveSlotLimitTo272', 'fdeProxyKeyManagement', 'remoteMirrorsTo8', 'driveSlotLimitTo384', 'driveSlotLimitTo300',
  'driveSlotLimitTo360', 'flashReadCache', 'storagePoolsType2', 'remoteMirroringType2',
  'totalNumberOfArvmMirrorsPerArray', 'totalNumberOfPitsPerArray', 'totalNumberOfThinVolumesPerArray',
  'driveSlotLimitTo240', 'snapshotsType2', 'targetPortLunMapping', 'containerBasedApplication', '__UNDEFINED',
);

export const ProductCapabilitiesName = oneOf(
  'capabilityNone', 'capabilityCacheBackup', 'capabilityCoreIscsi', 'capabilityDap520b', 'capabilityDualPortedSata',
  'capabilityFdeDriveSupport', 'capabilityFieldRepCacheMem', 'capabilityGbEthMgmtPort',
  'capabilityInfinibandSupport', 'capabilityIpv6MgmtPortIpv6', 'capabilityIscsiIpv6', 'capabilitySasSupport',
  'capabilitySimplex', 'capabilitySmartBatteryMgmt', 'capabilityCal6141', 'capabilityCal6334',
  'capabilityCfgDbAdoption', 'capabilityCtrlLockdown', 'capabilityCtrlStateCapture', 'capabilityDiagDataCapture',
  'capabilityDriveDataRelocation', 'capabilityDriveEnclosureMiswires', 'capabilityDriveMgmt',
  'capabilityDriveMixWithinTray', 'capabilityDrvChannelDiags', 'capabilityFeatureBundles',
  'capabilityHostContextAgent', 'capabilityImmediateHostTopology', 'capabilityOnlineDrvFwDwnld',
  'capabilityParentRelativeLocation', 'capabilityParentRelativeStatus', 'capabilityPompanoSupport',
  'capabilityRaid6', 'capabilitySocStatistics', 'capabilitySupportsVirtualization', 'capabilityT10',
  'capabilityInfusion', 'capabilityDriveLimitManagement', 'capabilitySfpPlus', 'capabilityIscsi10gbHostCard',
  'capabilityEnhancedLun0Support', 'capabilityEnhancedFormatUnitSupport', 'capabilityDriveSideTrunkSupport',
  'capabilitySsdSupport', 'capabilityBaseControllerDiags', 'capabilityCacheMemoryDiags', 'capabilityDriveSlotLimit',
  'capabilityFdeProxyKeyMgmt', 'capabilityIosSupport', 'capabilityLockout2tbDrives', 'capabilityParentRelativeMel',
  'capabilityRaid6PrereadRedCheck', 'capabilitySataDriveLockout', 'capabilitySyslogMsgs',
  'capabilityWembleyEnclosure', 'capabilityCacheBackupDeviceDiags', 'capabilityHicDiags',
  'capabilitySetTrayAttributes', 'capabilityIscsiTarget', 'capabilityIscsiInitiator', 'capabilityPsuFirmwareUpdate',
  'capabilityDplCoreDump', 'capabilityDiskPools', 'capabilityAsupSupport', 'capabilityEmbeddedSnmpAgent',
  'capabilityFtdcTraceHistory', 'capabilityAdvancedFormatSupport', 'capability4knativeAdvancedFormatSupport',
  'capabilityAsupOnDemandSupport', 'capabilityIocDump', 'capabilityDrivePowerCycle', 'capabilityLowAndHighSampling',
  'capabilityAutoLoadBalancing', 'capabilityWlcLogging', 'capabilityFipsDriveSupport',
  'capabilityApplicationAwareness', 'capabilityEmbeddedEkms', 'capabilityCacheMirroringProtectionInformation',
  'capabilityIntegratedHealthCheck', 'capabilitySignedFirmware', 'capabilityContainerBasedApplication',
  'capabilityFastInitialization', 'capabilityEmbeddedSnmpv3Agent', 'capabilityQlcArray',
  'capabilityNvsramHicProtocolSupport', '__UNDEFINED',
);

export const SupportedSpeedSettingsName = oneOf(
  'speedNone', 'speedAutoNegotiated', 'speed10MbitHalfDuplex', 'speed10MbitFullDuplex', 'speed100MbitHalfDuplex',
  'speed100MbitFullDuplex', 'speed1000MbitHalfDuplex', 'speed1000MbitFullDuplex', '__UNDEFINED',
);

export const CacheFlushModifierName = oneOf(...cacheFlushModifiers);

export const ComponentTypeName2 = oneOf(
  'unknown', 'fan', 'battery', 'powerSupply', 'thermalSensor', 'esm', 'ups', 'minihub', 'gbic', 'sfp',
  'interconnectCru', 'supportCru', 'alarm', 'hostboard', 'icSasExpander', 'hostIoCard', 'cacheBackupDevice',
  'cacheMemDimm', 'procMemDimm', 'channelPort', 'drive', 'controller', 'ethernetInterface', 'fibreInterface',
  'ibInterface', 'iscsiInterface', 'sasInterface', 'tray', 'storageArray', 'drawer', '__UNDEFINED',
);

export const FeatureIdName = oneOf(
  'volumesPerPartition', 'totalNumberOfVolumes', 'storagePartitions', 'snapshot', 'volumeCopy', 'remoteMirroring',
  'driveTrayExpansion', 'mixedDriveTypes', 'mgmtApplication', 'supportedDrives', 'supportedDriveTrays',
  'performanceTier', 'totalNumberOfSnapshots', 'totalNumberOfVolCopies', 'goldKey', 'snapshotsPerVolume',
  'totalNumberOfMirrors', 'raid6', 'stateCapture', 'sataStrLen', 'secureVolume', 'protectionInformation',
  'solidStateDisk', 'driveSlotLimit', 'fdeProxyKeyManagement', 'supportedInterposer', 'vendorSupportedDrives',
  'flashReadCache', 'totalNumberOfAsyncMirrorGroups', 'totalNumberOfAsyncMirrorsPerGroup',
  'totalNumberOfArvmMirrorsPerArray', 'totalNumberOfPitsPerArray', 'pitGroupsPerVolume', 'totalNumberOfPitGroups',
  'pitsPerPitGroup', 'memberVolsPerPitConsistencyGroup', 'totalNumberOfPitConsistencyGroups',
  'totalNumberOfPitViews', 'totalNumberOfThinVolumesPerArray', 'nativeSataDriveSupport', 'solidStateDiskLimit',
  'totalNumberOfRemoteMirrorsPerArray', 'asup', 'ectSelector', 'embeddedSnmpOid', 'asupOnDemand', 'dacstoreCompatId',
  'samoaHicProtocol', 'targetPortLunMapping', 'hildaBaseboardProtocol', 'denali2Protocol',
  'containerBasedApplication', 'fibreChannelHicProtocol', 'trayVpdSettable', 'ephemeralIscsiLoginSupport',
  'foreignVolumeCopyIn', 'driveFlashTechnology', 'writeBackCacheWithoutMirrorWhenAltFailed', '__UNDEFINED',
);

export const CodeModuleName = oneOf(
  'unspecified', 'raid', 'hypervisor', 'management', 'iom', 'nvsram', 'bundle', 'bundleDisplay', 'backupNvsram',
  '__UNDEFINED',
);

export const DaysOfWeekName = oneOf(
  'notSpecified', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', '__UNDEFINED',
);

export const PhysPortStateName = oneOf(
  'unknown', 'sleep', 'polling', 'disabled', 'cfgTrain', 'linkUp', 'linkErrRec', 'phyTest', '__UNDEFINED',
);

export const DaysOfMonthName = oneOf(
  'dayOfMonthLast', 'dayOfMonthNotSpecified', 'dayOfMonth01', 'dayOfMonth02', 'dayOfMonth03', 'dayOfMonth04',
  'dayOfMonth05', 'dayOfMonth06', 'dayOfMonth07', 'dayOfMonth08', 'dayOfMonth09', 'dayOfMonth10', 'dayOfMonth11',
  'dayOfMonth12', 'dayOfMonth13', 'dayOfMonth14', 'dayOfMonth15', 'dayOfMonth16', 'dayOfMonth17', 'dayOfMonth18',
  'dayOfMonth19', 'dayOfMonth20', 'dayOfMonth21', 'dayOfMonth22', 'dayOfMonth23', 'dayOfMonth24', 'dayOfMonth25',
  'dayOfMonth26', 'dayOfMonth27', 'dayOfMonth28', 'dayOfMonth29', '__UNDEFINED', 'dayOfMonth30', 'dayOfMonth31',
);

export const MonthsOfYearName = oneOf(
  'notSpecified', 'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
  'november', 'december', '__UNDEFINED',
);

export const ExtLocTypeName = oneOf(
  'unknown', 'tray', 'trayslot', 'minihub', 'channel', 'volume', 'pit', 'controller', 'ref', 'label', 'volumeGrp',
  'diskPool', '__UNDEFINED',
);

export const ProviderName = oneOf(
  'providerUnknown', 'providerUnspecified', 'providerInfiniband', 'providerRoce', 'providerRocev2', 'providerIwarp',
  'noneFc', 'providerCouplingDriver', '__UNDEFINED',
);

export const TypeName2 = oneOf(
  'sym1000', 'sym2000', 'sym2772', 'pciraid', 'generic', 'sym2200', 'sym1200', 'sym2882', 'sym1500', 'fc4600',
  'ss3600', 'md1000', 'md3000', 'xbb2', 'fc6900', 'md1200', 'md1220', 'de1600', 'de5600', 'de6600', 'de7600',
  'de6650', 'sc12', 'sc24', 'de212c', 'de224c', 'de460c', 'fiji', '__UNDEFINED',
);

export const StatusName4 = oneOf(
  'optimal', 'fullCharging', 'nearExpiration', 'failed', 'removed', 'unknown', 'notInConfig', 'configMismatch',
  'learning', 'overtemp', 'expired', 'maintenanceCharging', 'replacementRequired', '__UNDEFINED',
);

export const TypeName3 = oneOf(
  'typeUnknown', 'type4portFc', 'type20portSwitchedFc', 'type1portSas', 'type2portFc', 'type2portIscsi',
  'type2portSas', 'type2portIb', 'type8portFc', 'type4portIscsi', 'type4portSas', 'type4portSasGlacier',
  'type2portFcIscsiSamoa', 'type4portFcIscsiSamoa', 'type2portIscsiZion', 'type2portSasAcadia', 'type4portSasAcadia',
  'type2portIbDenali', 'type2portFcSamoa', 'type4portFcSamoa', 'type2portIscsiSamoa', 'type4portIscsiSamoa',
  'type4portSas3', 'type2portIb100gb', 'type4portEthernet25gb', 'type4portFc32gb', 'type2portEth100gb',
  'type2portIb200gb', 'type2portEth200gb', 'typeIbAux', 'typeEthAux', 'type4portFc64gb', '__UNDEFINED',
);

export const EsmTypeName = oneOf(
  'unidentified', 'badger', 'devil', 'cyclone', 'polecat', 'otter', 'ermine', 'localDagger2', 'mink', '__UNDEFINED',
);

export const SfpConnectTypeName = oneOf(
  'unknown', 'sc', 'fcs1cc', 'fcs2cc', 'bncortnc', 'fcCoax', 'fJack', 'lc', 'mtRj', 'mu', 'sg', 'optPigtail',
  'hssdcii', 'copPigtail', 'rj45', 'noSeparableConnector', '__UNDEFINED',
);

export const SfpTransmitterTypeName = oneOf(
  'unknown', 'lwlLc', 'eiee', 'eiae', 'swlwoofc', 'swlwofc', 'lwlLl', 'na', '__UNDEFINED',
);

export const SfpSpeedName = oneOf(
  'typeUnknown', 'type1gig', 'type2gig', 'type4gig', 'type8gig', 'type16gig', 'type10gig', 'type40gig', 'type56gig',
  'type20gig', 'type25gig', 'type32gig', 'type100gig', 'type50gig', 'type200gig', 'type64gig', '__UNDEFINED',
);

export const SfpTransmissionMediaName = oneOf(
  'unknown', 'twinAxialPair', 'tmShieldedTwistedPair', 'tmMiniatureCoax', 'tmVideoCoax', 'tmMultiModeM6',
  'tmMultiModeM5', 'tmSingleMode', 'na', '__UNDEFINED',
);

export const LocalMirrorStatusName = oneOf(
  'optimal', 'unsynchronized', 'synchronizing', 'notready', 'suspended', 'failed', 'failedsuspended',
  'degradedSynchronizing', 'degradedUnsynchronized', '__UNDEFINED',
);

export const GbicTypeName = oneOf(
  'notPresent', 'cs12Active', 'cs12Passive', 'opticalLw', 'serialModule', 'opticalSw', 'opticalLwLxSingleMode',
  'opticalSwSx', '__UNDEFINED',
);

export const PortTypeName = oneOf(
  'portUnknown', 'port1', 'port2', 'port3', 'port4', 'port12', 'port34', 'port7', 'minihubInout', 'expansionOnly',
  'expansionAndInternal', '__UNDEFINED',
);

export const SizeUnitName = oneOf(
  'bytes', 'b', 'kb', 'mb', 'gb', 'tb', 'pb', 'eb', 'zb', 'yb',
);

export const TypeName4 = oneOf(
  'fc', 'ib', 'nvmeof', 'ethernet', 'scsiFc', 'fcp', 'nvmeRoce', 'nvmeIb', 'nvmeFc', 'sas', 'ibSrp', 'ibIser',
  'iscsi',
);

export const ProtectionTypeName = oneOf(
  'type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED',
);
