import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import type { SnapshotRecord, VolumeRecord } from '../../../conformance/manager/records.js';
import { Judge } from '../../../conformance/oracle/index.js';
import { HandMade } from './hand-made.js';

let simulator: OwnSimulator;
let made: HandMade;
let judge: Judge;

beforeEach(async () => {
  simulator = await startOwnSimulator();
  made = new HandMade(simulator.admin);
  judge = new Judge(simulator.admin);
  await judge.baseline();
});

afterEach(() => simulator.close());

const findings = async () =>
  (await judge.judge(made.database)).map(({ requirement, kind, what }) => `${requirement} ${what} ${kind}`);

/** Makes the volume of a record under a label that says nothing of its id. */
async function created(record: VolumeRecord, label: string): Promise<string> {
  let ref = '';
  await judge.sightings.during({ method: 'create_volume', args: { volume: { ...record } } }, async () => {
    ref = await made.arrayVolume(label, { gib: record.size });
    return { returned: null };
  });
  return ref;
}

describe('objects under labels that only the driver understands', () => {
  it('belong to the record whose call made them', async () => {
    const [one, other] = [made.volumeRecord({ size: 1 }), made.volumeRecord({ size: 2 })];
    const ref = await created(one, 'first');
    await created(other, 'second');
    expect(await findings()).toEqual([]);
    expect(judge.sightings.volume(one.id)).toBe(ref);
    expect(judge.sightings.labelOf(other.id)).toBe('second');
  });

  it('are leaks where no record has them', async () => {
    const record = made.volumeRecord();
    await created(record, 'first');
    made.database.volumes.delete(record.id);
    expect(await findings()).toEqual(['B16 volume leaked']);
  });

  it('are missed when they are gone', async () => {
    const ref = await created(made.volumeRecord(), 'first');
    await simulator.admin.succeed('DELETE', `volumes/${ref}`);
    expect(await findings()).toEqual(['R7 volume missing']);
  });

  it('are told apart by their sizes where calls overlap', async () => {
    const [small, large] = [made.volumeRecord({ size: 1 }), made.volumeRecord({ size: 2 })];
    await Promise.all([created(large, 'a'), created(small, 'b')]);
    expect(judge.sightings.labelOf(large.id)).toBe('a');
    expect(judge.sightings.labelOf(small.id)).toBe('b');
    expect(await findings()).toEqual([]);
  });

  it('are not what another client makes meanwhile', async () => {
    const record = made.volumeRecord();
    judge.foreign(await made.arrayVolume('payroll'));
    await created(record, 'first');
    expect(judge.sightings.labelOf(record.id)).toBe('first');
    expect(await findings()).toEqual([]);
  });

  it('change places with a migration that gives the volume its name back', async () => {
    const [volume, destination] = [made.volumeRecord(), made.volumeRecord()];
    await created(volume, 'first');
    const ref = await created(destination, 'second');
    const args = { volume: { ...volume }, new_volume: { ...destination } };
    await judge.sightings.during({ method: 'update_migrated_volume', args }, async () => ({
      returned: { _name_id: null },
    }));
    expect(judge.sightings.volume(volume.id)).toBe(ref);
  });

  it('are taken over by the reference that was given', async () => {
    const ref = await made.arrayVolume('payroll');
    judge.foreign(ref);
    const record = made.volumeRecord();
    const args = { volume: { ...record }, existing_ref: { 'source-name': 'payroll' } };
    await judge.sightings.during({ method: 'manage_existing', args }, async () => ({ returned: null }));
    expect(judge.sightings.volume(record.id)).toBe(ref);
    expect(await findings()).toEqual([]);
  });

  it('are groups and images too', async () => {
    const { record, ref } = await made.volume();
    const group = made.groupRecord();
    await judge.sightings.during({ method: 'create_group', args: { group: { ...group } } }, async () => {
      await simulator.admin.succeed('POST', 'consistency-groups', { name: 'mine' });
      return { returned: null };
    });
    const snapshot: SnapshotRecord = made.snapshotRecord(record, null);
    const args = { snapshot: { ...snapshot, volume: { ...record } } };
    let image = '';
    await judge.sightings.during({ method: 'create_snapshot', args }, async () => {
      image = await made.image(await made.snapshotGroup(ref));
      return { returned: { provider_id: randomUUID() } };
    });
    expect(judge.sightings.image(snapshot.id)).toBe(image);
    expect(await findings()).toEqual([]);
  });
});
