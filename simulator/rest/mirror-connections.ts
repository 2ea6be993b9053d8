import { ArrayError, ObjectNotFound } from '../array/errors.js';
import type { AsyncMirrorGroupRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { IoInterfaceTypeName } from './schemas/enums.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, optional, text, unknown } from './schemas/types.js';

const TestType = oneOf(
  'connectivityTestUnknown',
  'basicConnectivityTest',
  'linkLatencyTest',
  'linkBandwidthTest',
  '__UNDEFINED',
);

const TestRequest = object({
  requestedTestType: optional(TestType),
  testIterations: optional(integer()),
  timeout: optional(integer()),
});

const LatencyResults = object({
  minLatencyInMicroseconds: integer(),
  maxLatencyInMicroseconds: integer(),
  avgLatencyInMicroseconds: integer(),
});

const BandwidthResults = object({
  latencyMeasures: LatencyResults,
  minBandwidthBitsPerSecond: Int64,
  maxBandwidthBitsPerSecond: Int64,
  avgBandwidthBitsPerSecond: Int64,
  negotiatedLinkSpeedBitsPerSecond: Int64,
});

const CommunicationData = object({
  timeout: integer(),
  returnStatus: text(),
  successful: boolean(),
  controllerRef: text(),
  amgRef: text(),
  testType: TestType,
  bwTestResult: nullable(BandwidthResults),
  latTestResult: nullable(LatencyResults),
});

const ConnectionsResponse = object({
  amgRef: text(),
  connections: list(
    object({
      localPortName: text(),
      remotePortName: text(),
      remotePortId: text(),
      localPortId: text(),
      localPortNumber: integer(),
      remotePortNumber: integer(),
      controller: text(),
      ioInterfaceType: IoInterfaceTypeName,
      localPortRef: text(),
      remoteTargetConnections: nullable(unknown()),
    }),
  ),
});

/** Bits per second of a link, by the speed of its port. */
const linkSpeeds = { speed1gig: 1e9, speed10gig: 10e9, speed25gig: 25e9 } as const;

/** How long a round trip between two arrays takes: both are in one process, so this is a property of the model. */
const roundTripMicroseconds = 250;

/** The ports of both arrays that reach each other: each with the one of the same controller and channel. */
function connectionsView(array: StorageArray, group: AsyncMirrorGroupRecord): Shown<typeof ConnectionsResponse> {
  const peer = array.asyncMirrorGroups.counterpart(group)?.peer;
  const remotePorts = peer?.iscsiTarget.ports() ?? [];
  const connections = array.iscsiTarget
    .ports()
    .filter((port) => port.linkStatus === 'up' && array.controllers.isUp(port.controllerRef))
    .flatMap((port) => {
      const remote = remotePorts.find(
        (each) =>
          each.controllerRef === port.controllerRef && each.channel === port.channel && each.linkStatus === 'up',
      );
      if (remote === undefined || peer === undefined) return [];
      return [
        {
          localPortName: array.iscsiTarget.record.iqn,
          remotePortName: peer.iscsiTarget.record.iqn,
          remotePortId: remote.ref,
          localPortId: port.ref,
          localPortNumber: port.channel,
          remotePortNumber: remote.channel,
          controller: port.controllerRef,
          ioInterfaceType: 'iscsi' as const,
          localPortRef: port.ref,
          remoteTargetConnections: {
            ioInterfaceType: 'iscsi',
            iscsiConnectionDetail: {
              connectedRemoteTargetPortals: [
                {
                  groupTag: remote.channel,
                  ipAddress: { addressType: 'ipv4', ipv4Address: remote.ipv4Address, ipv6Address: null },
                  tcpListenPort: remote.tcpListenPort,
                },
              ],
            },
            fibreConnectionDetail: null,
          },
        },
      ];
    });
  return { amgRef: group.ref, connections };
}

/** What a test of a group's connection finds, by the controllers that are up. */
function testResults(
  array: StorageArray,
  group: AsyncMirrorGroupRecord,
  testType: 'basicConnectivityTest' | 'linkLatencyTest' | 'linkBandwidthTest',
  timeout: number,
): Shown<typeof CommunicationData>[] {
  const { connections } = connectionsView(array, group);
  const latency = {
    minLatencyInMicroseconds: roundTripMicroseconds,
    maxLatencyInMicroseconds: roundTripMicroseconds,
    avgLatencyInMicroseconds: roundTripMicroseconds,
  };
  return array.controllers
    .list()
    .filter(({ ref }) => array.controllers.isUp(ref))
    .map(({ ref }) => {
      const reached = connections.find(({ controller }) => controller === ref);
      const port = reached && array.iscsiTarget.port(reached.localPortRef);
      const bits = String(port === undefined ? 0 : linkSpeeds[port.speed]);
      return {
        timeout,
        returnStatus: port === undefined ? 'arvmRemoteGroupDoesNotExist' : 'ok',
        successful: port !== undefined,
        controllerRef: ref,
        amgRef: group.ref,
        testType,
        bwTestResult:
          port === undefined || testType !== 'linkBandwidthTest'
            ? null
            : {
                latencyMeasures: latency,
                minBandwidthBitsPerSecond: bits,
                maxBandwidthBitsPerSecond: bits,
                avgBandwidthBitsPerSecond: bits,
                negotiatedLinkSpeedBitsPerSecond: bits,
              },
        latTestResult: port === undefined || testType !== 'linkLatencyTest' ? null : latency,
      };
    });
}

/** Connections between mirrored arrays, and what is cleared when something between them has failed. */
export function mirrorConnectionRoutes(routes: Routes): void {
  routes.onArray('getAsyncMirrorGroupConnections', { response: ConnectionsResponse }, ({ array, id }) =>
    connectionsView(array, array.asyncMirrorGroups.require(id)),
  );
  routes.onArray('getAsyncMirrorGroupsConnections', { response: list(ConnectionsResponse) }, ({ array }) =>
    array.tables.asyncMirrorGroups.toJSON().map((group) => connectionsView(array, group)),
  );
  routes.onArray(
    'testAsyncMirrorGroupConnectivity',
    { body: TestRequest, response: list(CommunicationData) },
    ({ array, id, body }) => {
      const group = array.asyncMirrorGroups.require(id);
      const { requestedTestType = 'basicConnectivityTest', timeout = 30 } = body;
      if (requestedTestType === 'connectivityTestUnknown' || requestedTestType === '__UNDEFINED')
        throw new ArrayError('illegalParam', `A test of the type ${requestedTestType} cannot be run.`);
      return testResults(array, group, requestedTestType, timeout);
    },
  );
  routes.onArray(
    'getAsyncMirrorSupportedStorageSystems',
    {
      response: list(
        object({
          fcMirroringState: oneOf(
            'unknown',
            'disabled',
            'enabledLegacyRvm',
            'enabledArvm',
            'enabledAll',
            '__UNDEFINED',
          ),
          id: text(),
          name: text(),
          type: oneOf('fibre', 'fibreAndIscsi', 'iscsi', 'none'),
          wwn: text(),
        }),
      ),
    },
    ({ systems, system }) =>
      systems
        .list()
        .filter((other) => other.id !== system.id && other.online)
        .flatMap(({ id, array }) =>
          array === null
            ? []
            : [{ fcMirroringState: 'disabled', id, name: array.system.label, type: 'iscsi', wwn: array.system.wwn }],
        ),
  );
  incompleteRoutes(routes);
  clearingRoutes(routes);
}

/** Both halves of a mirror are made at once: none is ever incomplete. */
function incompleteRoutes(routes: Routes): void {
  const Completion = object({ secondaryVolumeRef: text() });
  routes.onArray('get-IncompleteAMGMirrorID', { response: list(unknown()) }, ({ array, id }) => {
    array.asyncMirrorGroups.require(id);
    return [];
  });
  for (const [operation, schemas] of [
    ['complete-IncompleteAMG', { body: Completion }],
    ['remove-IncompleteAsyncMirrorRelationship', {}],
  ] as const)
    routes.onArray(operation, schemas, ({ id }) => {
      throw new ObjectNotFound('arvmMirrorMemberDoesNotExist', 'incomplete mirror', id);
    });
}

/** Clearing lets a member that failed go on: its next synchronisation is a whole one. */
function clearingRoutes(routes: Routes): void {
  const GroupFault = object({ asyncMirrorGroupId: text(), recoveryFailureType: text() });
  const MemberFault = object({ asyncMirrorGroupMemberId: text(), recoveryFailureType: text() });
  routes.onArray('clearAsyncMirrorGroupRecoveryFailure', {}, ({ array, id }) =>
    array.asyncMirrorMembers.clearFailuresOf(array.asyncMirrorGroups.require(id).ref),
  );
  routes.onArray('clearAsyncMirrorGroupMemberRecoveryFailure', {}, ({ array, id }) =>
    array.asyncMirrorMembers.clearFailure(id),
  );
  routes.onArray('clearAsyncMirrorGroupFaultIndication', { body: GroupFault }, ({ array, body }) =>
    array.asyncMirrorMembers.clearFailuresOf(array.asyncMirrorGroups.require(body.asyncMirrorGroupId).ref),
  );
  routes.onArray('clearAsyncMirrorGroupMemberFaultIndication', { body: MemberFault }, ({ array, body }) =>
    array.asyncMirrorMembers.clearFailure(body.asyncMirrorGroupMemberId),
  );
  // A domain that cannot be reached is no failure of the array: there is nothing to clear.
  routes.onArray('clearDirectoryServicesConfigError', { body: object({ domain: text() }) }, ({ body }) => {
    throw new ArrayError('illegalParam', `There is no failure of a directory service of '${body.domain}' to clear.`);
  });
}
