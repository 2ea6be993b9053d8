import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nullRef } from '../../../simulator/array/refs.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, type TestArray } from '../arrays.js';

const iqn = 'iqn.1994-05.com.redhat:one';

let array: StorageArray;
let test: TestArray;

beforeEach(() => {
  test = newArray();
  array = test.array;
});

afterEach(() => expect(array.check()).toEqual([]));

function newHost(label: string, ports: Parameters<typeof array.hosts.create>[0]['ports'] = []) {
  return array.hosts.create({ label, hostTypeIndex: 28, groupRef: null, ports });
}

describe('hosts', () => {
  it('are made with their initiators', () => {
    const host = newHost('db1', [{ type: 'iscsi', address: iqn, label: 'db1_iscsi_0' }]);
    expect(host.ref).toMatch(/^84[0-9A-F]{38}$/);
    expect(array.hosts.ports(host.ref)).toMatchObject([{ type: 'iscsi', address: iqn, label: 'db1_iscsi_0' }]);
    expect(array.hosts.ports(host.ref)[0]?.ref).toMatch(/^89/);
    expect(array.hosts.byAddress(iqn.toUpperCase())?.ref).toBe(host.ref);
  });

  it('keep world-wide names in upper case without colons', () => {
    const host = newHost('fc1', [{ type: 'fc', address: '20:13:00:80:e5:32:22:30', label: 'fc1_0' }]);
    expect(array.hosts.ports(host.ref)).toMatchObject([{ address: '20130080E5322230' }]);
    expect(array.hosts.ports(host.ref)[0]?.ref).toMatch(/^8C/);
  });

  it.each([
    ['fc', 'iqn.2000-01.x:y'],
    ['sas', '123'],
    ['iscsi', 'nobody'],
    ['iscsi', 'iqn.2000-01.x:with blank'],
    ['nvmeof', ''],
  ] as const)('refuse the %s port address %j', (type, address) => {
    expect(() => newHost('bad', [{ type, address, label: 'bad_0' }])).toThrowError(
      expect.objectContaining({ returnCode: 'partPortIdInvalid', field: 'port' }),
    );
    expect(array.tables.hosts.size).toBe(1);
  });

  it('refuse an address or port label that is in use anywhere', () => {
    newHost('a', [{ type: 'iscsi', address: iqn, label: 'port_a' }]);
    expect(() => newHost('b', [{ type: 'iscsi', address: iqn.toUpperCase(), label: 'port_b' }])).toThrowError(
      expect.objectContaining({ returnCode: 'partDupId', field: 'port' }),
    );
    expect(() => newHost('b', [{ type: 'iscsi', address: `${iqn}2`, label: 'port_a' }])).toThrowError(
      expect.objectContaining({ returnCode: 'partDupId', field: 'label' }),
    );
  });

  it('have unique, legal names of a known type', () => {
    newHost('a');
    expect(() => newHost('a')).toThrowError(expect.objectContaining({ returnCode: 'partDupId' }));
    expect(() => newHost('a b')).toThrowError(expect.objectContaining({ returnCode: 'partLabelInvalid' }));
    expect(() => newHost('x'.repeat(31))).toThrowError(expect.objectContaining({ returnCode: 'partLabelInvalid' }));
    expect(() => array.hosts.create({ label: 'c', hostTypeIndex: 3, groupRef: null, ports: [] })).toThrowError(
      expect.objectContaining({ returnCode: 'invalidHostTypeIndex' }),
    );
    array.hostGroups.create('a');
  });

  it('change name, type, group and ports in one operation, or not at all', () => {
    const group = array.hostGroups.create('cluster');
    const host = newHost('a', [
      { type: 'iscsi', address: iqn, label: 'p0' },
      { type: 'iscsi', address: `${iqn}1`, label: 'p1' },
    ]);
    const [first, second] = array.hosts.ports(host.ref).map((port) => port.ref);
    array.hosts.update(host.ref, {
      label: 'b',
      hostTypeIndex: 7,
      groupRef: group.ref,
      addPorts: [{ type: 'iscsi', address: `${iqn}2`, label: 'p2' }],
      updatePorts: [{ ref: second ?? '', label: 'renamed', chapSecret: 'initiator-secret' }],
      removePortRefs: [first ?? ''],
    });
    expect(array.hosts.require(host.ref)).toMatchObject({ label: 'b', hostTypeIndex: 7, groupRef: group.ref });
    expect(array.hosts.ports(host.ref).map((port) => port.label)).toEqual(['renamed', 'p2']);
    expect(() => array.hosts.update(host.ref, { label: 'c', removePortRefs: [nullRef] })).toThrow();
    expect(array.hosts.require(host.ref).label).toBe('b');
  });

  it('free a removed address within the same update', () => {
    const host = newHost('a', [{ type: 'iscsi', address: iqn, label: 'p0' }]);
    const [port] = array.hosts.ports(host.ref);
    array.hosts.update(host.ref, {
      removePortRefs: [port?.ref ?? ''],
      addPorts: [{ type: 'iscsi', address: iqn, label: 'p0' }],
    });
    expect(array.hosts.ports(host.ref)).toHaveLength(1);
  });

  it('take a port over from another host', () => {
    const from = newHost('from', [{ type: 'iscsi', address: iqn, label: 'p0' }]);
    const to = newHost('to');
    const [port] = array.hosts.ports(from.ref);
    expect(() => array.hosts.update(to.ref, { updatePorts: [{ ref: port?.ref ?? '', label: 'x' }] })).toThrowError(
      expect.objectContaining({ returnCode: 'partNodeNonexistent' }),
    );
    array.hosts.update(to.ref, { updatePorts: [{ ref: port?.ref ?? '', hostRef: to.ref }] });
    expect(array.hosts.byAddress(iqn)?.ref).toBe(to.ref);
  });

  it('leave their group by the null reference', () => {
    const group = array.hostGroups.create('cluster');
    const host = array.hosts.create({ label: 'a', hostTypeIndex: 28, groupRef: group.ref, ports: [] });
    expect(array.hosts.inGroup(group.ref)).toHaveLength(1);
    array.hosts.update(host.ref, { groupRef: nullRef });
    expect(array.hosts.require(host.ref).groupRef).toBeNull();
  });

  it('go with their ports and mappings', () => {
    const host = newHost('a', [{ type: 'iscsi', address: iqn, label: 'p0' }]);
    const volume = array.volumes.create({ label: 'v', poolRef: test.poolRef, capacityBytes: gib });
    array.mappings.create({ mappableRef: volume.ref, targetRef: host.ref });
    array.hosts.delete(host.ref);
    expect(array.mappings.ofMappable(volume.ref)).toEqual([]);
    expect(array.hosts.portOf(iqn)).toBeUndefined();
    expect(() => array.hosts.require(host.ref)).toThrowError(
      expect.objectContaining({ name: 'ArrayError', returnCode: 'partNodeNonexistent' }),
    );
  });

  it('are limited in number', () => {
    const { array: small } = newArray({ limits: { ...array.system.limits, hosts: 1, hostGroups: 0 } });
    expect(() => small.hosts.create({ label: 'b', hostTypeIndex: 28, groupRef: null, ports: [] })).toThrowError(
      expect.objectContaining({ returnCode: 'tooManyPartitions' }),
    );
    expect(() => small.hostGroups.create('g')).toThrowError(
      expect.objectContaining({ returnCode: 'partCrteFailTblFull' }),
    );
  });
});

