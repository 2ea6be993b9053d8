import { beforeEach, describe, expect, it } from 'vitest';
import { newServer, type TestServer } from '../servers.js';

const nullRef = '0'.repeat(40);

describe('what a Cinder driver sends', () => {
  let server: TestServer;
  let poolId: string;

  beforeEach(async () => {
    server = await newServer();
    poolId = (await server.ask('GET', 'ssc/pools')).body[0].poolId;
  });

  async function sscVolume(name: string, size = 1) {
    const { status, body } = await server.ask('POST', 'ssc/volumes', {
      poolId,
      name,
      sizeUnit: 'gb',
      size,
      dataAssuranceEnable: null,
      flashCacheEnable: null,
      readCacheEnable: null,
      writeCacheEnable: null,
      thinProvision: null,
    });
    expect(status).toBe(200);
    return body;
  }

  it('sets up: about, systems, stored password', async () => {
    const about = (await server.ask('GET', '/devmgr/utils/about', undefined, {})).body;
    expect(about.runningAsProxy).toBe(false);
    expect(about.version.split('.').map(Number)).toHaveLength(4);
    const [system] = (await server.ask('GET', '/devmgr/v2/storage-systems')).body;
    expect(system).toMatchObject({ id: '1', status: 'optimal', passwordStatus: 'valid' });
    expect((await server.ask('GET', `/devmgr/v2/storage-systems/${system.wwn.toLowerCase()}/`)).body.id).toBe('1');
    expect((await server.ask('POST', '/devmgr/v2/storage-systems/1', { storedPassword: null })).status).toBe(200);
    const wrong = await server.ask('POST', '/devmgr/v2/storage-systems/1', { storedPassword: 'nonsense' });
    expect([wrong.status, wrong.body.retcode]).toEqual([422, '30']);
  });

  it('makes a volume with explicit nulls and finds it by reference, label and WWN in any case', async () => {
    const volume = await sscVolume('CFDXJ67BLJH25DXCZFZD4NSF54');
    for (const id of [volume.id, volume.label, volume.wwn, volume.id.toLowerCase(), volume.wwn.toLowerCase()]) {
      expect((await server.ask('GET', `ssc/volumes/${id}`)).body.volumeRef).toBe(volume.id);
    }
    expect((await server.ask('GET', 'ssc/volumes/none')).status).toBe(404);
    expect(volume).toMatchObject({
      capacity: '1073741824',
      objectType: 'volume',
      listOfMappings: [],
      volumeRef: `02000000${volume.wwn}`,
    });
    expect((await server.ask('POST', `ssc/volumes/${volume.id}`, { name: 'managed' })).body.label).toBe('managed');
  });

  it('refuses a second volume of the same name and keeps nothing of it', async () => {
    await sscVolume('twice');
    const again = await server.ask('POST', 'ssc/volumes', { poolId, name: 'twice', sizeUnit: 'gb', size: 1 });
    expect([again.status, again.body.codeType]).toEqual([422, 'symbol']);
    expect((await server.ask('GET', 'ssc/volumes')).body).toHaveLength(1);
  });

  it('makes a thin volume and expands it with both sizes the same', async () => {
    const { body } = await server.ask('POST', 'ssc/volumes', {
      poolId,
      name: 'thin',
      sizeUnit: 'gb',
      size: 8,
      thinProvision: true,
    });
    expect(body).toMatchObject({ objectType: 'thinVolume', thinProvisioned: true, capacity: String(8 * 2 ** 30) });
    const grown = await server.ask('POST', `thin-volumes/${body.id}/expand`, {
      newVirtualSize: 10,
      newRepositorySize: 10,
      sizeUnit: 'gb',
    });
    expect([grown.status, grown.body.capacity]).toEqual([200, String(10 * 2 ** 30)]);
  });

  it('attaches: host with the whole host type, mapping with a LUN, move by SYMbol', async () => {
    const volume = await sscVolume('attached');
    const types = (await server.ask('GET', 'host-types')).body;
    const hostType = types.find((type: { code: string }) => type.code === 'LnxALUA');
    expect(hostType.name).toBe('LnxALUA');
    const host = (
      await server.ask('POST', 'hosts', {
        name: 'NQ5GX6XWRZBQLHPVQMDQYH5YGE',
        hostType,
        groupId: null,
        ports: [{ type: 'iscsi', port: 'iqn.1994-05.com.example:node1', label: 'T6ZXR6RYVZGH3JTNG2PIOFKZFI' }],
      })
    ).body;
    expect(host).toMatchObject({
      clusterRef: nullRef,
      hostTypeIndex: 7,
      hostSidePorts: [{ type: 'iscsi', address: 'iqn.1994-05.com.example:node1' }],
    });
    const mapping = await server.ask('POST', 'volume-mappings', {
      mappableObjectId: volume.id,
      targetId: host.hostRef,
      lun: 17,
    });
    expect(mapping).toMatchObject({
      status: 200,
      body: { lun: 17, mapRef: host.hostRef, volumeRef: volume.id, type: 'host' },
    });
    const group = await server.ask('POST', 'host-groups', { name: 'cinder-multi-attach' });
    expect(group.status).toBe(201);
    const moved = await server.ask('POST', 'symbol/moveLUNMapping', {
      lunMappingRef: mapping.body.lunMappingRef,
      lun: 3,
      mapRef: group.body.clusterRef,
    });
    expect([moved.status, moved.body]).toEqual([200, 'ok']);
    expect((await server.ask('GET', `ssc/volumes/${volume.id}`)).body.listOfMappings).toMatchObject([
      { lun: 3, mapRef: group.body.clusterRef, type: 'cluster' },
    ]);
    expect(
      (await server.ask('POST', `hosts/${host.hostRef}`, { groupId: group.body.clusterRef })).body.clusterRef,
    ).toBe(group.body.clusterRef);
    expect((await server.ask('POST', `hosts/${host.hostRef}`, { groupId: nullRef })).body.clusterRef).toBe(nullRef);
    expect((await server.ask('DELETE', `volume-mappings/${mapping.body.lunMappingRef}`)).status).toBe(204);
  });

  it('clones: snapshot group, image, read-only view, copy to a larger volume, and cleans up', async () => {
    const source = await sscVolume('source');
    await server.control('PUT', `/arrays/1/volumes/${source.id}/blocks?offset=4096`, {
      base64: Buffer.from('hello').toString('base64'),
    });
    const target = await sscVolume('target', 2);
    const group = (
      await server.ask('POST', 'snapshot-groups', {
        baseMappableObjectId: source.id,
        name: 'group',
        storagePoolId: null,
        repositoryPercentage: 20.0,
        warningThreshold: 99,
        autoDeleteLimit: 0,
        fullPolicy: 'failbasewrites',
      })
    ).body;
    const image = (await server.ask('POST', 'snapshot-images', { groupId: group.id })).body;
    expect(image).toMatchObject({ pitSequenceNumber: '8000', consistencyGroupId: null, pitGroupRef: group.id });
    const view = (
      await server.ask('POST', 'snapshot-volumes', {
        snapshotImageId: image.pitRef,
        fullThreshold: 99,
        storagePoolId: null,
        name: 'view',
        viewMode: 'readOnly',
        repositoryPercentage: 99,
        baseMappableObjectId: source.id,
        repositoryPoolId: null,
      })
    ).body;
    const job = await server.ask('POST', 'volume-copy-jobs', {
      sourceId: view.id,
      targetId: target.id,
      copyPriority: 'priority4',
      targetWriteProtected: 'true',
    });
    expect(job.status).toBe(200);
    expect((await server.ask('GET', `volume-copy-jobs/${job.body.volcopyRef}`)).body.status).toBe('complete');
    const refused = await server.control('PUT', `/arrays/1/volumes/${target.id}/blocks`, { base64: 'AAAA' });
    expect(refused.status).toBe(422);
    expect((await server.ask('DELETE', `volume-copy-jobs/${job.body.volcopyRef}`)).status).toBe(204);
    expect((await server.ask('DELETE', `snapshot-volumes/${view.id}`)).status).toBe(204);
    const bytes = await server.control('GET', `/arrays/1/volumes/${target.id}/blocks?offset=4096&length=5&format=json`);
    expect(Buffer.from(bytes.body.base64, 'base64').toString()).toBe('hello');
    expect((await server.ask('DELETE', `snapshot-groups/${group.id}`)).status).toBe(204);
    expect((await server.ask('GET', 'repositories/concat')).body).toEqual([]);
  });

  it('refuses to delete an image that is not the oldest, and allows 32 images in each of 4 groups', async () => {
    const volume = await sscVolume('base');
    for (let number = 0; number < 4; number++)
      await server.ask('POST', 'snapshot-groups', {
        baseMappableObjectId: volume.id,
        name: `g${number}`,
        repositoryPercentage: 20,
      });
    const fifth = await server.ask('POST', 'snapshot-groups', {
      baseMappableObjectId: volume.id,
      name: 'g4',
      repositoryPercentage: 20,
    });
    expect([fifth.status, fifth.body.retcode]).toEqual([422, '475']);
    const [group] = (await server.ask('GET', 'snapshot-groups')).body;
    const images = [];
    for (let number = 0; number < 32; number++)
      images.push((await server.ask('POST', 'snapshot-images', { groupId: group.id })).body);
    expect((await server.ask('POST', 'snapshot-images', { groupId: group.id })).body.retcode).toBe('473');
    expect((await server.ask('DELETE', `snapshot-images/${images[1].id}`)).body.retcode).toBe('482');
    expect((await server.ask('DELETE', `snapshot-images/${images[0].id}`)).status).toBe(204);
    expect((await server.ask('GET', `snapshot-groups/${group.id}`)).body.snapshotCount).toBe(31);
  });

  it('keeps consistency groups: members, a snapshot without a body, a view with a trailing slash, deletion in any order', async () => {
    const volumes = [await sscVolume('one'), await sscVolume('two')];
    const group = (
      await server.ask('POST', 'consistency-groups', {
        name: 'CG',
        fullWarnThresholdPercent: 75,
        repositoryFullPolicy: 'failbasewrites',
        autoDeleteThreshold: 0,
        rollbackPriority: 'medium',
      })
    ).body;
    for (const volume of volumes)
      await server.ask('POST', `consistency-groups/${group.id}/member-volumes`, {
        volumeId: volume.id,
        repositoryPercent: 20.0,
      });
    const images = (await server.ask('POST', `consistency-groups/${group.id}/snapshots`)).body;
    expect(images).toHaveLength(2);
    expect(new Set(images.map((image: { pitSequenceNumber: string }) => image.pitSequenceNumber)).size).toBe(1);
    const view = await server.ask('POST', `consistency-groups/${group.id}/views/`, {
      name: 'CGVIEW',
      accessMode: 'readOnly',
      pitId: images[0].id,
    });
    expect(view.status).toBe(200);
    const members = (await server.ask('GET', `consistency-groups/${group.id}/views/${view.body.cgViewRef}/views`)).body;
    expect(members).toMatchObject([
      {
        basePIT: images[0].id,
        label: 'CGVIEW:one',
        membership: { viewType: 'member', cgViewRef: view.body.cgViewRef },
      },
    ]);
    expect((await server.ask('DELETE', `snapshot-volumes/${members[0].id}`)).status).toBe(204);
    for (const volume of volumes) expect((await server.ask('DELETE', `ssc/volumes/${volume.id}`)).status).toBe(204);
    expect((await server.ask('DELETE', `consistency-groups/${group.id}`)).status).toBe(204);
    expect((await server.control('POST', '/arrays/1/check')).body).toEqual({ ok: true, problems: [] });
  });

  it('keeps its own records', async () => {
    expect((await server.ask('GET', 'persistent-records/cinder-snapshots')).status).toBe(404);
    await server.ask('POST', 'persistent-records/', { key: 'cinder-snapshots', value: '{"33":"2"}' });
    expect((await server.ask('GET', 'persistent-records/cinder-snapshots')).body).toEqual({
      key: 'cinder-snapshots',
      value: '{"33":"2"}',
    });
    expect((await server.ask('POST', 'key-values/asup', JSON.stringify(JSON.stringify({ a: 1 })))).status).toBe(200);
    expect((await server.ask('POST', 'counters/heartbeat/setCounter?value=1')).status).toBe(200);
  });

  it('turns CHAP on for the target with undocumented fields', async () => {
    const { status, body } = await server.ask('POST', 'iscsi/target-settings/', {
      iqn: 'iqn.x',
      enableChapAuthentication: true,
      alias: 'eserieschapuser',
      authMethod: 'chap',
      chapSecret: 'Xk7abcdefgh12345',
    });
    expect([status, body.authMethod]).toEqual([200, 'chap']);
    expect((await server.ask('GET', 'iscsi/target-settings')).body.configuredAuthMethods.authMethodData).toEqual([
      { authMethod: 'chap', chapSecret: null },
    ]);
  });

  it('sees an expansion on a volume group as remappingDve until it is done', async () => {
    await server.control('POST', '/arrays/1/jobs/progression', { progression: 'timed' });
    const group = (await server.ask('GET', 'storage-pools')).body[1];
    const { body: volume } = await server.ask('POST', 'volumes', {
      poolId: group.id,
      name: 'grow',
      sizeUnit: 'gb',
      size: 1,
      segSize: 0,
    });
    server.clock.advance(60_000);
    expect((await server.ask('POST', `volumes/${volume.id}/expand`, { expansionSize: 3, sizeUnit: 'gb' })).status).toBe(
      200,
    );
    const progress = (await server.ask('GET', `storage-pools/${group.id}/action-progress`)).body;
    expect(progress).toMatchObject([{ volumeRef: volume.id, currentAction: 'remappingDve' }]);
    expect(
      (await server.ask('POST', `volumes/${volume.id}/expand`, { expansionSize: 4, sizeUnit: 'gb' })).body.retcode,
    ).toBe('11');
    server.clock.advance(60_000);
    expect((await server.ask('GET', `storage-pools/${group.id}/action-progress`)).body).toEqual([]);
    expect((await server.ask('GET', `volumes/${volume.id}`)).body).toMatchObject({
      action: 'none',
      increasingBy: '0',
      capacity: String(3 * 2 ** 30),
    });
  });
});
