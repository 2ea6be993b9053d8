import { ArrayError } from '../array/errors.js';
import { defaultReservedDrives, driveCounts, usableBytes } from '../array/pool-capacity.js';
import type { DiskPoolSettings, DriveRecord, RaidLevel } from '../array/records.js';
import { systemAttributeDefaults } from './feature-defaults.js';
import { expansionCandidates, kindsOf } from './pool-candidates.js';
import type { Routes } from './route.js';
import { boolean, integer, list, object, oneOf, optional, text, unknown } from './schemas/types.js';
import { createPool, isGroupLevel, raidLevelOf } from './storage-pools.js';
import { onSymbol } from './symbol.js';

const Priority = oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault');

const Candidate = object({
  raidLevel: optional(text()),
  driveRefList: optional(object({ driveRef: optional(list(text())) })),
  securityType: optional(text()),
  volumeCandidateData: optional(
    object({
      diskPoolVolumeCandidateData: optional(object({ reconstructionReservedDriveCount: optional(integer()) })),
    }),
  ),
});

const CreateDiskPool = object({
  label: text(),
  candidate: Candidate,
  poolUtilizationWarningThreshold: optional(integer()),
  poolUtilizationCriticalThreshold: optional(integer()),
  degradedReconstructPriority: optional(Priority),
  criticalReconstructPriority: optional(Priority),
  backgroundOperationPriority: optional(Priority),
});

const CreateVolumeGroup = object({ label: text(), candidate: Candidate });

const CandidateRequest = object({
  candidateSelectionType: optional(
    object({
      candidateSelectionType: optional(text()),
      driveRefList: optional(object({ driveRef: optional(list(text())) })),
    }),
  ),
  raidLevel: text(),
  phyDriveType: optional(text()),
  driveMediaType: optional(text()),
  securityType: optional(text()),
  onlyProtectionInformationCapable: optional(boolean()),
  volumeCandidateRequestData: optional(unknown()),
});

const Expansion = object({ volumeGroupRef: optional(text()), poolRef: optional(text()), driveRef: list(text()) });
const ReserveCount = object({ volumeGroupRef: text(), reservedDriveCount: integer() });

type Priorities = Pick<
  DiskPoolSettings,
  'degradedReconstructPriority' | 'criticalReconstructPriority' | 'backgroundOperationPriority'
>;

/** Priorities as the array has them: invalid and useDefault leave the choice to it. */
function priorities(given: { readonly [Name in keyof Priorities]?: string }): Partial<Priorities> {
  const known = ['lowest', 'low', 'medium', 'high', 'highest'];
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => name.endsWith('Priority') && value !== undefined && known.includes(value),
    ),
  );
}

function candidateOf(raidLevel: RaidLevel, drives: readonly DriveRecord[]): object {
  const [drive] = drives;
  const reserved = isGroupLevel(raidLevel) ? 0 : defaultReservedDrives(drives.length);
  const assured = drives.every((each) => each.protectionInformationCapable);
  const usable = usableBytes(raidLevel, drives, reserved);
  return {
    raidLevel,
    trayLossProtection: false,
    rawSize: String(drives.reduce((sum, each) => sum + each.usableBytes, 0)),
    usableSize: String(usable),
    driveCount: drives.length,
    freeExtentRef: '0'.repeat(40),
    driveRefList: { driveRef: drives.map((each) => each.ref) },
    candidateSelectionType: 'count',
    spindleSpeedMatch: true,
    spindleSpeed: drive?.spindleSpeedRpm ?? 0,
    phyDriveType: drive?.physicalType ?? 'unknown',
    dssPreallocEnabled: false,
    securityType: drives.every((each) => each.fdeCapable) ? 'capable' : 'none',
    drawerLossProtection: false,
    driveMediaType: drive?.media ?? 'unknown',
    protectionInformationCapable: assured,
    protectionInformationCapabilities: { protectionInformationCapable: assured, protectionType: 'type2Protection' },
    volumeCandidateData: {
      type: isGroupLevel(raidLevel) ? 'traditional' : 'diskPool',
      diskPoolVolumeCandidateData: isGroupLevel(raidLevel)
        ? null
        : {
            reconstructionReservedDriveCount: reserved,
            reconstructionReservedAmt: String(reserved * (drive?.usableBytes ?? 0)),
            unusableCapacity: '0',
          },
    },
    driveBlockFormat: 'allNative',
    allocateReservedSpace: false,
    securityLevel: 'none',
    dulbeCapable: false,
    blkSizeRecommended: 512,
    blkSizeSupported: [512],
    volumeGroupRef: '0'.repeat(40),
    drivePathImbalance: false,
  };
}

