import type { StorageArray } from '../array/storage-array.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { changeSettings, onKeeper, refuseField, type StoredSettings, settingsOf, stationArray } from './keeper.js';
import { download, type KeptFile, keptFile, sizeOf } from './private-files.js';
import { isReachable } from './remote-hosts.js';
import type { Routes } from './route.js';
import {
  AsupMaintenanceWindowRequest,
  AsupMaintenanceWindowResponse,
  DeviceAsupDevice,
  DeviceAsupResponse,
  DeviceAsupUpdateRequest,
  DeviceAsupVerifyRequest,
  DeviceAsupVerifyResponse,
} from './schemas/asup.js';
import { FileInfo, SupportArtifacts } from './schemas/files.js';
import { list, type Static } from './schemas/types.js';

type Configuration = Omit<Static<typeof DeviceAsupResponse>, 'asupEnabled'>;
type Delivery = Configuration['delivery'];
type Schedule = Configuration['schedule'];

const mib = 2 ** 20;

/** Minutes of a day. */
const lastMinute = 24 * 60;

const asup: StoredSettings<Configuration> = {
  kind: 'deviceAsup',
  defaults: () => ({
    asupCapable: true,
    onDemandCapable: true,
    onDemandEnabled: true,
    remoteDiagsEnabled: true,
    delivery: {
      method: 'https',
      routingType: 'direct',
      emailServerEncryption: 'none',
      emailServerPort: 0,
      destinationAddressList: [],
      maxSizeLimitHttps: 50 * mib,
      maxSizeLimitSmtp: 5 * mib,
    },
    destinationAddress: 'https://support.netapp.com/put/AsupPut/',
    schedule: {
      dailyMinTime: 0,
      dailyMaxTime: lastMinute - 1,
      weeklyMinTime: 0,
      weeklyMaxTime: lastMinute - 1,
      daysOfWeek: ['sunday'],
    },
  }),
};

const maintenance: StoredSettings<{
  readonly untilMs: number;
  readonly duration: number;
  readonly emailAddresses: readonly string[];
}> = { kind: 'asupMaintenance', defaults: () => ({ untilMs: 0, duration: 0, emailAddresses: [] }) };

/** The longest maintenance window, in hours (source: the vendor's collection of administrators' modules). */
const longestWindowHours = 72;

const logs = 'array/asupLog';
/** Files of support data that can be fetched. */
export const bundles = 'array/supportBundle';
const mostFiles = 20;

function view(array: StorageArray): Static<typeof DeviceAsupResponse> {
  return { ...settingsOf(asup, { array }), asupEnabled: array.system.settings.asupEnabled };
}

function checkDelivery(delivery: Delivery): Delivery {
  const {
    method,
    routingType,
    proxyHost,
    proxyScript,
    mailRelayServer,
    mailSenderAddress,
    destinationAddressList = [],
  } = delivery;
  if (method === 'smtp') {
    const [first] = destinationAddressList;
    if (!(mailRelayServer ?? first?.mailRelayServer))
      throw new RestError('missingField', "The property 'mailRelayServer' is required for smtp.", ['mailRelayServer']);
    const sender = mailSenderAddress ?? first?.mailSenderAddress;
    if (!sender?.includes('@')) throw refuseField('mailSenderAddress', sender ?? '', 'an e-mail address');
  }
  if (routingType === 'proxyServer' && !proxyHost)
    throw new RestError('missingField', "The property 'proxyHost' is required for routingType proxyServer.", [
      'proxyHost',
    ]);
  if (routingType === 'proxyScript' && !proxyScript)
    throw new RestError('missingField', "The property 'proxyScript' is required for routingType proxyScript.", [
      'proxyScript',
    ]);
  for (const field of ['proxyPort', 'emailServerPort'] as const) {
    const port = delivery[field];
    if (port !== undefined && (port < 0 || port > 65_535)) throw refuseField(field, port, 'a port from 0 to 65535');
  }
  const { emailServerPassword: _email, proxyPassword: _proxy, ...kept } = delivery;
  return kept;
}

