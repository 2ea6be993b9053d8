export { inventoryPreset } from './inventory.js';
export { presets } from './models.js';
export { PresetError, parsePresetFile } from './preset-file.js';
