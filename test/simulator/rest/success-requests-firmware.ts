import type { Answers, SuccessRequest } from './success-request.js';

const bundle = ['RCB_11.95.1_280x_1a2b3c4d.dlp', 'firmware'] as const;
const nvsram = ['N5700-890834-D03.dlp', 'nvsram'] as const;
const driveFile = ['D_MX_NA99.dlp', 'drive firmware'] as const;

export const firmware: SuccessRequest[] = [
  { operation: 'uploadFirmwareFile', files: { firmwareFile: bundle } },
  { operation: 'getFirmwareFiles' },
  { operation: 'getFirmwareFile', params: () => ({ filename: bundle[0] }) },
  { operation: 'checkBundleFileCompatibility', files: { file: bundle } },
  { operation: 'checkNvsramFileCompatibility', files: { file: nvsram } },
  { operation: 'beginCompatibilityCheck', body: {} },
  {
    operation: 'getCompatibilityCheckResults',
    query: ({ beginCompatibilityCheck: { requestId } }) => ({ requestId }),
  },
  { operation: 'cancelCompatibilityCheck' },
  { operation: 'startFirmwareHealthCheck' },
  { operation: 'start-HealthCheck', body: {} },
  { operation: 'get-HealthCheckStatus' },
  { operation: 'cancel-HealthCheck' },
  {
    operation: 'startControllerFirmwareUpgrade',
    body: { cfwFile: bundle[0], stageFirmware: true, ignoreHealthCheck: true },
  },
  { operation: 'getStagedFirmwareDetails' },
  { operation: 'getStagedControllerFirmwareDetails' },
  { operation: 'getControllerFirmwareUpgradeStatus' },
  { operation: 'clearStagedFirmware' },
  { operation: 'uploadEmbeddedFirmwareFile', query: { staged: 'true' }, files: { dlpfile: bundle } },
  { operation: 'removeStagedFirmware' },
  { operation: 'uploadEmbeddedFirmwareFile', query: { staged: 'true' }, files: { dlpfile: bundle } },
  { operation: 'activateStagedControllerFirmware', body: { ignoreHealthCheck: true } },
  { operation: 'uploadEmbeddedFirmwareFile', query: { staged: 'true' }, files: { dlpfile: bundle } },
  { operation: 'activateStagedFirmware' },
  { operation: 'uploadNvsramFile', files: { nvsramimage: nvsram } },
  { operation: 'getUpgradeLogs', query: { includeLogs: 'true' } },
  { operation: 'get-LogMessages', query: { loggerType: 'cfwUpgradeLogger' } },
  { operation: 'getIOMServiceInformation' },
  { operation: 'updateIOMServiceInformation', body: { enabled: false } },
  {
    operation: 'upgradeBatchControllerFirmware',
    body: {
      systemInfos: [{ systemId: '1', allowNonOptimalActivation: true }],
      firmwareFile: bundle[0],
      activate: true,
    },
  },
  { operation: 'getLastFirmwareUpgradeStatus', query: { includeDetail: 'true' } },
  {
    operation: 'getFirmwareUpgradeStatus',
    params: ({ upgradeBatchControllerFirmware: { requestId } }) => ({ jobId: requestId }),
  },
  {
    operation: 'cancelBatchFirmwareUpgrade',
    params: ({ upgradeBatchControllerFirmware: { requestId } }) => ({ jobId: requestId }),
  },
  { operation: 'getCodeVersions' },
  { operation: 'removeFirmwareFile', params: () => ({ filename: bundle[0] }) },
  { operation: 'uploadDriveFirmwareFile', files: { file: driveFile } },
  { operation: 'getAllDriveFirmwareFiles' },
  { operation: 'getDriveFirmwareFile', params: () => ({ filename: driveFile[0] }) },
  { operation: 'getDriveFirmwareCompatibilityCheck' },
  {
    operation: 'startDriveFirmwareUpdate',
    query: { onlineUpdate: 'true' },
    body: ({ getDriveFirmwareCompatibilityCheck: { compatibilities } }: Answers) => [
      {
        filename: driveFile[0],
        compatibilityCheckEnabled: true,
        driveRefList: [compatibilities[0].compatibleDrives[0].driveRef],
      },
    ],
  },
  { operation: 'getDriveFirmwareUpdateStatus' },
  { operation: 'cancelDriveFirmwareUpdate' },
  { operation: 'deleteDriveFirmwareFile', params: () => ({ filename: driveFile[0] }) },
];

const folder = ({ createFolder: { folderId } }: Answers) => ({ folderId: folderId as string });

export const systems: SuccessRequest[] = [
  { operation: 'createFolder', body: { name: 'racks', storageSystemIds: ['1'] } },
  { operation: 'getFolders' },
  { operation: 'getFolder', params: folder },
  { operation: 'updateFolder', params: folder, body: { name: 'rows' } },
  { operation: 'getStorageDevicesByFolder', params: folder },
  { operation: 'deleteFolder', params: folder },
  { operation: 'setResourceProvisionedVolumes', body: { enableResourceProvisionedVolumes: true } },
  { operation: 'getResourceProvisionedVolumes' },
  { operation: 'updateStorageSystemSettings', body: { name: 'renamed', mediaScanPeriod: 10 } },
  { operation: 'remove-PremiumFeature', query: { capability: 'raid6' } },
  { operation: 'enable-PremiumFeature', files: { keyFile: ['raid6.key', 'feature: raid6\n'] } },
  { operation: 'remove-FeaturePack' },
  { operation: 'enable-FeaturePack', files: { keyFile: ['pack.key', 'feature: raid6\n'] } },
];

export const configuration: SuccessRequest[] = [
  { operation: 'getSystemConfig' },
  { operation: 'getSystemConfigCapabilities' },
  {
    operation: 'startSystemConfig',
    query: { applyElements: 'arraySettings' },
    body: { systemSettings: { mediaScanPeriod: 5 } },
  },
  { operation: 'getSystemConfigStatus' },
  { operation: 'getSystemConfigJobDetails', params: ({ startSystemConfig: { jobId } }) => ({ jobId }) },
  { operation: 'cancelSystemConfig' },
  {
    operation: 'initiateBatchOperation',
    body: {
      batchName: 'look',
      jobDescription: [{ httpVerb: 'GET', apiURL: '/storage-systems/{system-id}/volumes', systemIds: ['1'] }],
    },
  },
  { operation: 'getAllBatchJobMedatada' },
  {
    operation: 'getBatchStatus',
    params: ({ initiateBatchOperation: { requestId } }) => ({ batchId: requestId }),
    query: { returnJobResultData: 'true' },
  },
  { operation: 'startSystemReplication', body: { sourceSystemId: '1', targetSystemIds: ['2'] } },
  {
    operation: 'getSystemReplicationJobStatus',
    params: ({ startSystemReplication: { requestId } }) => ({ jobId: requestId }),
    query: { includeDetail: 'true' },
  },
  { operation: 'getFirmwareDetails' },
  { operation: 'get-MelEvents', query: { count: '5' } },
  { operation: 'get-EventAvailability' },
  { operation: 'clear-MelEvents' },
  { operation: 'getServiceLogEvents', query: { loggerType: 'batchLogger' } },
];
