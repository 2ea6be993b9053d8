import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;

beforeEach(() => {
  server = newArrayServer();
});

afterEach(() => {
  expect(server.array.check()).toEqual([]);
});

describe('/iscsi/target-settings', () => {
  it('shows name, alias and a portal for each address, grouped by controller', async () => {
    const { body } = await server.get('iscsi/target-settings');
    expect(body).toMatchObject({
      targetRef: expect.stringMatching(/^90/),
      nodeName: { ioInterfaceType: 'iscsi', iscsiNodeName: server.array.iscsiTarget.record.iqn },
      alias: { iscsiAlias: '' },
      configuredAuthMethods: { authMethodData: [{ authMethod: 'none', chapSecret: null }] },
    });
    const { portals } = body as { portals: object[] };
    expect(portals).toHaveLength(4);
    expect(portals[0]).toEqual({
      groupTag: 1,
      ipAddress: { addressType: 'ipv4', ipv4Address: '10.10.11.110', ipv6Address: null },
      tcpListenPort: 3260,
    });
    expect(portals.at(-1)).toMatchObject({ groupTag: 2 });
  });

  it('enables CHAP with the secret given, as clients send it', async () => {
    const { iqn } = server.array.iscsiTarget.record;
    const sent = {
      iqn,
      enableChapAuthentication: true,
      alias: 'eserieschapuser',
      authMethod: 'CHAP',
      chapSecret: 'password1234',
    };
    expect(await server.post('iscsi/target-settings/', sent)).toEqual(
      expect.objectContaining({
        status: 200,
        body: { authMethod: 'chap', chapSecret: '****', iqn, alias: 'eserieschapuser' },
      }),
    );
    const { body } = await server.get('iscsi/target-settings');
    expect(body).toMatchObject({ configuredAuthMethods: { authMethodData: [{ authMethod: 'chap' }] } });
    expect(JSON.stringify(body)).not.toContain('password1234');
  });

  it('generates a secret when none is given, and drops CHAP when it is not asked for', async () => {
    expect(
      (await server.post('iscsi/target-settings', { enableChapAuthentication: true, chapSecret: '' })).body,
    ).toMatchObject({
      authMethod: 'chap',
      chapSecret: expect.stringMatching(/^.{12,57}$/),
    });
    expect((await server.post('iscsi/target-settings', { alias: 'x' })).body).toMatchObject({
      authMethod: 'none',
      chapSecret: '',
    });
  });

  it('refuses secrets that are too short or an initiator’s', async () => {
    expect(
      await server.post('iscsi/target-settings', { enableChapAuthentication: true, chapSecret: 'short' }),
    ).toMatchObject({
      status: 422,
      body: { retcode: '295', invalidFieldsIfKnown: null, errorMessage: expect.stringContaining('chapSecret') },
    });
    const ports = [{ type: 'iscsi', port: 'iqn.2000-01.x:a', label: 'p', iscsiChapSecret: 'initiator-secret' }];
    await server.post('hosts', { name: 'a', ports });
    expect(
      await server.post('iscsi/target-settings', { enableChapAuthentication: true, chapSecret: 'initiator-secret' }),
    ).toMatchObject({ status: 422, body: { retcode: '296' } });
  });

  it('checks secrets without telling them', async () => {
    const ports = [{ type: 'iscsi', port: 'iqn.2000-01.x:a', label: 'p', iscsiChapSecret: 'initiator-secret' }];
    const host = await server.post('hosts', { name: 'a', ports });
    const [initiator] = (host.body as { initiators: { id: string }[] }).initiators;
    const check = (testValue: string) =>
      server.post('iscsi/initiator/validate-chap-secret', { initiatorRef: initiator?.id, testValue });
    expect((await check('initiator-secret')).body).toEqual({ isValid: true });
    expect((await check('another-secret')).body).toEqual({ isValid: false });
    expect((await server.post('iscsi/target/validate-chap-secret', { testValue: 'x' })).body).toEqual({
      isValid: false,
    });
  });
});

describe('/iscsi/entity', () => {
  it('shows and changes ping, discovery and name server', async () => {
    const { body } = await server.get('iscsi/entity');
    expect(body).toMatchObject({
      icmpPingResponseEnabled: true,
      isnsRegistrationState: 'disabled',
      hostPortsConfiguredDHCP: false,
    });
    const changed = await server.post('iscsi/entity', {
      icmpPingResponseEnabled: false,
      unnamedDiscoverySessionsEnabled: false,
      isnsServerTcpListenPort: 3205,
      ipv4IsnsServerAddressConfigMethod: 'configStatic',
      ipv4IsnsServerAddress: '10.0.0.9',
      isnsServerRegistrationEnabled: true,
    });
    expect(changed.body).toMatchObject({
      icmpPingResponseEnabled: false,
      unnamedDiscoverySessionsEnabled: false,
      ipv4IsnsServerAddress: '10.0.0.9',
      ipv4IsnsServerAddressConfigMethod: 'configStatic',
      isnsServerRegistrationEnabled: true,
    });
    expect((await server.get('iscsi/entity')).body).toEqual(changed.body);
    expect(await server.post('iscsi/entity', { ipv4IsnsServerAddress: 'x' })).toMatchObject({ status: 422 });
  });
});

describe('/nvmeof/initiator-settings', () => {
  it('has the array’s NVMe name and no portals', async () => {
    expect((await server.get('nvmeof/initiator-settings')).body).toMatchObject({
      nodeName: {
        ioInterfaceType: 'nvmeof',
        nvmeNodeName: expect.stringMatching(/^nqn\.1992-08\.com\.netapp:5700\.[0-9a-f]{32}$/),
      },
      portals: [],
    });
  });
});
