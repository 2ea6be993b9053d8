import type { Handler } from '../http/messages.js';
import { alertRoutes } from './alerts.js';
import { arraySettingRoutes } from './array-settings.js';
import { asyncMirrorRoutes } from './async-mirrors.js';
import { auditLogRoutes } from './audit-log.js';
import { autoSupportRoutes } from './auto-support.js';
import { batchRoutes } from './batches.js';
import { capabilityRoutes } from './capabilities.js';
import { certificateRoutes } from './certificates.js';
import { consistencyGroupRoutes } from './consistency-groups.js';
import { deviceAsupRoutes } from './device-asup.js';
import { discoveryRoutes } from './discovery.js';
import { driveFirmwareRoutes } from './drive-firmware.js';
import { driveLogRoutes } from './drive-logs.js';
import { driveServiceRoutes } from './drive-services.js';
import { driveRoutes } from './drives.js';
import { enclosureRoutes } from './enclosures.js';
import { environmentDataRoutes } from './environment-data.js';
import { eventRoutes } from './events.js';
import { featureDefaultRoutes } from './feature-defaults.js';
import { firmwareRoutes } from './firmware.js';
import { firmwareBatchRoutes } from './firmware-batches.js';
import { firmwareCheckRoutes } from './firmware-checks.js';
import { firmwareFileRoutes } from './firmware-files.js';
import { flashCacheRoutes } from './flash-cache.js';
import { folderRoutes } from './folders.js';
import { forwardRoutes } from './forward.js';
import { graphRoutes } from './graph.js';
import { hardwareRoutes } from './hardware.js';
import { hardwareServiceRoutes } from './hardware-services.js';
import { healthCheckRoutes } from './health-checks.js';
import { hostGroupRoutes } from './host-groups.js';
import { hostRoutes } from './hosts.js';
import { hotSpareRoutes } from './hot-spares.js';
import { interfaceRoutes } from './interfaces.js';
import { iscsiRoutes } from './iscsi.js';
import { keyServerRoutes } from './key-servers.js';
import { keyValueRoutes } from './key-values.js';
import { ldapRoutes } from './ldap.js';
import { managementCertificateRoutes } from './management-certificates.js';
import { mappableObjectRoutes } from './mappable-objects.js';
import { networkTraceRoutes } from './network-trace.js';
import { parityScanRoutes } from './parity-scans.js';
import { poolCandidateRoutes } from './pool-candidates.js';
import { poolReconfigurationRoutes } from './pool-reconfiguration.js';
import { fileRoutes } from './private-files.js';
import { progressRoutes } from './progress.js';
import { repositoryRoutes } from './repositories.js';
import type { Routes } from './route.js';
import { samlRoutes } from './saml.js';
import { securityKeyRoutes } from './security-keys.js';
import { serverSettingRoutes } from './server-settings.js';
import { serviceLogRoutes } from './service-logs.js';
import { snapshotGroupRoutes, snapshotImageRoutes } from './snapshot-groups.js';
import { snapshotVolumeRoutes } from './snapshot-volumes.js';
import { snmpRoutes } from './snmp.js';
import { sscVolumeRoutes } from './ssc-volumes.js';
import { ssdCacheRoutes } from './ssd-caches.js';
import { statisticsRoutes } from './statistics.js';
import { storagePoolRoutes } from './storage-pools.js';
import { storageSystemRoutes } from './storage-systems.js';
import { supportDataRoutes } from './support-data.js';
import { symbolPoolRoutes } from './symbol-pools.js';
import { systemConfigRoutes } from './system-config-jobs.js';
import { systemSettingRoutes } from './system-settings.js';
import { thinVolumeRoutes } from './thin-volumes.js';
import { unsupportedFeatureRoutes } from './unsupported-features.js';
import { userRoutes } from './users.js';
import { utilsRoutes } from './utils.js';
import { volumeCopyRoutes } from './volume-copies.js';
import { volumeMappingRoutes } from './volume-mappings.js';
import { volumeReconfigurationRoutes } from './volume-reconfiguration.js';
import { volumeRoutes } from './volumes.js';
import { workloadRoutes } from './workloads.js';

/** The routes of all resources. `forward` answers what a proxy passes on to an array. */
export function registerResources(routes: Routes, forward: Handler): void {
  for (const register of [
    utilsRoutes,
    storageSystemRoutes,
    discoveryRoutes,
    userRoutes,
    keyValueRoutes,
    storagePoolRoutes,
    symbolPoolRoutes,
    driveRoutes,
    poolCandidateRoutes,
    poolReconfigurationRoutes,
    volumeRoutes,
    volumeReconfigurationRoutes,
    parityScanRoutes,
    mappableObjectRoutes,
    sscVolumeRoutes,
    thinVolumeRoutes,
    progressRoutes,
    workloadRoutes,
    hostRoutes,
    hostGroupRoutes,
    volumeMappingRoutes,
    interfaceRoutes,
    iscsiRoutes,
    snapshotGroupRoutes,
    snapshotImageRoutes,
    snapshotVolumeRoutes,
    repositoryRoutes,
    consistencyGroupRoutes,
    volumeCopyRoutes,
    asyncMirrorRoutes,
    hardwareRoutes,
    capabilityRoutes,
    arraySettingRoutes,
    enclosureRoutes,
    graphRoutes,
    eventRoutes,
    statisticsRoutes,
    ssdCacheRoutes,
    flashCacheRoutes,
    hotSpareRoutes,
    auditLogRoutes,
    fileRoutes,
    ldapRoutes,
    serverSettingRoutes,
    snmpRoutes,
    certificateRoutes,
    managementCertificateRoutes,
    samlRoutes,
    securityKeyRoutes,
    keyServerRoutes,
    deviceAsupRoutes,
    autoSupportRoutes,
    firmwareFileRoutes,
    firmwareRoutes,
    firmwareCheckRoutes,
    firmwareBatchRoutes,
    healthCheckRoutes,
    driveFirmwareRoutes,
    folderRoutes,
    serviceLogRoutes,
    systemSettingRoutes,
    systemConfigRoutes,
    driveServiceRoutes,
    driveLogRoutes,
    hardwareServiceRoutes,
    environmentDataRoutes,
    supportDataRoutes,
    networkTraceRoutes,
    alertRoutes,
    featureDefaultRoutes,
    unsupportedFeatureRoutes,
  ]) {
    register(routes);
  }
  batchRoutes(routes, forward);
  forwardRoutes(routes, forward);
}
