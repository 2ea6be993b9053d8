import { ArrayError } from '../array/errors.js';
import { powerInputOf, temperaturesOf } from './environment-data.js';
import type { Routes } from './route.js';
import { integer, object, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

/** Procedures about trays, their temperatures and their power. */
export function enclosureRoutes(routes: Routes): void {
  onSymbol(routes, 'updateTray', { body: object({ ref: text(), trayID: integer() }) }, ({ array, body }) => {
    const tray = array.tables.trays.get(body.ref.toUpperCase());
    if (tray === undefined) throw new ArrayError('invalidTrayref', `There is no tray '${body.ref}'.`, 'ref');
    if (body.trayID < 0 || body.trayID > 99)
      throw new ArrayError('illegalParam', `The trayID is ${body.trayID}: allowed are 0 to 99.`, 'trayID');
    array.transact(() => array.tables.trays.patch(tray.ref, { trayId: body.trayID }));
  });
  onSymbol(routes, 'pingController', { reads: true }, () => undefined);
  onSymbol(routes, 'getEnclosureTemperatures', { reads: true }, ({ array }) => ({
    returnCode: 'ok',
    thermalSensorData: temperaturesOf(array).enclosureTemperatureInfo.thermalSensorInfoData.map(
      ({ id, currentTempInCelsius }) => ({ thermalSensorRef: id, currentTemp: currentTempInCelsius }),
    ),
  }));
  onSymbol(routes, 'getEnergyStarData', { reads: true }, ({ array }) => {
    const { totalPowerInWatts, numberOfTrays, trayPowerInputData } = powerInputOf(array);
    return {
      returnCode: 'ok',
      energyStarData: {
        totalPower: totalPowerInWatts,
        numberOfTrays,
        trayPower: trayPowerInputData.map(({ trayId, numberOfPowerSupplies, inputPowerInWatts }) => ({
          trayID: trayId,
          numberOfPowerSupplies,
          inputPower: inputPowerInWatts,
        })),
      },
    };
  });
}