function checkSchedule(schedule: Schedule): Schedule {
  for (const [minimum, maximum] of [
    ['dailyMinTime', 'dailyMaxTime'],
    ['weeklyMinTime', 'weeklyMaxTime'],
  ] as const) {
    const [from, to] = [schedule[minimum], schedule[maximum]];
    if (from < 0 || from > lastMinute) throw refuseField(minimum, from, `minutes of a day, 0 to ${lastMinute}`);
    if (to < from || to > lastMinute) throw refuseField(maximum, to, `minutes of a day, ${from} to ${lastMinute}`);
  }
  return schedule;
}

function update(array: StorageArray, body: Static<typeof DeviceAsupUpdateRequest>): Static<typeof DeviceAsupResponse> {
  const { asupEnabled, delivery, schedule, ...flags } = body;
  return array.transact(() => {
    if (asupEnabled !== undefined) array.patchSystem({ settings: { ...array.system.settings, asupEnabled } });
    const present = settingsOf(asup, { array });
    const changes = {
      ...flags,
      ...(delivery && { delivery: { ...present.delivery, ...checkDelivery(delivery) } }),
      ...(schedule && { schedule: checkSchedule(schedule) }),
      ...(delivery && {
        destinationAddress:
          delivery.method === 'smtp' ? 'autosupport@netapp.com' : 'https://support.netapp.com/put/AsupPut/',
      }),
    };
    changeSettings(asup, { array }, changes, 'AutoSupport configuration changed');
    return view(array);
  });
}

/** Adds a file of a kind; the oldest goes when there are too many. */
function keepFile(array: StorageArray, kind: string, file: KeptFile): void {
  const present = array.documents.list<KeptFile>(kind);
  for (const { name } of present.slice(0, Math.max(0, present.length - mostFiles + 1)))
    array.documents.delete(kind, name);
  array.documents.put(kind, file.name, file);
}

/** Collects what support looks at: facts of the array, as one file; the log of transmissions says where it went. */
export function collectBundle(array: StorageArray, wasSent: boolean): KeptFile {
  return array.transact(() => {
    const { system, tables } = array;
    const facts = {
      label: system.label,
      wwn: system.wwn,
      model: system.model,
      firmware: system.firmware,
      controllers: array.controllers.list(),
      drives: tables.drives.toJSON(),
      pools: tables.pools.toJSON(),
      volumes: tables.volumes.toJSON(),
      events: tables.events.toJSON().slice(-1000),
    };
    const stamp = `${array.takeCounter('serial')}`.padStart(6, '0');
    const bundle = keptFile(array, `support-bundle-${stamp}.json`, JSON.stringify(facts));
    keepFile(array, bundles, bundle);
    const line = `${dateTime(array, array.now())} ${bundle.name} ${wasSent ? 'sent' : 'collected'}, ${sizeOf(bundle)} bytes\n`;
    keepFile(array, logs, keptFile(array, `asup-transmission-${stamp}.log`, line));
    array.events.record({ eventType: 0x7500, description: `AutoSupport bundle ${wasSent ? 'sent' : 'collected'}` });
    return bundle;
  });
}

/** AutoSupport of the array: how it is set, what was sent, and the files of support. */
export function deviceAsupRoutes(routes: Routes): void {
  onKeeper(routes, 'getASUPConfiguration', { response: DeviceAsupResponse }, ({ array }) => view(array));
  onKeeper(
    routes,
    'updateASUPConfiguration',
    { body: DeviceAsupUpdateRequest, response: DeviceAsupResponse },
    ({ array, body }) => update(array, body),
  );
  routes.on('getASUPInformation', { response: list(DeviceAsupDevice) }, ({ systems }) =>
    systems.list().flatMap(({ array }) => (array === null ? [] : [deviceOf(array)])),
  );
  onKeeper(
    routes,
    'verifyASUPConfiguration',
    { body: DeviceAsupVerifyRequest, response: DeviceAsupVerifyResponse },
    ({ array, body: { delivery } }) => {
      checkDelivery(delivery);
      const { mailRelayServer, destinationAddressList = [] } = delivery;
      const server =
        delivery.method === 'smtp'
          ? (mailRelayServer ?? destinationAddressList[0]?.mailRelayServer ?? '')
          : delivery.routingType === 'proxyServer'
            ? (delivery.proxyHost ?? '')
            : settingsOf(asup, { array }).destinationAddress;
      const successful = isReachable(server);
      const errorMessage = successful ? '' : `The server '${server}' does not answer.`;
      return {
        successful,
        errorMessage,
        errorDetails: '',
        aodAttempted: false,
        aodSuccessful: false,
        aodErrorMessage: '',
      };
    },
  );
  onKeeper(routes, 'requestSupportBundle', { status: 202 }, ({ array }) => {
    if (!array.system.settings.asupEnabled)
      throw new RestError('unprocessable', 'AutoSupport is not enabled: enable it to send a bundle.');
    collectBundle(array, true);
  });
  maintenanceRoute(routes);
  asupFileRoutes(routes);
}

