import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connector, Volume } from '../../../driver/index.js';
import {
  type Backend,
  type BackendOptions,
  backendTools,
  closeConsistent,
  connectorOf,
  newBackend,
  newVolume,
} from '../backends.js';

/** Attach and detach: portals, LUNs, hosts, shared groups, CHAP. Ids are those of fixes to earlier drivers and of known defects. */

let backend: Backend;
const { array, onArray, made } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

async function use(options: BackendOptions): Promise<void> {
  await backend.close();
  backend = await newBackend(options);
}

const hostOf = (name: string) => array().hosts.byAddress(connectorOf(name).initiator);

const mappings = () =>
  array()
    .tables.mappings.toJSON()
    .filter((mapping) => array().volumes.find(mapping.mappableRef)?.kind === 'thick');

const attach = async (volume: Volume, host = 'one') =>
  (await backend.driver.initializeConnection(volume, connectorOf(host))).data;

describe('connections', () => {
  it('B2, B26, B32, B10: portals of the owning controller, in equal lists, the LUN a number', async () => {
    const volume = await made();
    const data = await attach(volume);
    const owner = onArray(volume)?.currentController;
    const own = array()
      .iscsiTarget.ports()
      .filter((port) => port.controllerRef === owner)
      .map((port) => `${port.ipv4Address}:${port.tcpListenPort}`);
    expect(own).toHaveLength(2);
    expect(data).toMatchObject({
      target_discovered: false,
      target_portal: own[0],
      target_portals: own,
      target_luns: [1, 1],
      target_lun: 1,
      volume_id: volume.id,
    });
    expect((data.target_iqns as string[]).length).toBe(2);
    expect((data.target_iqns as string[])[0]).toBe(data.target_iqn);
    expect(data).not.toHaveProperty('access_mode');
  });

  it('B2: one portal is no list; without any on the owner all are offered', async () => {
    const volume = await made();
    const owner = onArray(volume)?.currentController;
    for (const port of array().iscsiTarget.ports())
      if (port.controllerRef === owner) array().iscsiTarget.setPort(port.ref, { ipv4Enabled: false });
    expect((await attach(volume)).target_portals).toHaveLength(2);
    const [, ...rest] = array()
      .iscsiTarget.ports()
      .filter((port) => port.ipv4Enabled);
    for (const port of rest) array().iscsiTarget.setPort(port.ref, { ipv4Enabled: false });
    const data = await attach(volume);
    expect(data).not.toHaveProperty('target_portals');
    expect(data).not.toHaveProperty('target_luns');
    for (const port of array().iscsiTarget.ports()) array().iscsiTarget.setPort(port.ref, { ipv4Enabled: false });
    const other = await made();
    await expect(attach(other)).rejects.toMatchObject({ name: 'NetAppDriverException' });
    expect(array().mappings.ofMappable(onArray(other)?.ref ?? '')).toEqual([]);
  });

  it('B34, Q21: attaching and detaching twice is harmless', async () => {
    const volume = await made();
    expect((await attach(volume)).target_lun).toBe((await attach(volume)).target_lun);
    for (let i = 0; i < 2; i++) await backend.driver.terminateConnection(volume, connectorOf('one'));
    expect(mappings()).toEqual([]);
    await backend.driver.terminateConnection(volume, connectorOf('never-seen'));
    await attach(volume);
    await backend.driver.terminateConnection(volume, null, { force: true });
    expect(mappings()).toEqual([]);
    await backend.driver.deleteVolume(volume);
    await backend.driver.terminateConnection(volume, connectorOf('one'));
  });

  it('B33, B24: 32 attaches at once to one host get 32 LUNs, none of them 0', async () => {
    const volumes = [];
    for (let i = 0; i < 32; i++) volumes.push(await made());
    const luns = (await Promise.all(volumes.map((volume) => attach(volume)))).map((data) => Number(data.target_lun));
    expect(new Set(luns).size).toBe(32);
    expect(luns.every((lun) => Number.isInteger(lun) && lun >= 1 && lun <= 255)).toBe(true);
  });

  it('B33: also when two drivers do so', async () => {
    const second = await backend.another();
    const volumes = [];
    for (let i = 0; i < 16; i++) volumes.push(await made());
    const infos = await Promise.all(
      volumes.map((volume, index) =>
        (index % 2 === 0 ? backend.driver : second).initializeConnection(volume, connectorOf('shared')),
      ),
    );
    expect(new Set(infos.map((info) => info.data.target_lun)).size).toBe(16);
  });

  it('B31, Q24, Q26: hosts get the configured type, by code or name', async () => {
    for (const [configured, code] of [
      ['linux_dm_mp', 'LnxALUA'],
      ['windows', 'W2KNETNCL'],
      ['LnxTPGSALUA', 'LnxTPGSALUA'],
    ] as const) {
      const driver = await backend.another({ netapp_host_type: configured });
      const volume = await made();
      await driver.initializeConnection(volume, connectorOf(configured));
      const index = hostOf(configured)?.hostTypeIndex;
      const types = (await (await fetchTypes()).json()) as { index: number; code: string }[];
      expect(types.find((type) => type.index === index)?.code).toBe(code);
    }
    array().hosts.update(hostOf('linux_dm_mp')?.ref ?? '', { hostTypeIndex: 0 });
    const volume = await made();
    backend.proxy.fail({ method: 'POST', path: /^hosts\//, fault: { status: 500 } });
    await attach(volume, 'linux_dm_mp');
    expect(hostOf('linux_dm_mp')?.hostTypeIndex).toBe(0);
    await attach(await made(), 'linux_dm_mp');
    expect(hostOf('linux_dm_mp')?.hostTypeIndex).toBe(7);
    function fetchTypes() {
      return fetch(`${backend.simulator.url}/devmgr/v2/storage-systems/1/host-types`, {
        headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
      });
    }
  });

  it('B25: with multi-attach a second host attaches while the first stays, at the same LUN', async () => {
    await use({ configuration: { netapp_enable_multiattach: true } });
    const [volume, other] = [await made(), await made()];
    const first = await attach(volume, 'one');
    await attach(other, 'two');
    const second = await attach({ ...volume, attach_status: 'attached' }, 'two');
    expect(second.target_lun).toBe(first.target_lun);
    expect(hostOf('one')?.groupRef).toBe(hostOf('two')?.groupRef);
    expect((await attach(volume, 'two')).target_lun).toBe(first.target_lun);
    expect(new Set(mappings().map((mapping) => mapping.lun)).size).toBe(2);
  });

  it('B25: foreign host groups are refused, not altered', async () => {
    await use({ configuration: { netapp_enable_multiattach: true } });
    const volume = await made();
    await attach(volume, 'one');
    const foreign = array().hosts.create({
      label: 'foreign',
      hostTypeIndex: 7,
      groupRef: array().hostGroups.create('theirs').ref,
      ports: [{ type: 'iscsi', address: connectorOf('two').initiator, label: 'f0' }],
    });
    await expect(attach(volume, 'two')).rejects.toMatchObject({ name: 'UnsupportedHostGroup' });
    expect(array().hosts.require(foreign.ref).groupRef).toBe(foreign.groupRef);
    expect(hostOf('one')?.groupRef).toBeNull();
  });

  it('Q20: the shared mapping goes with the last attachment, and the hosts leave the group', async () => {
    await use({ configuration: { netapp_enable_multiattach: true } });
    const volume = await made();
    await attach(volume, 'one');
    await attach(volume, 'two');
    const both = ['one', 'two'].map((name) => ({ attach_status: 'attached', connector: connectorOf(name) }));
    await backend.driver.terminateConnection(
      { ...volume, status: 'in-use', volume_attachment: both },
      connectorOf('one'),
    );
    expect(mappings()).toHaveLength(1);
    await backend.driver.terminateConnection(
      { ...volume, status: 'in-use', volume_attachment: both.slice(1) },
      connectorOf('two'),
    );
    expect(mappings()).toEqual([]);
    expect([hostOf('one')?.groupRef, hostOf('two')?.groupRef]).toEqual([null, null]);
  });

  it('Q17: a volume left on the shared group goes back to one host when multi-attach is off', async () => {
    await use({ configuration: { netapp_enable_multiattach: true } });
    const volume = await made();
    await attach(volume, 'one');
    await attach(volume, 'two');
    const plain = await backend.another({ netapp_enable_multiattach: false });
    await expect(
      plain.initializeConnection({ ...volume, attach_status: 'attached' }, connectorOf('three')),
    ).rejects.toMatchObject({ name: 'NetAppDriverException' });
    const { data } = await plain.initializeConnection(volume, connectorOf('three'));
    expect(mappings()).toMatchObject([{ targetRef: hostOf('three')?.ref, lun: data.target_lun }]);
  });

  it('Q18: a LUN of the host’s group is not chosen again', async () => {
    const shared = array().hostGroups.create('cluster');
    array().hosts.create({
      label: 'member',
      hostTypeIndex: 7,
      groupRef: shared.ref,
      ports: [{ type: 'iscsi', address: connectorOf('member').initiator, label: 'm0' }],
    });
    const poolRef = array().pools.find('DDP_1')?.ref ?? '';
    for (let lun = 1; lun <= 5; lun++) {
      const { ref } = array().volumes.create({ label: `theirs${lun}`, poolRef, capacityBytes: 2 ** 30 });
      array().mappings.create({ mappableRef: ref, targetRef: shared.ref, lun });
    }
    expect((await attach(await made(), 'member')).target_lun).toBe(6);
  });

  it('Q19: with multi-attach there are no more volumes than LUNs, one of which the access volume has', async () => {
    await use({
      configuration: { netapp_enable_multiattach: true },
      simulator: { volumes: 253, pools: 1 },
    });
    await made({ host: 'h@b#pool_01' });
    const one = newVolume({ host: 'h@b#pool_01' });
    await expect(backend.driver.createVolume(one)).rejects.toThrow(/no more than 254/);
    expect(onArray(one)).toBeUndefined();
  });

  it('Q23: CHAP is set before anything is mapped, with the same secret each time', async () => {
    await use({ configuration: { use_chap_auth: true } });
    const volume = await made();
    const first = await attach(volume);
    expect(first).toMatchObject({ auth_method: 'CHAP', auth_username: 'eserieschapuser' });
    expect(String(first.auth_password)).toMatch(/^[2-9A-Za-z]{16}$/);
    expect(first.discovery_auth_password).toBe(first.auth_password);
    const restarted = await backend.another();
    expect((await restarted.initializeConnection(volume, connectorOf('one'))).data.auth_password).toBe(
      first.auth_password,
    );
    expect(backend.log.join('\n')).not.toContain(String(first.auth_password));
    backend.proxy.fail({ method: 'POST', path: /^iscsi/, fault: { status: 422 } });
    const other = await made();
    await expect(attach(other)).rejects.toThrow();
    expect(array().mappings.ofMappable(onArray(other)?.ref ?? '')).toEqual([]);
    const own = await backend.another({ chap_username: 'me', chap_password: 'my-own-secret-1' });
    expect((await own.initializeConnection(volume, connectorOf('one'))).data).toMatchObject({
      auth_username: 'me',
      auth_password: 'my-own-secret-1',
    });
  });

  it('Q25: an outage is not taken for a missing host group', async () => {
    await use({ configuration: { netapp_enable_multiattach: true } });
    const volume = await made();
    await attach(volume, 'one');
    await attach(volume, 'two');
    backend.proxy.fail({ method: 'GET', path: /^host-groups\//, fault: { status: 500 }, times: 9 });
    await expect(backend.driver.terminateConnection(volume, connectorOf('one'))).rejects.toMatchObject({
      statusCode: 500,
    });
  });

  it('Q45: a connector without an initiator is refused by name', async () => {
    for (const connector of [{}, { initiator: '' }, { initiator: null }, { initiator: 7 }, null] as Connector[]) {
      await expect(backend.driver.validateConnector(connector)).rejects.toMatchObject({
        name: 'InvalidConnectorException',
      });
      await expect(backend.driver.initializeConnection(newVolume(), connector)).rejects.toMatchObject({
        name: 'InvalidConnectorException',
      });
    }
    await backend.driver.validateConnector(connectorOf('x'));
  });

  it('B22: exports take a connector and do nothing', async () => {
    backend.requests();
    const volume = newVolume();
    expect(await backend.driver.createExport({}, volume, connectorOf('x'))).toBeNull();
    await backend.driver.ensureExport({}, volume);
    await backend.driver.removeExport({}, volume);
    expect(backend.requests()).toEqual([]);
  });

  it('R28: a mapping whose answer is lost is found again, not made twice', async () => {
    const volume = await made();
    backend.proxy.fail({ method: 'POST', path: /^volume-mappings/, fault: 'lost' });
    backend.proxy.fail({ method: 'POST', path: /^hosts/, fault: 'lost' });
    const { target_lun } = await attach(volume);
    expect(mappings()).toMatchObject([{ lun: target_lun }]);
    expect(
      array()
        .tables.hosts.toJSON()
        .filter((host) => host.label !== 'demo-host'),
    ).toHaveLength(1);
  });
});
