import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NetAppEseriesISCSIDriver, type Volume } from '../../driver/index.js';
import { type Lab, openLab } from './array-with-volume.js';
import { missing, run } from './foreign-tools.js';

const initiator = 'iqn.1993-08.org.debian:01:e2e';
const stranger = 'iqn.1993-08.org.debian:01:stranger';
const mib = 2 ** 20;

let lab: Lab;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'initiators-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const as = (name: string) => ['-i', name];

/** A disk as qemu's iSCSI driver opens it. */
function image(url: string, name = initiator): string {
  const [, portal, target, lun] = /^iscsi:\/\/([^/]+)\/([^/]+)\/(\d+)$/.exec(url) ?? [];
  return `driver=raw,file.driver=iscsi,file.transport=tcp,file.portal=${portal},file.target=${target},file.lun=${lun},file.initiator-name=${name}`;
}

async function qemuIo(url: string, ...commands: string[]): Promise<string> {
  const args = commands.flatMap((command) => ['-c', command]);
  const { stdout, stderr } = await run('qemu-io', [...args, '--image-opts', image(url)]);
  return stdout + stderr;
}

describe.skipIf(missing('iscsi-ls', 'iscsi-inq', 'iscsi-readcapacity16').length > 0)('libiscsi', () => {
  it('finds the target at all its portals, and the LUNs that are mapped', async () => {
    const volume = await lab.volume('seen', 2);
    const other = await lab.volume('not-mapped', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const portals = lab.simulator.iscsi.map((each) => each.portal);
    const { stdout, code } = await run('iscsi-ls', [...as(initiator), '-s', `iscsi://${portals[0]}`]);
    expect(code).toBe(0);
    for (const portal of portals) expect(stdout).toContain(`Target:${lab.iqn} Portal:${portal},`);
    expect(stdout).toMatch(new RegExp(`Lun:${lun}\\s+Type:DIRECT_ACCESS \\(Size:`));
    expect(stdout.match(/Lun:\d+\s+Type:DIRECT_ACCESS \(Size:/g)).toHaveLength(portals.length);
    expect(other.id).not.toBe(volume.id);
  });

  it('identifies a volume by its world-wide name', async () => {
    const volume = await lab.volume('named', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const { wwn } = await lab.get<{ wwn: string }>(`volumes/${volume.id}`);
    const standard = await run('iscsi-inq', [...as(initiator), lab.url(lun)]);
    expect(standard.stdout).toMatch(/Vendor:NETAPP\s/);
    expect(standard.stdout).toMatch(/Product:INF-01-00\s/);
    const identity = await run('iscsi-inq', [...as(initiator), '-e', '1', '-c', '131', lab.url(lun)]);
    expect(identity.stdout.toLowerCase()).toContain(`designator:[${lab.iqn},t,0x0001]`);
    // The name itself is printed as it is, in binary: its first bytes up to a zero.
    expect(identity.stdout.toLowerCase()).toMatch(
      /association:\(0\) logical_unit\ndesignator type:\(3\) naa\ndesignator:\[`/,
    );
    expect(wwn.startsWith('60')).toBe(true);
    const capacity = await run('iscsi-readcapacity16', [...as(initiator), lab.url(lun)]);
    expect(capacity.stdout).toMatch(/Total size:1073741824/);
  });

  it('comes as a stranger, sees no volume, and shows up as unassociated', async () => {
    const volume = await lab.volume('hidden', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const { stdout } = await run('iscsi-ls', [...as(stranger), '-s', `iscsi://${lab.simulator.iscsi[0]?.portal}`]);
    expect(stdout).toContain(lab.iqn);
    expect(stdout).not.toContain('Size:1G');
    expect((await run('iscsi-readcapacity16', [...as(stranger), lab.url(lun)])).code).not.toBe(0);
    const ports = await lab.get<{ unassociatedHostPorts?: unknown }>('unassociated-host-ports');
    expect(JSON.stringify(ports)).toContain(stranger);
  });

  it('must prove itself once CHAP is on', async () => {
    const volume = await lab.volume('guarded', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const settings = { enableChapAuthentication: true, alias: 'eserieschapuser', chapSecret: 'a-good-long-secret' };
    await lab.post('iscsi/target-settings', settings);
    const withUser = (user: string, password: string) =>
      run('iscsi-readcapacity16', [...as(initiator), lab.url(lun).replace('//', `//${user}%${password}@`)]);
    expect((await withUser('eserieschapuser', 'a-good-long-secret')).stdout).toMatch(/Total size:1073741824/);
    expect((await withUser(initiator, 'a-good-long-secret')).code).toBe(0);
    for (const refused of [
      await withUser('eserieschapuser', 'another-long-secret'),
      await withUser('somebody', 'a-good-long-secret'),
      await run('iscsi-readcapacity16', [...as(initiator), lab.url(lun)]),
      await run('iscsi-ls', [...as(initiator), `iscsi://${lab.simulator.iscsi[0]?.portal}`]),
    ]) {
      expect(refused.code).not.toBe(0);
      expect(refused.stdout + refused.stderr).toMatch(/Authentication failure|Auth/i);
    }
    const events = await lab.get<{ description: string }[]>('mel-events?count=50');
    expect(events.filter((event) => /authentication failed/.test(event.description)).length).toBeGreaterThanOrEqual(4);
  });
});

describe.skipIf(missing('qemu-img', 'qemu-io').length > 0)('qemu', () => {
  it('writes and reads every byte of a file', async () => {
    const volume = await lab.volume('bytes', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const data = randomBytes(20 * mib + 512);
    const [source, copy] = [join(folder, 'source.raw'), join(folder, 'copy.raw')];
    writeFileSync(source, data);
    const written = await run('qemu-img', [
      'convert',
      '-n',
      '-f',
      'raw',
      '--target-image-opts',
      source,
      image(lab.url(lun)),
    ]);
    expect(written).toMatchObject({ code: 0 });
    const read = await run('qemu-img', ['convert', '--image-opts', '-O', 'raw', image(lab.url(lun, 1)), copy]);
    expect(read).toMatchObject({ code: 0 });
    expect(readFileSync(copy).subarray(0, data.length).equals(data)).toBe(true);
    const { ref } = lab.simulator.array.volumes.require('bytes');
    expect(lab.simulator.array.io.read(ref, 0, data.length).equals(data)).toBe(true);
  });

  it('gives space of a thin volume back', async () => {
    const volume = await lab.volume('thin', 4, true);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const said = await qemuIo(
      lab.url(lun),
      'write -P 0x5a 0 8M',
      'discard 1M 2M',
      'read -P 0 1M 2M',
      'read -P 0x5a 3M 1M',
    );
    expect(said).not.toMatch(/failed|error/i);
  });

  it('reads what a snapshot froze while the volume goes on, and again after a rollback', async () => {
    const volume = await lab.volume('frozen', 1);
    const host = await lab.host('h', [initiator]);
    const { lun } = await lab.map(volume.id, host);
    await qemuIo(lab.url(lun), 'write -P 0x11 0 1M', 'flush');
    const group = await lab.post<{ id: string }>('snapshot-groups', {
      baseMappableObjectId: volume.id,
      name: 'g',
      repositoryPercentage: 40,
    });
    const imageOf = await lab.post<{ id: string; pitRef: string }>('snapshot-images', { groupId: group.id });
    await qemuIo(lab.url(lun), 'write -P 0x22 0 512k', 'flush');
    const view = await lab.post<{ id: string }>('snapshot-volumes', {
      snapshotImageId: imageOf.id,
      name: 'v',
      viewMode: 'readOnly',
    });
    const mapped = await lab.map(view.id, host);
    expect(await qemuIo(lab.url(lun), 'read -P 0x22 0 512k', 'read -P 0x11 512k 512k')).not.toMatch(/failed|error/i);
    expect(
      (await run('qemu-io', ['-r', '-c', 'read -P 0x11 0 1M', '--image-opts', image(lab.url(mapped.lun))])).stdout,
    ).not.toMatch(/failed|error/i);
    expect(await qemuIo(lab.url(mapped.lun), 'write 0 4k')).toMatch(/write protected/i);
    await lab.post('symbol/startPITRollback', { pitRef: [imageOf.pitRef] });
    expect(await qemuIo(lab.url(lun), 'read -P 0x11 0 1M')).not.toMatch(/failed|error/i);
  });

  it('attaches by what the driver returns, and cannot after it was detached', async () => {
    const { url, array } = lab.simulator;
    const driver = new NetAppEseriesISCSIDriver({
      configuration: {
        netapp_server_hostname: '127.0.0.1',
        netapp_server_port: new URL(url).port,
        netapp_controller_ips: '127.0.0.1',
        netapp_login: 'admin',
        netapp_password: 'admin',
      },
      sleep: async () => undefined,
    });
    await driver.doSetup();
    await driver.checkForSetupError();
    const volume: Volume = { id: '114774fb-e15a-4fae-8ee2-c9723e3645ef', size: 1, host: 'h@b#DDP_1' };
    await driver.createVolume(volume);
    const urlOf = ({ data }: Awaited<ReturnType<typeof driver.initializeConnection>>) =>
      `iscsi://${data.target_portal}/${data.target_iqn}/${data.target_lun}`;
    const first = urlOf(await driver.initializeConnection(volume, { initiator }));
    expect(await qemuIo(first, 'write -P 0x77 0 4M', 'flush', 'read -P 0x77 0 4M')).not.toMatch(/failed|error/i);
    const clone: Volume = { ...volume, id: 'e67e931a-b2ed-4890-938b-3acc6a517fac' };
    await driver.createClonedVolume(clone, volume);
    const second = urlOf(await driver.initializeConnection(clone, { initiator }));
    expect(await qemuIo(second, 'read -P 0x77 0 4M')).not.toMatch(/failed|error/i);
    await driver.terminateConnection(volume, { initiator });
    expect(await qemuIo(first, 'read 0 4k')).toMatch(/failed|error|could not|can't/i);
    expect(await qemuIo(second, 'read -P 0x77 0 4M')).not.toMatch(/failed|error/i);
    await driver.close();
    expect(array.check()).toEqual([]);
  });

  it('goes on at the other controller when one fails', async () => {
    const volume = await lab.volume('owned', 1);
    const { lun } = await lab.map(volume.id, await lab.host('h', [initiator]));
    const { array } = lab.simulator;
    const owner = array.volumes.require('owned').currentController;
    const portalOf = (isOwner: boolean) =>
      array.iscsiTarget.ports().findIndex((port) => (port.controllerRef === owner) === isOwner);
    expect(await qemuIo(lab.url(lun, portalOf(true)), 'write -P 0x33 0 1M', 'flush')).not.toMatch(/failed|error/i);
    array.controllers.setStatus(owner, 'failed');
    expect(await qemuIo(lab.url(lun, portalOf(false)), 'read -P 0x33 0 1M')).not.toMatch(/failed|error/i);
    expect(await qemuIo(lab.url(lun, portalOf(true)), 'read 0 4k')).toMatch(/failed|refused|could not/i);
    array.controllers.setStatus(owner, 'optimal');
    expect(await qemuIo(lab.url(lun, portalOf(true)), 'read -P 0x33 0 1M')).not.toMatch(/failed|error/i);
  });
});
