import type { Clock } from './array/clock.js';
import { parseProgression } from './array/jobs.js';
import type { ArrayPreset } from './array/preset.js';
import { StorageArray } from './array/storage-array.js';
import type { StorageSystem } from './array/storage-systems.js';
import { OptionError, type SimulatorOptions } from './options.js';
import { firmwareReleases, withFirmware } from './presets/firmware.js';
import { inventoryPreset } from './presets/inventory.js';
import { presets } from './presets/models.js';

/** The storage system that a simulator starts with. Throws OptionError for an unknown preset. */
export function initialSystem(options: SimulatorOptions, clock: Clock, password: string): StorageSystem {
  const named = options.preset ?? 'demo';
  const base = typeof named === 'string' ? presetByName(named) : named;
  const preset = inventoryPreset(released(base, options.firmware), options);
  const array = new StorageArray({ preset, seed: options.seed ?? 0, clock });
  if (password !== 'admin') array.passwords.set('admin', password);
  if (options.jobs !== undefined) array.jobs.setProgression(parseProgression(options.jobs));
  const { statisticsIntervalSeconds: interval } = options;
  if (interval !== undefined) {
    if (!Number.isInteger(interval) || interval < 1 || interval > 86_400)
      throw new OptionError(
        `the statistics interval is ${interval} seconds: allowed are whole numbers from 1 to 86400`,
      );
    array.statistics.collectEvery(interval);
  }
  array.setResetBaseline();
  const controllerAddresses = [
    '127.0.0.1',
    'localhost',
    ...array.controllers.list().map((controller) => controller.managementAddress),
  ];
  return { id: '1', array, online: true, controllerAddresses, tags: [] };
}

function released(preset: ArrayPreset, release: string | undefined): ArrayPreset {
  if (release === undefined) return preset;
  const changed = withFirmware(preset, release);
  if (changed === undefined)
    throw new OptionError(`--firmware ${release} is unknown: allowed are ${firmwareReleases.join(', ')}`);
  return changed;
}

function presetByName(name: string): ArrayPreset {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined)
    throw new OptionError(`--preset ${name} is unknown: allowed are ${Object.keys(presets).join(', ')} or a file`);
  return preset;
}
