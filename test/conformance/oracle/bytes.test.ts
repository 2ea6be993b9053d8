import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnSimulator, startOwnSimulator } from '../../../conformance/arrays/own-simulator.js';
import { bytesOf, capacityOf, copyBytes, pattern, refused, writeBytes } from '../../../conformance/oracle/index.js';
import { ownLoopback } from '../../loopback.js';
import { HandMade, initiatorOf } from './hand-made.js';

const patience = () => AbortSignal.timeout(60_000);
const connector = { initiator: initiatorOf('one'), host: 'one' };
const options = { patience };

interface Port {
  readonly iqn: string;
  readonly tcpListenPort: number;
  readonly ipv4Data: { readonly ipv4AddressData: { readonly ipv4Address: string } };
}

let simulator: OwnSimulator;
let made: HandMade;
let volume: string;
let hostId: string;
let iqn: string;
let portals: string[];

beforeAll(async () => {
  simulator = await startOwnSimulator({ listen: true });
  made = new HandMade(simulator.admin);
  volume = await made.arrayVolume('volume');
  hostId = await made.host('one');
  const { iscsiPorts } = await simulator.admin.get<{ iscsiPorts: Port[] }>('hardware-inventory');
  iqn = iscsiPorts[0]?.iqn ?? '';
  portals = iscsiPorts.map(({ ipv4Data, tcpListenPort }) => `${ipv4Data.ipv4AddressData.ipv4Address}:${tcpListenPort}`);
});

afterAll(() => simulator.close());

function connectionInfo(lun: number, more: object = {}) {
  const data = {
    target_portal: portals[0],
    target_iqn: iqn,
    target_lun: lun,
    target_portals: portals,
    target_iqns: portals.map(() => iqn),
    target_luns: portals.map(() => lun),
    ...more,
  };
  return { driver_volume_type: 'iscsi', data };
}

describe('bytes behind connection info', () => {
  it('are written and read, in both forms of it, through each portal', async () => {
    const mapping = await made.map(volume, hostId, 5);
    const info = connectionInfo(5);
    const flat = { driver_volume_type: 'iscsi', ...info.data };
    const data = pattern('volume', 4096, 8192);
    await writeBytes(info, connector, 4096, data, options);
    const range = { offset: 4096, length: 8192 };
    expect((await bytesOf(flat, connector, range, options)).equals(data)).toBe(true);
    expect((await bytesOf(info, connector, range, { ...options, path: 'all' })).equals(data)).toBe(true);
    expect((await bytesOf(info, connector, range, { ...options, path: 1 })).equals(data)).toBe(true);
    expect(await capacityOf(info, connector, options)).toBe(2n ** 30n);
    await made.remove(`volume-mappings/${mapping}`);
  });

  it('are refused to a host that does not see the volume, and not to one that does', async () => {
    const mapping = await made.map(volume, hostId, 6);
    const info = connectionInfo(6);
    const stranger = { initiator: initiatorOf('stranger') };
    expect(await refused(info, connector, options)).toBe(false);
    expect(await refused(info, stranger, options)).toBe(true);
    await made.remove(`volume-mappings/${mapping}`);
    expect(await refused(info, connector, { ...options, path: 'all' })).toBe(true);
  });

  it('are refused when another volume is behind the LUN', async () => {
    const other = await made.arrayVolume('other');
    const mapping = await made.map(other, hostId, 6);
    const info = connectionInfo(6);
    const wwnOf = (ref: string) => ref.slice(-32);
    expect(await refused(info, connector, { ...options, wwn: wwnOf(volume) })).toBe(true);
    expect(await refused(info, connector, { ...options, wwn: wwnOf(other) })).toBe(false);
    await made.remove(`volume-mappings/${mapping}`);
  });

  it('are copied over others, zeros too', async () => {
    const pools = await simulator.admin.get<{ id: string; label: string }[]>('storage-pools');
    const poolId = pools.find(({ label }) => label === 'HDD_R1')?.id;
    const mappings: string[] = [];
    for (const lun of [8, 9]) {
      const wanted = { poolId, name: `small-${lun}`, sizeUnit: 'mb', size: '32' };
      const { id } = await simulator.admin.succeed<{ id: string }>('POST', 'volumes', wanted);
      mappings.push(await made.map(id, hostId, lun));
    }
    const data = pattern('copied', 0, 4096);
    await writeBytes(connectionInfo(8), connector, 2 ** 24, data, options);
    await writeBytes(connectionInfo(9), connector, 2 ** 20, data, options);
    await copyBytes(connectionInfo(8), connectionInfo(9), connector);
    const read = (offset: number) => bytesOf(connectionInfo(9), connector, { offset, length: 4096 }, options);
    expect((await read(2 ** 24)).equals(data)).toBe(true);
    expect((await read(2 ** 20)).equals(Buffer.alloc(4096))).toBe(true);
    for (const mapping of mappings) await made.remove(`volume-mappings/${mapping}`);
  });

  it('come with the credentials that are in it', async () => {
    const mapping = await made.map(volume, hostId, 7);
    const credentials = { auth_method: 'CHAP', auth_username: 'chapuser', auth_password: 'secretsecret' };
    await simulator.admin.succeed('POST', 'iscsi/target-settings', {
      iqn,
      enableChapAuthentication: true,
      alias: 'chapuser',
      chapSecret: 'secretsecret',
    });
    const range = { offset: 0, length: 512 };
    const authenticated = bytesOf(connectionInfo(7, credentials), connector, range, options);
    expect(await authenticated.then(({ length }) => length)).toBe(512);
    expect(await refused(connectionInfo(7), connector, options)).toBe(true);
    await made.remove(`volume-mappings/${mapping}`);
  });

  it('need an initiator and a portal that answers', async () => {
    const range = { offset: 0, length: 512 };
    await expect(bytesOf(connectionInfo(7), {}, range, options)).rejects.toThrow(TypeError);
    const unreachable = {
      driver_volume_type: 'iscsi',
      target_portal: `${ownLoopback}:1`,
      target_iqn: iqn,
      target_lun: 1,
    };
    await expect(refused(unreachable, connector, options)).rejects.toThrow();
    await expect(bytesOf({ driver_volume_type: 'fibre_channel' }, connector, range, options)).rejects.toThrow(
      TypeError,
    );
  });
});
