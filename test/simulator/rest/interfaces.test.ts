import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let ref: string;

beforeEach(() => {
  server = newArrayServer();
  ref = server.array.iscsiTarget.ports()[0]?.ref ?? '';
});

afterEach(() => {
  expect(server.array.check()).toEqual([]);
});

function iscsiOf(body: unknown): Record<string, unknown> {
  return (body as { ioInterfaceTypeData: { iscsi: Record<string, unknown> } }).ioInterfaceTypeData.iscsi;
}

describe('/interfaces', () => {
  it('lists those towards hosts and drives, filtered as asked', async () => {
    const kinds = async (query: string) =>
      ((await server.get(`interfaces${query}`)).body as { channelType: string }[]).map((each) => each.channelType);
    expect(await kinds('')).toEqual(['hostside', 'hostside', 'hostside', 'hostside', 'driveside', 'driveside']);
    expect(await kinds('?channelType=hostside')).toHaveLength(4);
    expect(await kinds('?interfaceType=sas')).toEqual(['driveside', 'driveside']);
    expect(await kinds('?interfaceType=fc')).toEqual([]);
  });

  it('shows an iSCSI port with everything about it', async () => {
    const { body } = await server.get(`interfaces/${ref.toLowerCase()}`);
    expect(body).toMatchObject({
      interfaceRef: ref,
      channelType: 'hostside',
      controllerRef: '070000000000000000000001',
      ioInterfaceTypeData: { interfaceType: 'iscsi', fibre: null, sas: null },
      commandProtocolPropertiesList: { commandProtocolProperties: [{ scsiProperties: { scsiProtocolType: 'iscsi' } }] },
    });
    expect(iscsiOf(body)).toMatchObject({
      id: ref,
      channel: 1,
      controllerId: '070000000000000000000001',
      ipv4Enabled: true,
      ipv4Data: { ipv4AddressData: { ipv4Address: '10.10.11.110' } },
      interfaceData: { type: 'ethernet', ethernetData: { linkStatus: 'up', maximumFramePayloadSize: 1500 } },
    });
    expect(await server.get('interfaces/nowhere')).toMatchObject({ status: 404, body: { codeType: 'symbol' } });
    expect(await server.post(`iscsi/interfaces/${ref}`, { fecMode: 'auto' })).toMatchObject({ status: 200 });
  });
});

describe('symbol/setIscsiInterfaceProperties', () => {
  it('changes what is given, each value in a list', async () => {
    const settings = {
      ipv4Address: ['192.168.130.101'],
      ipv4SubnetMask: ['255.255.0.0'],
      ipv4GatewayAddress: ['192.168.0.1'],
      ipv4AddressConfigMethod: ['configStatic'],
      maximumFramePayloadSize: [9000],
      ipv4Enabled: [true],
    };
    expect(await server.post('symbol/setIscsiInterfaceProperties', { iscsiInterface: ref, settings })).toMatchObject({
      status: 200,
      body: 'ok',
    });
    expect(iscsiOf((await server.get(`interfaces/${ref}`)).body)).toMatchObject({
      ipv4Data: {
        ipv4AddressConfigMethod: 'configStatic',
        ipv4AddressData: { ipv4Address: '192.168.130.101', ipv4SubnetMask: '255.255.0.0' },
      },
      interfaceData: { ethernetData: { maximumFramePayloadSize: 9000 } },
    });
  });

  it('disables a port, which then has no portal', async () => {
    await server.post('symbol/setIscsiInterfaceProperties', {
      iscsiInterface: ref,
      settings: { ipv4Enabled: [false] },
    });
    const { body } = await server.get('iscsi/target-settings');
    expect((body as { portals: object[] }).portals).toHaveLength(3);
  });

  it.each([
    [{ ipv4Address: ['10.10.11.111'] }, '432'],
    [{ ipv4Address: ['10.10.11'] }, '644'],
    [{ maximumFramePayloadSize: [100] }, '427'],
    [{ ipv4AddressConfigMethod: ['configMagic'] }, '427'],
    [{ maximumInterfaceSpeed: ['speed100gig'] }, '433'],
  ])('refuses %j', async (settings, retcode) => {
    expect(await server.post('symbol/setIscsiInterfaceProperties', { iscsiInterface: ref, settings })).toMatchObject({
      status: 422,
      body: { retcode, codeType: 'symbol' },
    });
  });
});

describe('symbol/setHostPortsAttributes', () => {
  it('sets the speed of all ports of a board', async () => {
    const portsRef = { portRefType: 'baseBoard', baseBoardRef: ref, hicRef: '' };
    const body = { settings: { maximumInterfaceSpeed: ['speed1gig'] }, portsRef };
    expect(await server.post('symbol/setHostPortsAttributes?verboseErrorResponse=true', body)).toMatchObject({
      body: 'ok',
    });
    expect(server.array.iscsiTarget.ports().map((port) => port.speed)).toEqual([
      'speed1gig',
      'speed1gig',
      'speed10gig',
      'speed10gig',
    ]);
    const { body: changed } = await server.get(`interfaces/${ref}`);
    expect(iscsiOf(changed)).toMatchObject({
      oneWayMaxRate: '123000000',
      interfaceData: { ethernetData: { supportedInterfaceSpeeds: ['speed1gig', 'speed10gig'] } },
    });
  });
});