/** The procedures that make, grow and describe pools. */
export function symbolPoolRoutes(routes: Routes): void {
  creationProcedures(routes);
  candidateProcedures(routes);
  changeProcedures(routes);
  onSymbol(routes, 'getSystemAttributeDefaults', { reads: true }, ({ array }) => ({
    returnCode: 'ok',
    defaults: systemAttributeDefaults(array.system.limits),
  }));
}

function creationProcedures(routes: Routes): void {
  onSymbol(routes, 'createDiskPool', { body: CreateDiskPool }, ({ array, body }) => {
    const { candidate } = body;
    array.pools.createDiskPool({
      label: body.label,
      driveRefs: candidate.driveRefList?.driveRef ?? [],
      securityEnabled: candidate.securityType === 'enabled',
      reservedDriveCount: candidate.volumeCandidateData?.diskPoolVolumeCandidateData?.reconstructionReservedDriveCount,
      warningThreshold: body.poolUtilizationWarningThreshold,
      criticalThreshold: body.poolUtilizationCriticalThreshold,
      ...priorities(body),
    });
  });
  onSymbol(routes, 'createVolumeGroup', { body: CreateVolumeGroup }, ({ array, body }) => {
    createPool(array, {
      label: body.label,
      raidLevel: raidLevelOf(body.candidate.raidLevel ?? ''),
      driveRefs: body.candidate.driveRefList?.driveRef ?? [],
      securityEnabled: body.candidate.securityType === 'enabled',
    });
  });
}

function candidateProcedures(routes: Routes): void {
  onSymbol(routes, 'getVolumeCandidates', { body: CandidateRequest }, ({ array, body }) => {
    const raidLevel = raidLevelOf(body.raidLevel);
    const named = body.candidateSelectionType?.driveRefList?.driveRef;
    const drives = array.drives
      .available()
      .filter(
        (drive) => named === undefined || named.length === 0 || named.some((ref) => ref.toUpperCase() === drive.ref),
      )
      .filter(
        (drive) =>
          body.phyDriveType === undefined || body.phyDriveType === 'all' || body.phyDriveType === drive.physicalType,
      )
      .filter(
        (drive) =>
          body.driveMediaType === undefined || body.driveMediaType === 'all' || body.driveMediaType === drive.media,
      )
      .filter((drive) => !body.onlyProtectionInformationCapable || drive.protectionInformationCapable)
      .filter((drive) => body.securityType !== 'enabled' || drive.fdeCapable);
    const { min, max } = driveCounts[raidLevel];
    const step = raidLevel === 'raid1' ? 2 : 1;
    const volumeCandidate: object[] = [];
    for (const kind of kindsOf(drives)) {
      for (let count = min; count <= Math.min(max, kind.length); count += step)
        volumeCandidate.push(candidateOf(raidLevel, kind.slice(0, count)));
    }
    return { returnCode: 'ok', volumeCandidate };
  });
  for (const name of ['getDiskPoolExpansionCandidates', 'getVolumeGroupExpansionCandidates']) {
    onSymbol(routes, name, { rawBody: true, roles: undefined }, ({ array, body }) => ({
      returnCode: 'ok',
      candidates: expansionCandidates(array, String(body).replaceAll('"', '').trim()),
    }));
  }
}

function changeProcedures(routes: Routes): void {
  for (const name of ['startDiskPoolExpansion', 'startVolumeGroupExpansion']) {
    onSymbol(routes, name, { body: Expansion }, ({ array, body }) => {
      array.poolReconfiguration.expand(body.volumeGroupRef ?? body.poolRef ?? '', body.driveRef);
    });
  }
  onSymbol(routes, 'setDiskPoolReservedDriveCount', { body: ReserveCount }, ({ array, body }) => {
    array.pools.update(body.volumeGroupRef, { reservedDriveCount: body.reservedDriveCount });
  });
  onSymbol(routes, 'reprovisionDrive', { body: object({ driveRef: list(text()) }) }, ({ array, body }) => {
    for (const ref of body.driveRef) {
      const drive = array.drives.require(ref);
      if (drive.poolRef !== null)
        throw new ArrayError(
          'driveNotUnassigned',
          `Drive '${drive.ref}' is in a pool: it cannot be reprovisioned.`,
          'driveRef',
        );
    }
  });
}
