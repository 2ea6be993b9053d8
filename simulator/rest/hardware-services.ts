import { createHash } from 'node:crypto';
import { ArrayError, ObjectNotFound } from '../array/errors.js';
import { hostTypes } from '../array/host-types.js';
import type { ControllerRecord, TrayRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { HostSpecificValues } from './schemas/hosts.js';
import { boolean, integer, list, object, oneOf, optional, text, unknown } from './schemas/types.js';

const nvsramRegions = [
  'nonUserConfigData',
  'subsystemId',
  'subsystemFaultData',
  'driveFaultData',
  'hostManagedData',
  'hostInterfaceData',
  'userConfigData',
  'bootpData',
  'extUserConfigData',
  'hostTypeDependentData',
  'userConfig2Data',
] as const;

const RegionName = oneOf('allRegions', ...nvsramRegions, '__UNDEFINED');

const IdentificationRequest = object({
  channels: optional(list(integer())),
  drives: optional(list(text())),
  pools: optional(list(text())),
  storageSystem: optional(boolean()),
  trays: optional(list(text())),
  volumes: optional(list(text())),
});

const TraySettings = object({ id: text(), partNumber: text(), serialNumber: text() });

const HostTypeValues = object({
  ...HostSpecificValues.properties,
  index: integer(),
  name: text(),
  default: boolean(),
});

const Protocol = oneOf('fc', 'iscsi', 'iserIb', 'nvmeIb', 'nvmeFc', 'nvmeRoce', 'sas', 'srpIb', 'unknown');
const NewProtocol = oneOf('fc', 'iscsi', 'iserIb', 'nvmeIb', 'nvmeFc', 'nvmeRoce', 'sas', 'srpIb');

const ProtocolUpdate = object({
  autoRebootPending: boolean(),
  currentHostIoProtocol: Protocol,
  newHostIoProtocol: Protocol,
});

function trayView({ ref, partNumber, serialNumber }: TrayRecord) {
  return { id: ref, partNumber, serialNumber };
}

/** What a host of a type is treated like: its failover by ALUA or by AVT, as its name says. */
function hostTypeValuesView(array: StorageArray, index: number) {
  const { defaultHostTypeIndex } = array.system.settings;
  return hostTypes
    .filter((type) => type.index === index)
    .map(({ code, name }) => {
      const asymmetric = /ALUA|TPGS/.test(code);
      return {
        ...blank(HostTypeValues),
        hostType: code,
        hostPortType: code,
        autoLUNTransfer: code.startsWith('AVT'),
        tpgsSupported: asymmetric,
        asymmetricLUAccess: asymmetric,
        enableAutoLoadBalance: array.system.settings.autoLoadBalancingEnabled && asymmetric,
        hostConnectivityReportingSupported: asymmetric,
        index,
        name,
        default: index === defaultHostTypeIndex,
      };
    });
}

/** The bytes of a region: no real ones are known, so they are made of what they belong to. */
function regionData(array: StorageArray, controller: ControllerRecord, region: string): string {
  const identity = `${array.system.firmware.nvsram} ${controller.serialNumber} ${region}`;
  return createHash('sha256').update(identity).digest('hex').toUpperCase();
}

/** Identification, settings and tests of the hardware. */
export function hardwareServiceRoutes(routes: Routes): void {
  routes.onArray('startHardwareIdentification', { body: IdentificationRequest }, ({ array, body }) => {
    const { storageSystem = false, drives, pools, trays, volumes } = body;
    array.driveServices.locate({ drives, pools, trays, volumes, wholeArray: storageSystem });
  });
  routes.onArray('stopHardwareIdentification', {}, ({ array }) => array.driveServices.stopLocating());
  routes.onArray('getTraySettings', { response: list(TraySettings) }, ({ array }) =>
    array.tables.trays.toJSON().map(trayView),
  );
  routes.onArray('getTraySettingsByTrayId', { response: TraySettings }, ({ array, id }) =>
    trayView(array.trays.require(id)),
  );
  routes.onArray(
    'setTraySettings',
    { body: object({ partNumber: optional(text()), serialNumber: optional(text()) }), status: 202 },
    ({ array, id, body }) => {
      array.trays.update(id, body);
    },
  );
  // No tray of this array is cabled to another: connections between trays are those of expansion trays.
  routes.onArray(
    'get-DriveConnectionInfo',
    { response: object({ sasConnections: list(unknown()), fibreConnections: list(unknown()) }) },
    () => ({ sasConnections: [], fibreConnections: [] }),
  );
  controllerRoutes(routes);
  routes.onArray('get-AllHostTypeValues', { response: list(HostTypeValues) }, ({ array }) =>
    hostTypes.flatMap(({ index }) => hostTypeValuesView(array, index)),
  );
  routes.onArray('get-HostTypeValues', { response: HostTypeValues }, ({ array, id }) => {
    const [values] = hostTypeValuesView(array, Number(id));
    if (values === undefined) throw new ObjectNotFound('invalidHostTypeIndex', 'host type', id);
    return values;
  });
  protocolRoutes(routes);
}

function controllerRoutes(routes: Routes): void {
  routes.onArray('pingController', {}, ({ array, id }) => {
    const { ref, label, status } = array.controllers.require(id);
    if (!array.controllers.isUp(ref))
      throw new ArrayError('controllerNotOptimal', `Controller ${label} is ${status}: it does not answer.`);
  });
  routes.onArray(
    'getControllerNvsramRegionData',
    {
      body: object({ nvsramRegionId: optional(RegionName) }),
      bodyOptional: true,
      response: object({ nvsramRegionData: list(object({ regionId: RegionName, regionData: text() })) }),
    },
    ({ array, id, body }) => {
      const controller = array.controllers.require(id);
      const { nvsramRegionId: wanted = 'allRegions' } = body;
      const regions = nvsramRegions.filter((region) => wanted === 'allRegions' || wanted === region);
      if (regions.length === 0) throw new ArrayError('invalidRegionid', `There is no NVSRAM region '${wanted}'.`);
      return {
        nvsramRegionData: regions.map((regionId) => ({
          regionId,
          regionData: regionData(array, controller, regionId),
        })),
      };
    },
  );
}

/** The host ports speak iSCSI, and nothing else. */
function protocolRoutes(routes: Routes): void {
  routes.onArray(
    'getHostIoProtocols',
    {
      response: list(
        object({
          currentHostIoProtocol: Protocol,
          hostInterfaceId: text(),
          supportedHostIoProtocols: list(Protocol),
        }),
      ),
    },
    ({ array }) =>
      array.iscsiTarget.ports().map(({ ref }) => ({
        currentHostIoProtocol: 'iscsi',
        hostInterfaceId: ref,
        supportedHostIoProtocols: ['iscsi'],
      })),
  );
  routes.onArray(
    'setHostIoProtocol',
    { body: object({ protocolType: NewProtocol }), response: ProtocolUpdate },
    ({ body: { protocolType } }) => {
      if (protocolType !== 'iscsi')
        throw new ArrayError('notImplemented', `The host ports cannot speak ${protocolType}: they support iscsi.`);
      return { autoRebootPending: false, currentHostIoProtocol: 'iscsi', newHostIoProtocol: 'iscsi' };
    },
  );
  const NvmeSettings = object({
    settings: object({ ibSettings: optional(unknown()), roceV2Settings: optional(unknown()) }),
  });
  routes.onArray('setNvmeofInterfaceSettings', { body: NvmeSettings }, ({ array, id }) => {
    const { ref } = array.iscsiTarget.port(id);
    throw new ArrayError('illegalParam', `Interface '${ref}' speaks iSCSI: it has no settings of NVMe over fabrics.`);
  });
}
