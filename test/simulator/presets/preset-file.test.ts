import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inventoryPreset } from '../../../simulator/presets/inventory.js';
import { presets } from '../../../simulator/presets/models.js';
import { parsePresetFile } from '../../../simulator/presets/preset-file.js';
import { newArray } from '../arrays.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('a preset file', () => {
  it('as the README shows it makes a sound array', () => {
    const [, example = ''] = /## A preset of one's own[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const { array } = newArray(parsePresetFile(example, 'lab.yaml'));
    expect(array.check()).toEqual([]);
    expect(array.system.label).toBe('lab');
    expect(array.volumes.find('vol_a')?.capacityBytes).toBe(10 * 2 ** 30);
  });

  it('may be JSON, and says only what differs from demo', () => {
    const preset = parsePresetFile('{"label": "j", "counters": {"snapshotSequence": 5}}', 'j.json');
    expect(preset).toMatchObject({ name: 'j.json', label: 'j', counters: { snapshotSequence: 5, event: 20_001 } });
    expect(preset.drives).toEqual(presets.demo?.drives);
  });

  it.each([
    ['', 1, 'a preset is a map of properties'],
    ['- a\n- b\n', 1, 'a preset is a map of properties'],
    ['label: a\nlable: b\n', 2, "'lable' is unknown: allowed are name, label,"],
    ['label: [a\n', 2, ''],
    ['label: a\nlabel: b\n', 2, ''],
    ['label: a\nconstructor: b\n', 2, "'constructor' is unknown"],
    ['label: a\n__proto__: [b]\n', 2, "'__proto__' is unknown"],
    ['slotsPerTray: many\n', 1, 'slotsPerTray is many: allowed is a whole number above 0'],
    ['pools:\n  - label: p\n    raidLevel: raid6\n    drives: 0\n    media: ssd\n', 4, 'pools[0].drives is 0'],
    ['pools:\n  - label: p\n', 2, "pools[0] lacks 'raidLevel'"],
    ['pools: none\n', 1, 'pools is not a list'],
    ['firmware: 11.9\n', 1, 'firmware is not a map of properties'],
    ['limits:\n  volumes: -1\n', 2, 'limits.volumes is -1'],
    ['hosts:\n  - label: h\n    ports:\n      - { type: smoke, address: a, label: l }\n', 4, 'hosts[0].ports[0].type'],
    ['label:\n', 1, 'label is'],
  ])('%j is refused at line %i', (source, line, message) => {
    let error: unknown;
    try {
      parsePresetFile(source, 'f.yaml');
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ name: 'PresetError' });
    expect((error as Error).message).toMatch(new RegExp(`^f\\.yaml:${line}: `));
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });
});

describe('an inventory', () => {
  it('has as many pools, volumes and hosts as asked for, under predictable names', () => {
    const preset = presets.demo;
    if (preset === undefined) throw new Error('no demo');
    const { array } = newArray(inventoryPreset(preset, { pools: 4, volumes: 100, hosts: 8 }));
    const { tables } = array;
    expect(tables.pools.toJSON().map((pool) => pool.label)).toEqual(['pool_01', 'pool_02', 'pool_03', 'pool_04']);
    expect(tables.volumes.toJSON().map((volume) => volume.label)).toEqual(
      Array.from({ length: 100 }, (_, index) => `volume_${String(index + 1).padStart(4, '0')}`),
    );
    expect(tables.hosts.toJSON().at(-1)?.label).toBe('host_08');
    expect(array.hosts.byAddress('iqn.1993-08.org.debian:01:host-08')?.label).toBe('host_08');
    expect(array.check()).toEqual([]);
  });

  it('may be empty, and grows with what is asked', () => {
    const preset = presets.ef600;
    if (preset === undefined) throw new Error('no ef600');
    const none = newArray(inventoryPreset(preset, { pools: 0, volumes: 5, hosts: 0 })).array;
    expect([none.tables.pools.size, none.tables.volumes.size, none.tables.hosts.size]).toEqual([0, 0, 0]);
    expect(newArray(inventoryPreset(preset, { pools: 10 })).array.tables.pools.size).toBe(10);
    expect(newArray(inventoryPreset(preset, { volumes: 3000 })).array.tables.volumes.size).toBe(3000);
  });
});
