import type { TrayRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { componentRef } from './crus.js';
import { dateTime } from './date-time.js';
import { driveTemperature } from './objects/drives.js';
import type { Routes } from './route.js';
import { integer, list, object, text } from './schemas/types.js';

/** Watts that the parts of a tray take: what they are rated at when they are neither idle nor at their limit. */
const watts = { tray: 120, controller: 150, hdd: 9, ssd: 6 } as const;

/** Degrees Celsius that a sensor reports, by its state. */
const sensorCelsius = { optimal: 27, nominalTempExceed: 45, maxTempExceed: 60 } as const;

const Temperatures = {
  driveTemperatureInfo: object({
    driveTemperatureInformationData: list(
      object({ id: text(), currentTempInCelsius: integer(), referenceTempInCelsius: integer() }),
    ),
  }),
  enclosureTemperatureInfo: object({
    thermalSensorInfoData: list(object({ id: text(), label: text(), currentTempInCelsius: integer() })),
  }),
};

const TemperatureInformation = object(Temperatures);

const PowerInputData = object({
  collectionTimestamp: text(),
  ...Temperatures,
  powerInputInfo: object({
    totalPowerInWatts: integer(),
    numberOfTrays: integer(),
    trayPowerInputData: list(
      object({ trayId: integer(), numberOfPowerSupplies: integer(), inputPowerInWatts: list(integer()) }),
    ),
  }),
});

/** How warm the drives and the sensors are; what was removed is not there. */
export function temperaturesOf(array: StorageArray) {
  const sensors = ([1, 2] as const).flatMap((slot) => {
    const status = array.components.status('temperatureSensor', slot);
    const celsius = (sensorCelsius as Partial<Record<typeof status, number>>)[status];
    if (celsius === undefined) return [];
    const id = componentRef(array, 'temperatureSensor', slot);
    return [{ id, label: String(slot), currentTempInCelsius: celsius }];
  });
  const drives = array.tables.drives.toJSON().filter(({ status }) => status !== 'removed');
  return {
    driveTemperatureInfo: {
      driveTemperatureInformationData: drives.map(({ ref }) => ({
        id: ref,
        currentTempInCelsius: driveTemperature.currentTemp,
        referenceTempInCelsius: driveTemperature.refTemp,
      })),
    },
    enclosureTemperatureInfo: { thermalSensorInfoData: sensors },
  };
}

/** What a tray takes through each of its power supplies: those that work share the load. */
function trayPower(array: StorageArray, tray: TrayRecord, hasControllers: boolean) {
  const drives = array.tables.drives
    .toJSON()
    .filter(({ trayRef, status }) => trayRef === tray.ref && status !== 'removed');
  const controllers = hasControllers ? array.controllers.list().filter(({ status }) => status !== 'removed').length : 0;
  const load = watts.tray + controllers * watts.controller + drives.reduce((sum, { media }) => sum + watts[media], 0);
  const supplies = ([1, 2] as const).map(
    (slot) => !hasControllers || array.components.status('powerSupply', slot) === 'optimal',
  );
  const working = supplies.filter(Boolean).length;
  return {
    trayId: tray.trayId,
    numberOfPowerSupplies: supplies.length,
    inputPowerInWatts: supplies.map((works) => (works ? Math.round(load / working) : 0)),
  };
}

/** What all trays take, and each of them. */
export function powerInputOf(array: StorageArray) {
  const trays = array.tables.trays.toJSON().map((tray, index) => trayPower(array, tray, index === 0));
  const total = trays.flatMap(({ inputPowerInWatts }) => inputPowerInWatts).reduce((sum, each) => sum + each, 0);
  return { totalPowerInWatts: total, numberOfTrays: trays.length, trayPowerInputData: trays };
}

function powerOf(array: StorageArray) {
  return {
    collectionTimestamp: dateTime(array, array.now()),
    ...temperaturesOf(array),
    powerInputInfo: powerInputOf(array),
  };
}

/** Temperatures and power of the array's parts as they are. */
export function environmentDataRoutes(routes: Routes): void {
  routes.onArray('getStorageSystemTemperatureInformation', { response: TemperatureInformation }, ({ array }) =>
    temperaturesOf(array),
  );
  routes.onArray('getStorageSystemCurrentPowerInputData', { response: PowerInputData }, ({ array }) => powerOf(array));
  // The array keeps one collection: the one of now.
  routes.onArray('getStorageSystemHistoricalPowerInputData', { response: list(PowerInputData) }, ({ array }) => [
    powerOf(array),
  ]);
}
