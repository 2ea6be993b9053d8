import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';
import { formRequest } from './forms.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ mode: 'proxy' });
});

const bundle = 'RCB_11.95.1_280x_1a2b3c4d.dlp';

function upload(path: string, part: string, fileName: string) {
  const { payload, headers } = formRequest({ [part]: [fileName, 'content'] });
  return server.ask('POST', path, payload, { ...basic('admin', 'admin'), ...headers });
}

const embedded = '/devmgr/v2/firmware/embedded-firmware';
const statuses = () => server.array.controllers.list().map(({ status }) => status);

describe('controller firmware', () => {
  it('restarts the controllers one after the other, and is in force when the last is back', async () => {
    server.array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 2 ** 30 }, ['firmware']);
    await upload(`${embedded}?staged=true`, 'dlpfile', bundle);
    const before = server.array.system.firmware.bundle;
    expect((await server.ask('POST', `${embedded}/activate`)).status).toBe(204);
    expect(statuses()).toEqual(['failed', 'optimal']);
    server.clock.advance(2000);
    expect((await server.ask('GET', 'cfw-upgrade')).body.running).toBe(true);
    expect([statuses(), server.array.system.firmware.bundle]).toEqual([['optimal', 'failed'], before]);
    server.clock.advance(2000);
    expect((await server.ask('GET', 'cfw-upgrade')).body).toMatchObject({ running: false });
    expect([statuses(), server.array.system.firmware.bundle]).toEqual([['optimal', 'optimal'], '08.95.01.00']);
    const { codeVersions } = (await server.ask('GET', `${embedded}/1/versions`)).body;
    expect(codeVersions).toContainEqual({ codeModule: 'bundleDisplay', versionString: '11.95R1' });
  });

  it('stays the old one when a controller does not take it', async () => {
    server.array.jobs.setProgression({ mode: 'fail-at', percent: 50, bytesPerSecond: 2 ** 30 }, ['firmware']);
    const before = server.array.system.firmware;
    await upload(embedded, 'dlpfile', bundle);
    server.clock.advance(10_000);
    await server.ask('GET', 'cfw-upgrade');
    expect([statuses(), server.array.system.firmware]).toEqual([['optimal', 'optimal'], before]);
  });

  it('is refused when it is older, of another model, or none', async () => {
    expect((await upload(embedded, 'dlpfile', 'RCB_11.30.1_280x.dlp')).status).toBe(422);
    const nvsram = 'firmware/embedded-firmware/1/nvsram';
    expect((await upload(`/devmgr/v2/${nvsram}`, 'nvsramimage', 'N6000-890834-D02.dlp')).status).toBe(422);
    expect((await upload(embedded, 'dlpfile', 'notes.txt')).status).toBe(422);
  });

  it('is refused while a drive has failed, unless the health check is ignored', async () => {
    await upload(`${embedded}?staged=true`, 'dlpfile', bundle);
    const [drive] = server.array.tables.drives.values();
    await server.control('POST', `/arrays/1/drives/${drive?.ref}/fail`);
    const activate = (ignoreHealthCheck: boolean) => server.ask('POST', 'cfw-upgrade/activate', { ignoreHealthCheck });
    const refused = await activate(false);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(String(drive?.ref))]);
    expect((await activate(true)).status).toBe(200);
  });

  it('is staged again after a save, and gone after a reset', async () => {
    await upload(`${embedded}?staged=true`, 'dlpfile', bundle);
    const staged = async () => (await server.ask('GET', 'cfw-upgrade/staged')).body.codeVersions;
    const saved = server.array.save();
    await server.control('POST', '/arrays/1/reset');
    expect(await staged()).toEqual([]);
    server.array.restore(saved);
    expect(await staged()).toEqual([{ codeModule: 'bundle', versionString: '08.95.01.00' }]);
  });
});

describe('drive firmware', () => {
  it('is loaded by the clock, and shown by the drive', async () => {
    server.array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 2 ** 28 }, ['firmware']);
    await upload('/devmgr/v2/files/drive', 'file', 'D_ANY_NA99.dlp');
    const [drive] = server.array.tables.drives.values();
    const entry = { filename: 'D_ANY_NA99.dlp', compatibilityCheckEnabled: true, driveRefList: [drive?.ref] };
    expect((await server.ask('POST', 'firmware/drives/initiate-upgrade?onlineUpdate=true', [entry])).status).toBe(200);
    const state = async () => (await server.ask('GET', 'firmware/drives/state')).body;
    expect(await state()).toMatchObject({ overallStatus: 'busy', driveStatus: [{ status: 'inProgressRecon' }] });
    server.clock.advance(1000);
    expect(await state()).toMatchObject({ overallStatus: 'ok', driveStatus: [{ status: 'okay' }] });
    expect((await server.ask('GET', `drives/${drive?.ref}`)).body.firmwareVersion).toBe('NA99');
  });
});