function deviceOf(array: StorageArray): Static<typeof DeviceAsupDevice> {
  const { asupCapable, asupEnabled, onDemandCapable, schedule, delivery } = view(array);
  return {
    wwn: array.system.wwn,
    name: array.system.label,
    asupCapable,
    asupEnabled,
    onDemandCapable,
    scheduled: asupEnabled,
    dailyScheduleTime: schedule.dailyMinTime,
    weeklyScheduleTime: schedule.weeklyMinTime,
    weeklyDayOfWeek: schedule.daysOfWeek[0] ?? 'notSpecified',
    method: delivery.method,
    routingType: delivery.routingType ?? 'none',
  };
}

/** While work goes on at the array, no tickets are opened: the window ends by the array's clock. */
function maintenanceRoute(routes: Routes): void {
  onKeeper(
    routes,
    'setAsupMaintenanceWindow',
    { body: AsupMaintenanceWindowRequest, response: AsupMaintenanceWindowResponse },
    ({ array, body: { maintenanceWindowEnabled, duration = longestWindowHours, emailAddresses } }) => {
      if (duration < 1 || duration > longestWindowHours)
        throw refuseField('duration', duration, `1 to ${longestWindowHours} hours`);
      const wrong = emailAddresses.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
      if (wrong !== undefined) throw refuseField('emailAddresses', wrong, 'e-mail addresses');
      if (!array.system.settings.asupEnabled)
        throw new RestError('unprocessable', 'AutoSupport is not enabled: there is nothing to hold back.');
      const untilMs = maintenanceWindowEnabled ? array.now() + duration * 3_600_000 : 0;
      const event = `AutoSupport maintenance window ${maintenanceWindowEnabled ? `of ${duration} hours` : 'ended'}`;
      changeSettings(maintenance, { array }, { untilMs, duration, emailAddresses }, event);
      return { maintenanceWindowEnabled, duration: maintenanceWindowEnabled ? duration : 0, emailAddresses };
    },
  );
}

function asupFileRoutes(routes: Routes): void {
  const station = () => stationArray(routes);
  routes.on('getAllASUPTransmissionLogFiles', { response: list(FileInfo) }, () =>
    station()
      .documents.list<KeptFile>(logs)
      .map((file) => ({ fileName: file.name, fileSize: sizeOf(file) })),
  );
  routes.on('getASUPTransmissionLogFile', {}, ({ id }) =>
    download(station().documents.require<KeptFile>(logs, id, 'AutoSupport log')),
  );
  routes.on('getAllSupportArtifacts', { response: list(SupportArtifacts) }, () => {
    const artifacts = station()
      .documents.list<KeptFile>(bundles)
      .map((file) => ({
        fileName: file.name,
        lastModifiedTime: dateTime(station(), file.timeMs),
        size: sizeOf(file),
      }));
    return artifacts.length === 0 ? [] : [{ type: 'supportBundle', artifacts }];
  });
  routes.on('getSupportArtifacts', {}, ({ id }) =>
    download(station().documents.require<KeptFile>(bundles, id, 'support artifact')),
  );
  routes.on('removeSupportArtifact', {}, ({ id }) => {
    station().documents.require(bundles, id, 'support artifact');
    station().documents.delete(bundles, id);
  });
}
