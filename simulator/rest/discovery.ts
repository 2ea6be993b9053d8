import { isIpv4 } from '../array/ip-addresses.js';
import type { StorageSystem } from '../array/storage-systems.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import type { Routes } from './route.js';
import { DiscoveredController } from './schemas/system.js';
import {
  boolean,
  DateTime,
  Int64,
  integer,
  list,
  nullable,
  object,
  oneOf,
  optional,
  type Static,
  text,
} from './schemas/types.js';
import { needsAttention } from './storage-systems.js';

const DiscoveredStorageSystem = object({
  serialNumber: text(),
  wwn: text(),
  label: text(),
  firmware: text(),
  nvsram: text(),
  ipAddresses: list(text()),
  needsAttention: boolean(),
  controllers: list(DiscoveredController),
  supportedManagementPorts: list(oneOf('symbol', 'https')),
});

const DiscoverResponse = object({
  requestId: Int64,
  currentCount: integer(),
  total: integer(),
  lastStart: nullable(DateTime),
  discoverProcessRunning: boolean(),
  storageSystems: list(DiscoveredStorageSystem),
});

const DiscoveryStartRequest = object({ startIP: text(), endIP: text() });

const ResultsQuery = object({ requestId: optional(text()), excludeManagedSystems: optional(boolean()) });

interface Discovery {
  readonly addresses: number;
  readonly started: string | null;
  readonly found: readonly StorageSystem[];
}

function numberOf(field: string, address: string): number {
  if (!isIpv4(address))
    throw new RestError('invalidField', `The ${field} is '${address}': not an IPv4 address.`, [field]);
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

/** Discovery finds the arrays of this process whose addresses are asked for, at once. */
export function discoveryRoutes(routes: Routes): void {
  const { systems } = routes.environment;
  const discoveries: Discovery[] = [];
  const now = () => {
    const array = systems.list().find((system) => system.array !== null)?.array;
    return array ? dateTime(array, array.now()) : null;
  };
  const result = (number: number, shown: (system: StorageSystem) => boolean): Static<typeof DiscoverResponse> => {
    const discovery = discoveries[number - 1];
    return {
      requestId: String(number),
      currentCount: discovery?.addresses ?? 0,
      total: discovery?.addresses ?? 0,
      lastStart: discovery?.started ?? null,
      discoverProcessRunning: false,
      storageSystems: (discovery?.found ?? []).filter(shown).flatMap(discovered),
    };
  };
  routes.on(
    'discover-StorageDevices',
    { body: DiscoveryStartRequest, response: DiscoverResponse },
    ({ body: { startIP, endIP } }) => {
      const [first, last] = [numberOf('startIP', startIP), numberOf('endIP', endIP)];
      if (last < first)
        throw new RestError('invalidField', `The endIP ${endIP} comes before the startIP ${startIP}.`, ['endIP']);
      const asked = (address: string) =>
        isIpv4(address) && numberOf('', address) >= first && numberOf('', address) <= last;
      discoveries.push({
        addresses: last - first + 1,
        started: now(),
        found: systems.list().filter((system) => system.controllerAddresses.some(asked)),
      });
      return result(discoveries.length, () => true);
    },
  );
  routes.on(
    'get-DiscoveryResults',
    { query: ResultsQuery, response: DiscoverResponse },
    ({ query: { requestId, excludeManagedSystems } }) => {
      const number = requestId === undefined ? discoveries.length : Number(requestId);
      if (requestId !== undefined && discoveries[number - 1] === undefined)
        throw new RestError('notFound', `There is no discovery '${requestId}': there were ${discoveries.length}.`);
      return result(number, ({ id }) => !excludeManagedSystems || systems.find(id) === undefined);
    },
  );
  // It is over as soon as it has begun: there is nothing to end.
  routes.on('cancel-DiscoveryOperation', {}, () => undefined);
}

function discovered(system: StorageSystem): Static<typeof DiscoveredStorageSystem>[] {
  const { array } = system;
  if (array === null) return [];
  return [
    {
      serialNumber: array.system.chassisSerialNumber,
      wwn: array.system.wwn,
      label: array.system.label,
      firmware: array.system.firmware.bundle,
      nvsram: array.system.firmware.nvsram,
      ipAddresses: [...system.controllerAddresses],
      needsAttention: needsAttention(array),
      controllers: array.controllers.list().map((controller) => ({
        controllerId: controller.ref,
        ipAddresses: [controller.managementAddress],
        certificateStatus: 'selfSigned',
      })),
      supportedManagementPorts: ['https'],
    },
  ];
}