describe('host groups', () => {
  it('are made with hosts and take in more', () => {
    const [a, b] = [newHost('a'), newHost('b')];
    const group = array.hostGroups.create('cluster', [a.ref]);
    expect(group.ref).toMatch(/^85/);
    array.hostGroups.update(group.ref, { label: 'renamed', addHostRefs: [b.ref] });
    expect(array.hosts.inGroup(group.ref).map((host) => host.label)).toEqual(['a', 'b']);
    expect(array.hostGroups.require(group.ref.toLowerCase()).label).toBe('renamed');
  });

  it('have unique, legal names', () => {
    array.hostGroups.create('cluster');
    expect(() => array.hostGroups.create('cluster')).toThrowError(expect.objectContaining({ returnCode: 'partDupId' }));
    expect(() => array.hostGroups.create('')).toThrowError(expect.objectContaining({ returnCode: 'partLabelInvalid' }));
  });

  it('take their hosts and all mappings with them when deleted', () => {
    const host = newHost('a');
    const group = array.hostGroups.create('cluster', [host.ref]);
    const volumes = ['v1', 'v2'].map((label) =>
      array.volumes.create({ label, poolRef: test.poolRef, capacityBytes: gib }),
    );
    array.mappings.create({ mappableRef: volumes[0]?.ref ?? '', targetRef: group.ref });
    array.mappings.create({ mappableRef: volumes[1]?.ref ?? '', targetRef: host.ref });
    array.hostGroups.delete(group.ref);
    expect(array.tables.hosts.has(host.ref)).toBe(false);
    expect(array.tables.mappings.size).toBe(1);
  });
});
