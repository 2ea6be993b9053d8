import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Volume } from '../../driver/index.js';
import { labelOf } from '../../driver/labels.js';
import { type Backend, connectorOf, newBackend, newVolume } from './backends.js';

/** Hosts that come and go at once: what the records said when a call began is not so any more when its turn comes. */

let backend: Backend;

beforeEach(async () => {
  backend = await newBackend({ configuration: { netapp_enable_multiattach: true } });
});

afterEach(async () => {
  expect(backend.simulator.array.check()).toEqual([]);
  await backend.close();
});

const attached = (volume: Volume, ...hosts: string[]): Volume => ({
  ...volume,
  status: 'in-use',
  attach_status: 'attached',
  volume_attachment: hosts.map((host) => ({ attach_status: 'attached', connector: connectorOf(host) })),
});

const isMapped = (volume: Volume) => {
  const { array } = backend.simulator;
  return array.mappings.ofMappable(array.volumes.find(labelOf(volume.id))?.ref ?? '').length > 0;
};

const attach = (volume: Volume, host: string) => backend.driver.initializeConnection(volume, connectorOf(host));
const detach = (volume: Volume, host: string) => backend.driver.terminateConnection(volume, connectorOf(host));

async function shared(...hosts: string[]): Promise<Volume> {
  const volume = newVolume();
  await backend.driver.createVolume(volume);
  for (const host of hosts) await attach(volume, host);
  return volume;
}

describe('a shared volume', () => {
  it('is unmapped when its last hosts leave at once, each called while the other still had it', async () => {
    const volume = await shared('one', 'two');
    const given = attached(volume, 'one', 'two');
    await Promise.all([detach(given, 'one'), detach(given, 'two')]);
    expect(isMapped(volume)).toBe(false);
  });

  it('stays mapped when a host comes while the last one leaves', async () => {
    const volume = await shared('one', 'two');
    await detach(attached(volume, 'one', 'two'), 'two');
    const given = attached(volume, 'one');
    await Promise.all([attach(given, 'three'), detach(given, 'one')]);
    expect(isMapped(volume)).toBe(true);
  });

  it('stays mapped for whom is left when two others leave at once', async () => {
    const volume = await shared('one', 'two', 'three');
    const given = attached(volume, 'one', 'two', 'three');
    await Promise.all([detach(given, 'one'), detach(given, 'two')]);
    expect(isMapped(volume)).toBe(true);
    await detach(attached(volume, 'three'), 'three');
    expect(isMapped(volume)).toBe(false);
  });

  it('is unmapped when two guests of its only host leave at once', async () => {
    const volume = await shared('one');
    const given = attached(volume, 'one', 'one');
    await Promise.all([detach(given, 'one'), detach(given, 'one')]);
    expect(isMapped(volume)).toBe(false);
  });
});
