import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nullRef } from '../../../simulator/array/refs.js';
import { gib } from '../arrays.js';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let host: string;
let volume: string;

beforeEach(async () => {
  server = newArrayServer();
  host = (await server.post('hosts', { name: 'a' })).id;
  volume = newVolume('v1');
});

afterEach(() => {
  expect(server.array.check()).toEqual([]);
});

function newVolume(label: string): string {
  return server.array.volumes.create({ label, poolRef: server.poolRef, capacityBytes: gib }).ref;
}

describe('/volume-mappings', () => {
  it('shows the access volume mapped to the default group', async () => {
    expect((await server.get('volume-mappings')).body).toEqual([
      {
        lunMappingRef: `88${nullRef.slice(2)}`,
        lun: 7,
        ssid: 16_384,
        perms: 15,
        volumeRef: server.array.mappings.accessVolumeRef,
        type: 'all',
        mapRef: nullRef,
        id: `88${nullRef.slice(2)}`,
      },
    ]);
  });

  it('maps a volume to a host, a group or the default group', async () => {
    const mapped = await server.post('volume-mappings', { mappableObjectId: volume, targetId: host, lun: 0 });
    expect(mapped).toMatchObject({
      status: 200,
      body: { lunMappingRef: mapped.id, lun: 1, ssid: 0, perms: 15, volumeRef: volume, type: 'host', mapRef: host },
    });
    expect((await server.get(`volume-mappings/${mapped.id}`)).body).toEqual(mapped.body);
    const group = await server.post('host-groups', { name: 'cluster' });
    expect(
      (await server.post('volume-mappings', { mappableObjectId: newVolume('v2'), targetId: group.id })).body,
    ).toMatchObject({ type: 'cluster', mapRef: group.id });
    expect(
      (await server.post('volume-mappings', { mappableObjectId: newVolume('v3'), targetId: null, lun: '12' })).body,
    ).toMatchObject({ type: 'all', mapRef: nullRef, lun: 12 });
  });

  it('shows in the volume at once', async () => {
    expect((await server.get(`volumes/${volume}`)).body).toMatchObject({ mapped: false, listOfMappings: [] });
    const mapped = await server.post('volume-mappings', { mappableObjectId: volume, targetId: host });
    expect((await server.get(`volumes/${volume}`)).body).toMatchObject({ mapped: true, listOfMappings: [mapped.body] });
    expect(await server.delete(`volume-mappings/${mapped.id}`)).toMatchObject({ status: 204 });
    expect((await server.get(`volumes/${volume}`)).body).toMatchObject({ mapped: false, listOfMappings: [] });
    expect(await server.delete(`volume-mappings/${mapped.id}`)).toMatchObject({ status: 404 });
  });

  it('refuses a second mapping and a LUN that is taken', async () => {
    await server.post('volume-mappings', { mappableObjectId: volume, targetId: host });
    expect(await server.post('volume-mappings', { mappableObjectId: volume, targetId: host })).toMatchObject({
      status: 422,
      body: { retcode: '128', codeType: 'symbol' },
    });
    const second = { mappableObjectId: newVolume('v2'), targetId: host, lun: 1 };
    expect(await server.post('volume-mappings', second)).toMatchObject({ status: 422, body: { retcode: '62' } });
    expect(await server.post('volume-mappings', { ...second, lun: 256 })).toMatchObject({ body: { retcode: '107' } });
  });

  it('moves a mapping; without a target to the default group', async () => {
    const mapped = await server.post('volume-mappings', { mappableObjectId: volume, targetId: host });
    const other = await server.post('hosts', { name: 'b' });
    expect((await server.post(`volume-mappings/${mapped.id}/move`, { targetId: other.id, lun: 5 })).body).toMatchObject(
      {
        id: mapped.id,
        mapRef: other.id,
        lun: 5,
      },
    );
    expect((await server.post(`volume-mappings/${mapped.id}/move`, { lun: 6 })).body).toMatchObject({
      mapRef: nullRef,
      lun: 6,
    });
  });
});

describe('/volumes/{id}/mappings', () => {
  it('maps and lists as well', async () => {
    const mapped = await server.post(`volumes/${volume}/mappings`, { targetId: host, lun: 3 });
    expect(mapped.body).toMatchObject({ volumeRef: volume, mapRef: host, lun: 3 });
    expect((await server.get(`volumes/${volume}/mappings`)).body).toEqual([mapped.body]);
  });
});

describe('symbol/moveLUNMapping', () => {
  it('answers the JSON text "ok"', async () => {
    const mapped = await server.post('volume-mappings', { mappableObjectId: volume, targetId: host });
    const group = await server.post('host-groups', { name: 'cluster' });
    const body = { lunMappingRef: mapped.id, lun: 9, mapRef: group.id };
    expect(await server.post('symbol/moveLUNMapping', body)).toMatchObject({ status: 200, body: 'ok' });
    expect((await server.get(`volume-mappings/${mapped.id}`)).body).toMatchObject({
      type: 'cluster',
      mapRef: group.id,
      lun: 9,
    });
  });

  it('refuses a target that is none', async () => {
    const mapped = await server.post('volume-mappings', { mappableObjectId: volume, targetId: host });
    const body = { lunMappingRef: mapped.id, lun: 9, mapRef: `84${'1'.repeat(38)}` };
    expect(await server.post('symbol/moveLUNMapping?verboseErrorResponse=true', body)).toMatchObject({
      status: 422,
      body: { retcode: '59', codeType: 'symbol' },
    });
  });
});
