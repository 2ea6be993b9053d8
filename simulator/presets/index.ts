import type { ArrayPreset } from '../array/preset.js';
import { demo, e2824, e5760, ef600, empty } from './models.js';

export { inventoryPreset } from './inventory.js';
export { PresetError, parsePresetFile } from './preset-file.js';

/** The arrays to start with, by name. */
export const presets: Readonly<Record<string, ArrayPreset>> = { demo, e2824, e5760, ef600, empty };
