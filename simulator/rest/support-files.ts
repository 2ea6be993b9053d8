import type { StorageArray } from '../array/storage-array.js';
import { tarGz } from './archive.js';
import { driveView } from './objects/drives.js';
import { eventView } from './objects/events.js';
import { poolView } from './objects/pools.js';
import { volumeView } from './objects/volumes.js';

/** The kinds of files that support asks for. */
export type SupportFile = 'deviceProfile' | 'firmwareInventory' | 'events' | 'databaseRecords' | 'statistics';

/** What a file of the array's present state says. No secret is in any. */
export function supportText(array: StorageArray, file: SupportFile): string {
  return texts[file](array);
}

/** An archive of such files, as `tar -xz` reads it. */
export function supportArchive(array: StorageArray, files: readonly SupportFile[]): Buffer {
  const timeMs = array.now();
  return tarGz(
    files.map((file) => ({ name: `${file}.${extension(file)}`, content: supportText(array, file), timeMs })),
  );
}

function extension(file: SupportFile): string {
  return file === 'databaseRecords' || file === 'statistics' ? 'json' : 'txt';
}

const texts: Readonly<Record<SupportFile, (array: StorageArray) => string>> = {
  deviceProfile: (array) =>
    lines([
      ['PROFILE FOR STORAGE ARRAY', array.system.label],
      ['Model', array.system.model],
      ['Chassis serial number', array.system.chassisSerialNumber],
      ['World-wide identifier', array.system.wwn],
      ...firmwareOf(array),
      ...array.controllers
        .list()
        .map(({ label, serialNumber, status }): Line => [`Controller ${label}`, `${serialNumber}, ${status}`]),
      ...array.tables.pools
        .toJSON()
        .map(
          (pool): Line => [
            `Storage pool ${pool.label}`,
            `${pool.raidLevel}, ${pool.usedBytes} of ${pool.totalBytes} bytes`,
          ],
        ),
      ...array.tables.volumes
        .toJSON()
        .map((volume): Line => [`Volume ${volume.label}`, `${volume.capacityBytes} bytes, ${volume.status}`]),
      ...array.tables.hosts.toJSON().map(({ label, ref }): Line => [`Host ${label}`, ref]),
    ]),
  firmwareInventory: (array) =>
    lines([
      ...firmwareOf(array),
      ...array.tables.drives
        .toJSON()
        .map(
          (drive): Line => [
            `Drive ${array.drives.location(drive)}`,
            `${drive.productId.trim()} ${drive.firmwareVersion}`,
          ],
        ),
    ]),
  events: (array) =>
    array.tables.events
      .toJSON()
      .map(({ sequence, timeMs, priority, description }) => `${sequence} ${timeMs} ${priority} ${description}\n`)
      .join(''),
  databaseRecords: (array) =>
    json({
      drives: array.tables.drives.toJSON().map(driveView),
      pools: array.tables.pools.toJSON().map((pool) => poolView(array, pool)),
      volumes: array.tables.volumes.toJSON().map((volume) => volumeView(array, volume)),
      events: array.tables.events.toJSON().map(eventView),
    }),
  statistics: (array) => {
    const { timeMs, volumes, drives, controllers } = array.statistics.live();
    return json({
      timeMs,
      volumes: Object.fromEntries(volumes),
      drives: Object.fromEntries(drives),
      controllers: Object.fromEntries(controllers),
    });
  },
};

type Line = readonly [name: string, value: string];

function firmwareOf({ system: { firmware } }: StorageArray): Line[] {
  return [
    ['Firmware', firmware.bundle],
    ['NVSRAM', firmware.nvsram],
    ['Management software', firmware.management],
  ];
}

function lines(rows: readonly Line[]): string {
  return rows.map(([name, value]) => `${name}: ${value}\n`).join('');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
