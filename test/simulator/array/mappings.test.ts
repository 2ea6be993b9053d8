import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessVolumeHandle, accessVolumeLun } from '../../../simulator/array/mappings.js';
import { nullRef } from '../../../simulator/array/refs.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, type TestArray } from '../arrays.js';

let array: StorageArray;
let test: TestArray;

beforeEach(() => {
  test = newArray();
  array = test.array;
});

afterEach(() => expect(array.check()).toEqual([]));

function newHost(label: string, groupRef: string | null = null): string {
  return array.hosts.create({ label, hostTypeIndex: 28, groupRef, ports: [] }).ref;
}

let count = 0;
function newVolume(): string {
  return array.volumes.create({ label: `v${count++}`, poolRef: test.poolRef, capacityBytes: gib }).ref;
}

describe('LUN mappings', () => {
  it('get the next free LUN from 1 on, passing over that of the access volume', () => {
    const host = newHost('a');
    const luns = Array.from(
      { length: 8 },
      () => array.mappings.create({ mappableRef: newVolume(), targetRef: host }).lun,
    );
    expect(luns).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
  });

  it('count 0 as a LUN that is not chosen', () => {
    const mapping = array.mappings.create({ mappableRef: newVolume(), targetRef: newHost('a'), lun: 0 });
    expect(mapping.lun).toBe(1);
  });

  it('have a reference with their number in little-endian order', () => {
    const host = newHost('a');
    const refs = [1, 2].map(() => array.mappings.create({ mappableRef: newVolume(), targetRef: host }).ref);
    expect(refs).toEqual([`8800000001000000${nullRef.slice(16)}`, `8800000002000000${nullRef.slice(16)}`]);
  });

  it('exist once for each volume', () => {
    const volume = newVolume();
    array.mappings.create({ mappableRef: volume, targetRef: newHost('a') });
    expect(() => array.mappings.create({ mappableRef: volume, targetRef: newHost('b') })).toThrowError(
      expect.objectContaining({ returnCode: 'duplicateVolMapping', retcode: '128' }),
    );
  });

  it('collide on a host, and with those of its group', () => {
    const group = array.hostGroups.create('cluster').ref;
    const [a, b] = [newHost('a', group), newHost('b', group)];
    array.mappings.create({ mappableRef: newVolume(), targetRef: a, lun: 3 });
    const collision = expect.objectContaining({ returnCode: 'partLunCollision', retcode: '62', field: 'lun' });
    expect(() => array.mappings.create({ mappableRef: newVolume(), targetRef: a, lun: 3 })).toThrowError(collision);
    expect(() => array.mappings.create({ mappableRef: newVolume(), targetRef: group, lun: 3 })).toThrowError(collision);
    array.mappings.create({ mappableRef: newVolume(), targetRef: b, lun: 3 });
    expect(array.mappings.create({ mappableRef: newVolume(), targetRef: group }).lun).toBe(1);
    expect(array.mappings.create({ mappableRef: newVolume(), targetRef: a }).lun).toBe(2);
  });

  it('keep a host out of a group that uses the same LUN', () => {
    const group = array.hostGroups.create('cluster').ref;
    const host = newHost('a');
    array.mappings.create({ mappableRef: newVolume(), targetRef: host, lun: 5 });
    array.mappings.create({ mappableRef: newVolume(), targetRef: group, lun: 5 });
    expect(() => array.hosts.move(host, group)).toThrowError(
      expect.objectContaining({ returnCode: 'partLunCollision' }),
    );
    expect(() => array.hostGroups.update(group, { addHostRefs: [host] })).toThrow();
    expect(array.hosts.require(host).groupRef).toBeNull();
  });

  it.each([-1, 256, 1.5])('refuse LUN %d', (lun) => {
    expect(() => array.mappings.create({ mappableRef: newVolume(), targetRef: newHost('a'), lun })).toThrowError(
      expect.objectContaining({ returnCode: 'invalidLun', retcode: '107' }),
    );
  });

  it('are 255 at most for a host when LUN 0 is left out', () => {
    const host = newHost('a');
    const luns = Array.from(
      { length: 255 },
      () => array.mappings.create({ mappableRef: newVolume(), targetRef: host }).lun,
    );
    expect(luns.at(-1)).toBe(accessVolumeLun);
    expect(() => array.mappings.create({ mappableRef: newVolume(), targetRef: host })).toThrowError(
      expect.objectContaining({ returnCode: 'maxVolMappingExceeded' }),
    );
  });

  it('move to another target, keeping the LUN only if told to', () => {
    const [a, b] = [newHost('a'), newHost('b')];
    array.mappings.create({ mappableRef: newVolume(), targetRef: b, lun: 1 });
    const mapping = array.mappings.create({ mappableRef: newVolume(), targetRef: a, lun: 1 });
    expect(() => array.mappings.move(mapping.ref, { targetRef: b, lun: 1 })).toThrowError(
      expect.objectContaining({ returnCode: 'partLunCollision' }),
    );
    expect(array.mappings.move(mapping.ref, { targetRef: b })).toMatchObject({
      ref: mapping.ref,
      targetRef: b,
      lun: 2,
    });
    expect(array.mappings.move(mapping.ref, { targetRef: b })).toMatchObject({ lun: 2 });
    expect(array.mappings.move(mapping.ref, { targetRef: null, lun: 9 })).toMatchObject({ targetRef: null, lun: 9 });
  });

  it('need a target and something to map', () => {
    expect(() => array.mappings.create({ mappableRef: newVolume(), targetRef: `84${'1'.repeat(38)}` })).toThrowError(
      expect.objectContaining({ returnCode: 'partNodeNonexistent', field: 'targetId' }),
    );
    expect(() => array.mappings.create({ mappableRef: `02${'1'.repeat(38)}`, targetRef: null })).toThrowError(
      expect.objectContaining({ returnCode: 'partVolumeNonexistent' }),
    );
    const member = array.volumes.createMember({ label: 'repos_9999', poolRef: test.poolRef, capacityBytes: 4 * gib });
    expect(() => array.mappings.create({ mappableRef: member.ref, targetRef: null })).toThrowError(
      expect.objectContaining({ returnCode: 'cannotMapVolume' }),
    );
    expect(() => array.mappings.delete(`88${'1'.repeat(38)}`)).toThrowError(
      expect.objectContaining({ returnCode: 'partMappingNonexistent' }),
    );
    array.transact(() => array.volumes.releaseMember(member.ref, false));
  });

  it('know what can be mapped by reference, label or WWN', () => {
    const volume = array.volumes.require(newVolume());
    const { ref, label, wwn, handle, capacityBytes } = volume;
    const expected = { ref, label, wwn, handle, capacityBytes, kind: 'volume' };
    for (const id of [ref.toLowerCase(), label, wwn]) expect(array.mappings.mappable(id)).toEqual(expected);
    expect(array.mappings.mappable(array.mappings.accessVolumeRef)).toMatchObject({ kind: 'accessVolume' });
    const thin = array.thinVolumes.create({
      label: 'thin',
      poolRef: test.poolRef,
      virtualBytes: 100 * gib,
      repositoryBytes: 4 * gib,
    });
    expect(array.mappings.mappable('thin')).toMatchObject({
      ref: thin.ref,
      kind: 'thinVolume',
      capacityBytes: 100 * gib,
    });
  });

  it('renew the record of the volume, so that what shows of it is renewed', () => {
    const volume = newVolume();
    const before = array.volumes.require(volume);
    const mapping = array.mappings.create({ mappableRef: volume, targetRef: null });
    const mapped = array.volumes.require(volume);
    expect(mapped).not.toBe(before);
    array.mappings.delete(mapping.ref);
    expect(array.volumes.require(volume)).not.toBe(mapped);
  });

  it('go with their volume', () => {
    const volume = newVolume();
    array.mappings.create({ mappableRef: volume, targetRef: newHost('a') });
    array.volumes.delete(volume);
    expect(array.tables.mappings.size).toBe(1);
  });

  it('map the access volume to the default group as LUN 7, and to hosts on demand', () => {
    const { accessVolumeRef } = array.mappings;
    expect(array.mappings.ofTarget(null)).toMatchObject([
      { ref: `88${nullRef.slice(2)}`, mappableRef: accessVolumeRef, lun: accessVolumeLun, ssid: accessVolumeHandle },
    ]);
    const host = newHost('a');
    array.mappings.create({ mappableRef: accessVolumeRef, targetRef: host, lun: 7 });
    expect(() => array.mappings.create({ mappableRef: accessVolumeRef, targetRef: host })).toThrowError(
      expect.objectContaining({ returnCode: 'duplicateVolMapping' }),
    );
    expect(array.mappings.ofMappable(accessVolumeRef)).toHaveLength(2);
  });

  it('show the default group to a host that has none of its own', () => {
    const group = array.hostGroups.create('cluster').ref;
    const host = newHost('a', group);
    const shared = array.mappings.create({ mappableRef: newVolume(), targetRef: null });
    expect(array.mappings.visibleTo(host)).toContainEqual(shared);
    const ofGroup = array.mappings.create({ mappableRef: newVolume(), targetRef: group });
    const own = array.mappings.create({ mappableRef: newVolume(), targetRef: host });
    expect(array.mappings.visibleTo(host)).toEqual([own, ofGroup]);
  });

  it('cost the same for the last of thousands as for the first', () => {
    const hosts = Array.from({ length: 40 }, (_, index) => newHost(`h${index}`));
    const volumes = Array.from({ length: 4000 }, newVolume);
    const map = (from: number, to: number) => {
      const start = process.hrtime.bigint();
      for (let i = from; i < to; i++)
        array.mappings.create({ mappableRef: volumes[i] ?? '', targetRef: hosts[i % hosts.length] ?? '' });
      return Number(process.hrtime.bigint() - start);
    };
    const first = map(0, 1000);
    map(1000, 3000);
    expect(map(3000, 4000)).toBeLessThan(first * 8);
  });
});
