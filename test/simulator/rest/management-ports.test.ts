import { beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;

const path = 'configuration/ethernet-interfaces';
const controllerRef = '070000000000000000000001';
const interfaceRef = `2800${controllerRef}000000000000`;
const port = { controllerRef, interfaceRef };

beforeEach(() => {
  server = newArrayServer();
});

const ipv4 = (address: string) => ({ addressType: 'ipv4', ipv4Address: address, ipv6Address: null });

async function shown(ref = controllerRef): Promise<Record<string, unknown>> {
  const ports = (await server.get(path)).body as Record<string, unknown>[];
  return ports.find((each) => each.controllerRef === ref) ?? {};
}

describe('the management port of a controller', () => {
  it('belongs to the controller and has no lists of servers unless they are static', async () => {
    expect(await shown()).toMatchObject({
      interfaceRef,
      physicalLocation: { locationParent: { refType: 'controller', controllerRef } },
      ntpProperties: { acquisitionProperties: { ntpAcquisitionType: 'disabled', ntpServers: null } },
    });
  });

  it('takes DNS and NTP servers, which the GET, the controller and the graph then show', async () => {
    const dnsServers = [ipv4('10.1.0.250'), { addressType: 'ipv6', ipv6Address: 'fd00::53' }];
    const ntpServers = [
      { addrType: 'domainName', domainName: 'time.example.org' },
      { addrType: 'ipvx', ipvxAddress: { addressType: 'ipv4', ipv4Address: '216.239.35.0' } },
    ];
    const answer = await server.post(path, {
      ...port,
      dnsAcquisitionDescriptor: { dnsAcquisitionType: 'stat', dnsServers },
      ntpAcquisitionDescriptor: { ntpAcquisitionType: 'stat', ntpServers },
    });
    expect(answer.status).toBe(200);
    const settings = {
      dnsProperties: {
        acquisitionProperties: {
          dnsAcquisitionType: 'stat',
          dnsServers: [
            ipv4('10.1.0.250'),
            { addressType: 'ipv6', ipv4Address: null, ipv6Address: 'FD000000000000000000000000000053' },
          ],
        },
      },
      ntpProperties: {
        acquisitionProperties: {
          ntpAcquisitionType: 'stat',
          ntpServers: [
            { addrType: 'domainName', domainName: 'time.example.org', ipvxAddress: null },
            { addrType: 'ipvx', domainName: null, ipvxAddress: ipv4('216.239.35.0') },
          ],
        },
      },
    };
    expect(answer.body).toMatchObject(settings);
    expect(await shown()).toMatchObject(settings);
    expect((await server.get(`controllers/${controllerRef}`)).body).toMatchObject({ networkSettings: settings });
    expect(await shown('070000000000000000000002')).toMatchObject({
      ntpProperties: { acquisitionProperties: { ntpAcquisitionType: 'disabled' } },
    });
  });

  it('forgets its servers when they are to come from DHCP', async () => {
    await server.post(path, {
      ...port,
      dnsAcquisitionDescriptor: { dnsAcquisitionType: 'stat', dnsServers: [ipv4('10.1.0.250')] },
    });
    await server.post(path, { ...port, dnsAcquisitionDescriptor: { dnsAcquisitionType: 'dhcp', dnsServers: null } });
    expect(await shown()).toMatchObject({
      dnsProperties: { acquisitionProperties: { dnsAcquisitionType: 'dhcp', dnsServers: null } },
    });
  });

  it('takes addresses, remote access and speed, and keeps what is not named', async () => {
    const settings = {
      ipv4Enabled: true,
      ipv4Address: '192.168.0.101',
      ipv4SubnetMask: '255.255.0.0',
      ipv4GatewayAddress: '192.168.0.1',
      ipv4AddressConfigMethod: 'configStatic',
    };
    await server.post(path, { ...port, ...settings, enableRemoteAccess: false });
    await server.post(path, { ...port, speedSetting: 'speed1000MbitFullDuplex' });
    expect(await shown()).toMatchObject({
      ...settings,
      rloginEnabled: false,
      configuredSpeedSetting: 'speed1000MbitFullDuplex',
    });
  });

  it.each([
    ['an unknown controller', { controllerRef: '070000000000000000000003' }, 404],
    ['a port of the other controller', { interfaceRef: '2800070000000000000000000002000000000000' }, 404],
    ['an address that is none', { ipv4Address: '10.1.1' }, 422],
    ['a mask with a hole', { ipv4SubnetMask: '255.0.255.0' }, 422],
    ['no address at all', { ipv4Enabled: false, ipv6Enabled: false }, 422],
    ['static DNS without servers', { dnsAcquisitionDescriptor: { dnsAcquisitionType: 'stat', dnsServers: [] } }, 422],
    ['a word that is not allowed', { ntpAcquisitionDescriptor: { ntpAcquisitionType: 'static' } }, 422],
  ])('refuses %s and changes nothing', async (_what, wrong, status) => {
    const before = await shown();
    expect((await server.post(path, { ...port, ...wrong })).status).toBe(status);
    expect(await shown()).toEqual(before);
  });

  it('cannot be configured while the other controller is down, for that one does it', async () => {
    server.array.controllers.setStatus('070000000000000000000002', 'failed');
    expect(await server.post(path, { ...port, ipv4Address: '10.1.1.2' })).toMatchObject({
      status: 422,
      body: { errorMessage: expect.stringContaining('Controller B is failed') },
    });
  });
});
