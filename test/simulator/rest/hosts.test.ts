import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nullRef } from '../../../simulator/array/refs.js';
import { type ArrayServer, newArrayServer } from './array-server.js';

const iqn = 'iqn.1998-01.com.vmware:localhost-28a58148';

let server: ArrayServer;

beforeEach(() => {
  server = newArrayServer();
});

afterEach(() => {
  expect(server.array.check()).toEqual([]);
});

describe('/hosts', () => {
  it('creates a host with its initiators and answers it whole', async () => {
    const port = { type: 'iscsi', port: iqn, label: 'NewStore', iscsiChapSecret: 'initiator-secret' };
    const created = await server.post('hosts', {
      name: 'esx1',
      hostType: { index: 6, code: 'LNX' },
      groupId: null,
      ports: [port],
    });
    expect(created.status).toBe(200);
    const { id } = created;
    expect(created.body).toMatchObject({
      hostRef: id,
      clusterRef: nullRef,
      label: 'esx1',
      name: 'esx1',
      hostTypeIndex: 6,
      ports: [],
      initiators: [
        {
          nodeName: { ioInterfaceType: 'iscsi', iscsiNodeName: iqn, remoteNodeWWN: null, nvmeNodeName: null },
          label: 'NewStore',
          hostRef: id,
          configuredAuthMethods: { authMethodData: [{ authMethod: 'chap' }] },
        },
      ],
      hostSidePorts: [{ type: 'iscsi', address: iqn, label: 'NewStore', mtpIoInterfaceType: 'iscsi' }],
    });
    expect(JSON.stringify(created.body)).not.toContain('initiator-secret');
    expect((await server.get(`hosts/${id.toLowerCase()}`)).body).toEqual(created.body);
    expect(await server.get('hosts')).toMatchObject({ body: [{ label: 'demo-host' }, { label: 'esx1' }] });
  });

  it('gives the default type to a host without one', async () => {
    await server.post('host-types', { value: 7 });
    expect((await server.post('hosts', { name: 'a', ports: null })).body).toMatchObject({ hostTypeIndex: 7 });
  });

  it.each([
    ['fc', 'fc', '20:13:00:80:e5:32:22:30'],
    ['scsiFc', 'fc', '20130080E5322230'],
    ['fcp', 'fc', '20130080e5322230'],
    ['sas', 'sas', '500A098A4B28D004'],
    ['ibSrp', 'ib', '0002C90300A0B1C20002C90300A0B1C2'],
    ['ibIser', 'ib', 'iqn.2000-01.x:iser'],
    ['nvmeRoce', 'nvmeof', 'nqn.2014-08.org.nvmexpress:uuid:1'],
    ['nvmeFc', 'nvmeof', 'nqn.2014-08.org.nvmexpress:uuid:2'],
    ['ethernet', 'iscsi', 'iqn.2000-01.x:y'],
  ])('takes ports of type %s as %s', async (type, kept, port) => {
    const { body } = await server.post('hosts', { name: 'a', ports: [{ type, port, label: 'p' }] });
    const inPorts = kept === 'fc' || kept === 'sas';
    expect(body).toMatchObject({
      hostSidePorts: [{ type: kept }],
      ports: inPorts ? [{ portId: { ioInterfaceType: kept } }] : [],
      initiators: inPorts ? [] : [{ nodeName: { ioInterfaceType: kept } }],
    });
  });

  it.each([
    [{ name: 'demo-host' }, '57'],
    [{ name: 'two words' }, '58'],
    [{ name: 'a', hostType: { index: 99 } }, '104'],
    [{ name: 'a', ports: [{ type: 'iscsi', port: 'iqn.1993-08.org.debian:01:DEMO', label: 'x' }] }, '57'],
    [{ name: 'a', ports: [{ type: 'fc', port: 'xyz', label: 'x' }] }, '60'],
  ])('refuses %j with 422', async (request, retcode) => {
    expect(await server.post('hosts', request)).toMatchObject({
      status: 422,
      body: { retcode, codeType: 'symbol', developerMessage: null, invalidFieldsIfKnown: null },
    });
    expect((await server.get('hosts')).body).toHaveLength(1);
  });

  it('updates names, types and ports', async () => {
    const created = await server.post('hosts', { name: 'a', ports: [{ type: 'iscsi', port: iqn, label: 'p0' }] });
    const [initiator] = (created.body as { initiators: { id: string }[] }).initiators;
    const updated = await server.post(`hosts/${created.id}`, {
      name: 'b',
      hostType: { index: 28 },
      ports: [{ type: 'iscsi', port: `${iqn}-2`, label: 'p2' }],
      portsToUpdate: [{ portRef: initiator?.id, hostRef: created.id, port: iqn, label: 'p1' }],
    });
    expect(updated.body).toMatchObject({
      name: 'b',
      hostTypeIndex: 28,
      hostSidePorts: [{ label: 'p1' }, { label: 'p2' }],
    });
    const removed = await server.post(`hosts/${created.id}`, { portsToRemove: [initiator?.id] });
    expect(removed.body).toMatchObject({ hostSidePorts: [{ label: 'p2' }] });
  });

  it('moves a host into a group and, without a group that it knows, out again', async () => {
    const group = await server.post('host-groups', { name: 'cluster' });
    const host = await server.post('hosts', { name: 'a' });
    expect((await server.post(`hosts/${host.id}/move`, { groupId: group.id })).body).toMatchObject({
      clusterRef: group.id,
    });
    expect((await server.post(`hosts/${host.id}/move`, { group: nullRef })).body).toMatchObject({
      clusterRef: nullRef,
    });
    expect((await server.post(`hosts/${host.id}`, { groupId: group.id })).body).toMatchObject({ clusterRef: group.id });
    expect((await server.post(`hosts/${host.id}`, { groupId: nullRef })).body).toMatchObject({ clusterRef: nullRef });
  });

  it('deletes with 204, once', async () => {
    const host = await server.post('hosts', { name: 'a' });
    expect(await server.delete(`hosts/${host.id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await server.delete(`hosts/${host.id}`)).toMatchObject({ status: 404, body: { codeType: 'symbol' } });
    expect(await server.get(`hosts/${host.id}`)).toMatchObject({ status: 404 });
  });
});

describe('/host-groups', () => {
  it('answers 201, takes hosts in, and takes them along when deleted', async () => {
    const host = await server.post('hosts', { name: 'a' });
    const group = await server.post('host-groups', { name: 'cluster', hosts: [host.id] });
    expect(group).toMatchObject({ status: 201, body: { clusterRef: group.id, label: 'cluster', name: 'cluster' } });
    expect((await server.get(`hosts/${host.id}`)).body).toMatchObject({ clusterRef: group.id });
    const other = await server.post('hosts', { name: 'b' });
    expect(await server.post(`host-groups/${group.id}`, { name: 'renamed', hosts: [other.id] })).toMatchObject({
      status: 200,
      body: { label: 'renamed' },
    });
    expect((await server.get('host-groups')).body).toHaveLength(1);
    expect((await server.get(`host-groups/${group.id}`)).body).toMatchObject({ name: 'renamed' });
    expect(await server.delete(`host-groups/${group.id}`)).toMatchObject({ status: 204 });
    expect((await server.get('hosts')).body).toMatchObject([{ label: 'demo-host' }]);
  });

  it('refuses long and known names', async () => {
    await server.post('host-groups', { name: 'cluster' });
    expect(await server.post('host-groups', { name: 'cluster' })).toMatchObject({
      status: 422,
      body: { retcode: '57' },
    });
    expect(await server.post('host-groups', { name: 'x'.repeat(31) })).toMatchObject({ status: 422 });
  });
});

describe('/host-types', () => {
  it('lists the types with the default and the used one', async () => {
    const { body } = await server.get('host-types');
    expect(body).toHaveLength(20);
    expect(body).toContainEqual({
      name: 'LnxALUA',
      index: 7,
      code: 'LnxALUA',
      used: false,
      default: false,
      nvmeSupported: false,
    });
    expect(body).toContainEqual({
      name: 'LnxDHALUA',
      index: 28,
      code: 'LnxDHALUA',
      used: true,
      default: true,
      nvmeSupported: true,
    });
    expect((await server.get('host-types/1')).body).toMatchObject({ code: 'W2KNETNCL' });
    expect(await server.get('host-types/3')).toMatchObject({ status: 404 });
  });

  it('takes another default', async () => {
    expect((await server.post('host-types', { value: 10 })).body).toMatchObject({ code: 'VmwTPGSALUA', default: true });
    expect(await server.post('host-types', { value: 3 })).toMatchObject({ status: 404 });
  });
});

describe('/unassociated-host-ports', () => {
  it('lists initiators that came without being a host’s', async () => {
    server.array.iscsiTarget.sawInitiator(iqn);
    expect((await server.get('unassociated-host-ports')).body).toMatchObject([
      { type: 'iscsi', address: iqn, mediaTransportProtocolType: 'iscsi' },
    ]);
    await server.post('hosts', { name: 'a', ports: [{ type: 'iscsi', port: iqn, label: 'p0' }] });
    expect((await server.get('unassociated-host-ports')).body).toEqual([]);
  });
});
