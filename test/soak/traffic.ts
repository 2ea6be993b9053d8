import { connect as connectSocket } from 'node:net';
import { connect, read16, synchronizeCache, testUnitReady, write16 } from '../../conformance/probe/index.js';
import { NetAppEseriesISCSIDriver, type Volume } from '../../driver/index.js';
import { patience, patternOf } from '../conformance/probe/patterns.js';
import { poolOf, rest } from '../crash/clients.js';
import type { SoakReady } from './child.js';

const root = '/devmgr/v2/storage-systems/1';
const initiatorName = 'iqn.2026-01.com.example:soak';

/** One round of everything that clients do. At its end the array is as it was before, and no connection is open. */
export async function playRound(ready: SoakReady, round: number): Promise<void> {
  const { url } = ready;
  const poolId = await poolOf(url);
  await Promise.all([
    restTraffic(url, poolId, round),
    controlTraffic(url),
    strayTraffic(ready),
    driverTraffic(url, round),
  ]);
  await iscsiTraffic(ready, poolId, round);
  await rest(url, 'POST', '/sim/v1/arrays/1/reset');
}

/** Volumes, snapshots and views come and go, and everything is listed. */
async function restTraffic(url: string, poolId: string, round: number): Promise<void> {
  const made: string[] = [];
  for (let count = 0; count < 5; count++) {
    const wanted = { poolId, name: `r${round}_${count}`, sizeUnit: 'gb', size: '1' };
    made.push((await rest<{ id: string }>(url, 'POST', `${root}/volumes`, wanted)).id);
  }
  const group = await rest<{ id: string }>(url, 'POST', `${root}/snapshot-groups`, {
    baseMappableObjectId: made[0],
    name: `g${round}`,
  });
  const image = await rest<{ id: string }>(url, 'POST', `${root}/snapshot-images`, { groupId: group.id });
  const view = { snapshotImageId: image.id, name: `w${round}`, viewMode: 'readOnly' };
  await rest(url, 'POST', `${root}/snapshot-volumes`, view);
  for (const path of ['volumes', 'storage-pools', 'graph', 'hardware-inventory', 'mel-events'])
    await rest(url, 'GET', `${root}/${path}`);
  for (const id of made.slice(1)) await rest(url, 'DELETE', `${root}/volumes/${id}`);
}

/** States are saved and forgotten, a fault comes and goes, the journal is read. */
async function controlTraffic(url: string): Promise<void> {
  await rest(url, 'PUT', '/sim/v1/arrays/1/states/soak');
  const fault = { when: { request: 'GET workloads' }, what: { do: 'status', status: 500 } };
  const { id } = await rest<{ id: string }>(url, 'POST', '/sim/v1/faults', fault);
  await rest(url, 'GET', '/sim/v1/journal');
  await rest(url, 'DELETE', `/sim/v1/faults/${id}`);
  await rest(url, 'DELETE', '/sim/v1/arrays/1/states/soak');
}

/** Clients that break off: within a request, within a login, with an answer that they do not read. */
async function strayTraffic({ url, iscsi }: SoakReady): Promise<void> {
  const { hostname, port } = new URL(url);
  const portal = new URL(`http://${iscsi[0]?.portal}`);
  const begun = [
    [Number(port), hostname, 'POST /devmgr/utils/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{'],
    [Number(port), hostname, 'GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    [Number(portal.port), portal.hostname, 'not a login'],
  ] as const;
  await Promise.all(
    begun.map(
      ([at, host, text]) =>
        new Promise<void>((resolve) => {
          const socket = connectSocket({ host, port: at }, () => socket.write(text, () => socket.destroy()));
          socket.on('error', () => undefined).on('close', () => resolve());
        }),
    ),
  );
}

/** Our Cinder driver makes, snapshots, clones and deletes volumes. */
async function driverTraffic(url: string, round: number): Promise<void> {
  const driver = new NetAppEseriesISCSIDriver({
    configuration: {
      netapp_server_hostname: '127.0.0.1',
      netapp_server_port: Number(new URL(url).port),
      netapp_login: 'admin',
      netapp_password: 'admin',
      netapp_controller_ips: '127.0.0.1',
    },
    host: 'soak@eseries',
  });
  await driver.doSetup();
  const idOf = (number: number) => `00000000-0000-4000-8000-${String(round * 10 + number).padStart(12, '0')}`;
  const volumeOf = (number: number): Volume => ({ id: idOf(number), size: 1, host: 'soak@eseries#DDP_1' });
  await driver.createVolume(volumeOf(0));
  const made = await driver.createSnapshot({ id: idOf(1), volume: volumeOf(0) });
  const snapshot = { id: idOf(1), volume: volumeOf(0), provider_id: String(made.provider_id) };
  await driver.createVolumeFromSnapshot(volumeOf(2), snapshot);
  await driver.deleteVolume(volumeOf(2));
  await driver.deleteSnapshot(snapshot);
  await driver.deleteVolume(volumeOf(0));
  await driver.close();
}

/** An initiator logs in, writes and reads, and logs out; another is cut off with commands under way. */
async function iscsiTraffic({ url, iscsi }: SoakReady, poolId: string, round: number): Promise<void> {
  const ports = [{ type: 'iscsi', port: initiatorName, label: 'p' }];
  const host = await rest<{ id: string }>(url, 'POST', `${root}/hosts`, { name: 'h', hostType: { index: 28 }, ports });
  const wanted = { poolId, name: 'io', sizeUnit: 'gb', size: '1' };
  const { id } = await rest<{ id: string }>(url, 'POST', `${root}/volumes`, wanted);
  const mapping = { mappableObjectId: id, targetId: host.id };
  const { lun } = await rest<{ lun: number }>(url, 'POST', `${root}/volume-mappings`, mapping);
  const [first] = iscsi;
  const options = { portal: first?.portal ?? '', targetName: first?.iqn ?? '', initiatorName, patience };
  const session = await connect(options);
  for (let turn = 0; turn < 5; turn++) await session.execute(testUnitReady(lun));
  const range = { lba: 0n, blocks: 128 };
  for (let count = 0; count < 10; count++) {
    const bytes = patternOf(`${round}:${count}`, 128 * 512);
    await session.perform(write16(lun, range, bytes, { fua: count % 2 === 0 }));
    const { data } = await session.perform(read16(lun, range, 512));
    if (!data.equals(bytes)) throw new Error('what was written is not what is read');
  }
  await session.perform(synchronizeCache(lun));
  session.close();
  const cut = await connect(options);
  const underWay = cut.perform(write16(lun, range, patternOf('cut', 128 * 512), { fua: true }));
  cut.close();
  await underWay.catch(() => undefined);
}
