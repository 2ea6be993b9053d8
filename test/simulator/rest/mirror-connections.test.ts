import { beforeEach, describe, expect, it } from 'vitest';
import { newArray } from '../arrays.js';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let far: ReturnType<typeof newArray>;
let groupRef: string;

beforeEach(() => {
  server = newArrayServer();
  far = newArray({ seed: 2 });
  server.array.addPeerLookup((wwn) => (wwn === far.array.system.wwn ? far.array : undefined));
  far.array.addPeerLookup((wwn) => (wwn === server.array.system.wwn ? server.array : undefined));
  groupRef = server.array.asyncMirrorGroups.create({ label: 'amg', peerWwn: far.array.system.wwn }).ref;
});

describe('the connections of a mirror group', () => {
  it('join the ports of both arrays that are up', async () => {
    const ports = server.array.iscsiTarget.ports();
    const all = await server.get('async-mirrors/connections');
    expect(all.body).toMatchObject([{ amgRef: groupRef }]);
    const [down] = server.array.controllers.list();
    server.array.controllers.setStatus(down?.ref ?? '', 'failed');
    const { body } = await server.get(`async-mirrors/${groupRef}/connections`);
    const { connections } = body as { connections: { controller: string; remotePortName: string }[] };
    expect(connections).toHaveLength(ports.filter(({ controllerRef }) => controllerRef !== down?.ref).length);
    expect(connections[0]?.remotePortName).toBe(far.array.iscsiTarget.record.iqn);
    expect((await server.get('async-mirrors/none/connections')).status).toBe(404);
  });

  it('are tested from each controller, as fast as their ports', async () => {
    const path = `async-mirrors/${groupRef}/test`;
    expect((await server.post(path, {})).body).toMatchObject([
      { successful: true, testType: 'basicConnectivityTest', latTestResult: null, bwTestResult: null },
      { successful: true },
    ]);
    const fast = await server.post(path, { requestedTestType: 'linkBandwidthTest', timeout: 9 });
    const [port] = server.array.iscsiTarget.ports();
    const bits = String(Number(/\d+/.exec(port?.speed ?? '')) * 1e9);
    expect(fast.body).toMatchObject([{ timeout: 9, bwTestResult: { negotiatedLinkSpeedBitsPerSecond: bits } }, {}]);
    far.array.transact(() => {
      for (const { ref } of far.array.iscsiTarget.ports())
        far.array.tables.iscsiPorts.patch(ref, { linkStatus: 'down' });
    });
    expect((await server.post(path, {})).body).toMatchObject([{ successful: false }, { successful: false }]);
    expect((await server.post(path, { requestedTestType: 'connectivityTestUnknown' })).status).toBe(422);
    expect((await server.post('async-mirrors/none/test', {})).status).toBe(404);
  });

  it('are never incomplete, and have no failure to clear while all is well', async () => {
    expect((await server.get(`async-mirrors/incomplete-pairs/${groupRef}`)).body).toEqual([]);
    expect((await server.post('async-mirrors/incomplete-pairs/x', { secondaryVolumeRef: 'v' })).status).toBe(404);
    expect((await server.delete('async-mirrors/incomplete-pairs/x')).status).toBe(404);
    expect((await server.post(`async-mirrors/${groupRef}/clear-recovery-failure`)).status).toBe(422);
    expect((await server.post('async-mirrors/pairs/x/clear-recovery-failure')).status).toBe(404);
    const fault = { asyncMirrorGroupId: groupRef, recoveryFailureType: 'arvmFailedMirror' };
    expect((await server.post('failures/clear-async-mirror-group-fault-indication', fault)).status).toBe(422);
    const ofMember = { asyncMirrorGroupMemberId: 'x', recoveryFailureType: 'arvmFailedMirror' };
    expect((await server.post('failures/clear-async-mirror-group-member-fault-indication', ofMember)).status).toBe(404);
    expect((await server.post('failures/clear-directory-services-config-error', { domain: 'd' })).status).toBe(422);
    expect((await server.post('failures/clear-directory-services-config-error', {})).status).toBe(422);
  });
});
