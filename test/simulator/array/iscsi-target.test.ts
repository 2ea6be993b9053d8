import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { newArray } from '../arrays.js';

const iqn = 'iqn.1994-05.com.redhat:one';
const secret = 'a-secret-of-length';

let array: StorageArray;

beforeEach(() => {
  array = newArray().array;
});

afterEach(() => expect(array.check()).toEqual([]));

function addHost(chapSecret?: string): void {
  array.hosts.create({
    label: 'a',
    hostTypeIndex: 28,
    groupRef: null,
    ports: [{ type: 'iscsi', address: iqn, label: 'a_0', ...(chapSecret === undefined ? {} : { chapSecret }) }],
  });
}

describe('the iSCSI target', () => {
  it('is named after model and array', () => {
    expect(array.iscsiTarget.record.iqn).toBe(`iqn.1992-08.com.netapp:5700.${array.system.wwn.toLowerCase()}`);
  });

  it('generates a secret when CHAP is enabled without one, another each time', () => {
    const first = array.iscsiTarget.update({ chapEnabled: true }).chapSecret;
    expect(first).toMatch(/^[\x20-\x7e]{12,57}$/);
    expect(array.iscsiTarget.update({ alias: 'x' }).chapSecret).toBe(first);
    expect(array.iscsiTarget.update({ chapEnabled: false }).chapSecret).toBeNull();
    expect(array.iscsiTarget.update({ chapEnabled: true }).chapSecret).not.toBe(first);
  });

  it.each(['short', 'x'.repeat(58), 'not-ascii-é-secret'])('refuses the secret %j', (chapSecret) => {
    expect(() => array.iscsiTarget.update({ chapEnabled: true, chapSecret })).toThrowError(
      expect.objectContaining({ returnCode: 'invalidSecret' }),
    );
  });

  it('never shares a secret with an initiator', () => {
    addHost(secret);
    expect(() => array.iscsiTarget.update({ chapEnabled: true, chapSecret: secret })).toThrowError(
      expect.objectContaining({ returnCode: 'secretAlreadyInUse', retcode: '296' }),
    );
    array.iscsiTarget.update({ chapEnabled: true, chapSecret: 'the-targets-own' });
    const [host] = array.tables.hosts.toJSON().slice(-1);
    const [port] = array.hosts.ports(host?.ref ?? '');
    const updatePorts = [{ ref: port?.ref ?? '', chapSecret: 'the-targets-own' }];
    expect(() => array.hosts.update(host?.ref ?? '', { updatePorts })).toThrowError(
      expect.objectContaining({ returnCode: 'secretAlreadyInUse' }),
    );
  });

  it('knows the secrets of initiators', () => {
    addHost(secret);
    expect(array.iscsiTarget.chapSecretOf(iqn.toUpperCase())).toBe(secret);
    expect(array.iscsiTarget.chapSecretOf('iqn.1993-08.org.debian:01:demo')).toBeNull();
    expect(array.iscsiTarget.chapSecretOf('iqn.2000-01.x:unknown')).toBeUndefined();
  });

  it('notes initiators that are no host’s until they become one', () => {
    array.iscsiTarget.sawInitiator(iqn);
    array.iscsiTarget.sawInitiator(iqn.toUpperCase());
    array.iscsiTarget.sawInitiator('iqn.1993-08.org.debian:01:demo');
    expect(array.tables.unassociatedPorts.toJSON()).toMatchObject([{ type: 'iscsi', address: iqn }]);
    addHost();
    expect(array.tables.unassociatedPorts.size).toBe(0);
  });

  it('keeps settings of discovery and name server', () => {
    array.iscsiTarget.updateEntity({
      icmpPingResponseEnabled: false,
      isnsServer: { ipv4Address: '10.0.0.9', tcpListenPort: undefined },
    });
    expect(array.iscsiTarget.record).toMatchObject({
      icmpPingResponseEnabled: false,
      unnamedDiscoverySessionsEnabled: true,
      isnsServer: { ipv4Address: '10.0.0.9', tcpListenPort: 3205 },
    });
    expect(() => array.iscsiTarget.updateEntity({ isnsServer: { ipv4Address: '10.0.0' } })).toThrowError(
      expect.objectContaining({ returnCode: 'invalidIpAddress' }),
    );
    expect(() => array.iscsiTarget.updateEntity({ isnsServer: { tcpListenPort: 70_000 } })).toThrow();
    expect(() => array.iscsiTarget.update({ alias: 'x'.repeat(31) })).toThrow();
  });
});

describe('host ports', () => {
  const refs = () => array.iscsiTarget.ports().map((port) => port.ref);

  it('take addresses that are addresses and no other client’s', () => {
    const [first = '', second = ''] = refs();
    array.iscsiTarget.setPort(first, { ipv4Address: '192.168.1.1', maximumFramePayloadBytes: 9000 });
    expect(() => array.iscsiTarget.setPort(second, { ipv4Address: '192.168.1.1' })).toThrowError(
      expect.objectContaining({ returnCode: 'duplicateIscsiIpAddress', retcode: '432' }),
    );
    expect(() => array.iscsiTarget.setPort(second, { ipv4Address: '192.168.1.256' })).toThrowError(
      expect.objectContaining({ returnCode: 'invalidIpAddress' }),
    );
    expect(() => array.iscsiTarget.setPort(second, { ipv6RoutableAddress: 'fe80::1' })).toThrow();
    expect(array.iscsiTarget.setPort(second, { ipv4Address: undefined }).ipv4Address).toBe('10.10.11.111');
  });

  it.each([
    { maximumFramePayloadBytes: 1499 },
    { maximumFramePayloadBytes: 9001 },
    { tcpListenPort: 0 },
    { tcpListenPort: 65_536 },
  ])('refuse %j', (changes) => {
    expect(() => array.iscsiTarget.setPort(refs()[0] ?? '', changes)).toThrowError(
      expect.objectContaining({ returnCode: 'invalidIscsiConfiguration' }),
    );
  });

  it('tell where the wire really listens, by TCP port on one address', () => {
    for (const [index, ref] of refs().entries())
      array.iscsiTarget.listen(ref, { address: '127.0.0.1', port: 3260 + index });
    expect(array.iscsiTarget.ports().map((port) => port.tcpListenPort)).toEqual([3260, 3261, 3262, 3263]);
    expect(() => array.iscsiTarget.setPort(refs()[1] ?? '', { tcpListenPort: 3260 })).toThrowError(
      expect.objectContaining({ returnCode: 'duplicateIscsiIpAddress' }),
    );
    const port = array.iscsiTarget.listen(refs()[0] ?? '', { address: 'fd00::a1', port: 3260 });
    expect(port.ipv6RoutableAddress).toBe('FD0000000000000000000000000000A1');
  });

  it('are found by reference only', () => {
    expect(() => array.iscsiTarget.port('nowhere')).toThrowError(
      expect.objectContaining({ returnCode: 'invalidInterfaceref' }),
    );
  });
});
