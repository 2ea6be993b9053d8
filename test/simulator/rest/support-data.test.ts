import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer();
});

/** The files of a tar archive, by their headers. */
function filesOf(archive: Buffer): Map<string, string> {
  const tar = gunzipSync(archive);
  const files = new Map<string, string>();
  for (let offset = 0; tar[offset] !== 0; ) {
    const field = (from: number, length: number) =>
      tar.toString('latin1', offset + from, offset + from + length).replace(/\0.*$/, '');
    const size = Number.parseInt(field(124, 12), 8);
    files.set(field(0, 100), tar.toString('utf8', offset + 512, offset + 512 + size));
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

async function download(path: string): Promise<Buffer> {
  const url = `/devmgr/v2/storage-systems/1/${path}`;
  const answer = await server.app.inject({ method: 'GET', url, headers: basic('admin', 'admin') });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/octet-stream']);
  return answer.rawPayload;
}

describe('raw data', () => {
  it('are collected in the background, and fetched as an archive when that is complete', async () => {
    server.array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 2 ** 31 / 100 });
    const started = await server.ask('POST', 'diagnostic-data/raw-data', {
      rawDataTypes: ['debugQueue', 'dbmRecords'],
    });
    const { requestId } = started.body;
    const path = `diagnostic-data/raw-data/${requestId}`;
    expect(started.status).toBe(202);
    server.clock.advance(25_000);
    expect((await server.ask('GET', path)).body).toMatchObject({ percentComplete: 25, complete: false });
    expect((await server.ask('GET', `${path}/file`)).status).toBe(422);
    server.clock.advance(75_000);
    expect((await server.ask('GET', path)).body).toEqual({
      rawDataTypes: ['debugQueue', 'dbmRecords'],
      percentComplete: 100,
      complete: true,
      cancelled: false,
    });
    const files = filesOf(await download(`${path}/file`));
    expect([...files.keys()]).toEqual(['events.txt', 'databaseRecords.json']);
    const { drives } = JSON.parse(files.get('databaseRecords.json') ?? '') as { drives: unknown[] };
    expect(drives).toHaveLength(server.array.tables.drives.size);
    expect((await server.ask('DELETE', path)).status).toBe(422);
  });

  it('can be cancelled, and are then never complete', async () => {
    server.array.jobs.setProgression({ mode: 'stuck' });
    const { requestId } = (await server.ask('POST', 'diagnostic-data/raw-data', {})).body;
    const path = `diagnostic-data/raw-data/${requestId}`;
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect((await server.ask('GET', path)).body).toMatchObject({ complete: false, cancelled: true });
    expect((await server.ask('GET', `${path}/file`)).status).toBe(422);
    expect((await server.ask('GET', 'diagnostic-data/raw-data/9999')).status).toBe(404);
  });

  it('are refused where there are none', async () => {
    for (const rawDataTypes of [[], ['coreDump'], ['x']])
      expect((await server.ask('POST', 'diagnostic-data/raw-data', { rawDataTypes })).status).toBe(422);
    expect((await server.ask('POST', 'diagnostic-data/raw-data-lockdown', {})).status).toBe(422);
    expect((await server.ask('GET', 'core-dump-info')).body).toMatchObject({ dplCoreDumpNeedsRetrieved: false });
  });
});

describe('support data', () => {
  it('become a file of the size that is told', async () => {
    const wanted = { type: 'supportBundle', filename: 'bundle.tar.gz' };
    const { requestId } = (await server.ask('POST', 'support-data', wanted)).body;
    const { body } = await server.ask('GET', `support-data/${requestId}`);
    expect(body).toMatchObject({
      requestId,
      progress: { complete: true, percentage: 100 },
      ...wanted,
    });
    const kept = server.array.documents.list<{ base64: string }>('array/supportBundle');
    const archive = Buffer.from(kept[0]?.base64 ?? '', 'base64');
    expect(body.sizeInBytes).toBe(String(archive.length));
    expect(filesOf(archive).get('deviceProfile.txt')).toContain(`NVSRAM: ${server.array.system.firmware.nvsram}`);
    expect(gunzipSync(archive).toString()).not.toMatch(/password|chapSecret|scrypt/i);
  });

  it('are refused under a name that is a path, and of what there is none', async () => {
    expect((await server.ask('POST', 'support-data', { type: 'supportBundle', filename: '../x' })).status).toBe(422);
    expect((await server.ask('POST', 'support-data', { type: 'coreDump', filename: 'x' })).status).toBe(422);
    expect((await server.ask('POST', 'support-data', { filename: 'x' })).status).toBe(422);
    expect((await server.ask('GET', 'support-data/9999')).status).toBe(404);
  });

  it('tell the profile of the array as text', async () => {
    const profile = (await server.ask('POST', 'diagnostic-data', { requestType: 'deviceProfile' })).body.responseData;
    expect(profile).toContain(server.array.system.label);
    const firmware = (await server.ask('POST', 'diagnostic-data', { requestType: 'firmwareInventory' })).body;
    expect(firmware.responseData.match(/^Drive /gm)).toHaveLength(server.array.tables.drives.size);
  });
});

describe('a network trace', () => {
  it('goes on until its time is over or it is stopped, and leaves a file', async () => {
    const [port] = server.array.iscsiTarget.ports();
    const wanted = { maxTraceDurationSeconds: 60, interfaces: [port?.ref] };
    expect((await server.ask('GET', 'network-trace/status')).status).toBe(422);
    expect((await server.ask('POST', 'network-trace/start', wanted)).status).toBe(204);
    expect((await server.ask('GET', 'network-trace/status')).body).toMatchObject(wanted);
    expect((await server.ask('POST', 'network-trace/start', wanted)).status).toBe(422);
    expect((await server.ask('DELETE', 'network-trace/file')).status).toBe(422);
    expect((await server.ask('POST', 'network-trace/stop')).status).toBe(204);
    expect((await server.ask('POST', 'network-trace/stop')).status).toBe(422);
    expect((await download('network-trace/file')).readUInt32LE(0)).toBe(0xa1b2c3d4);
    expect((await server.ask('DELETE', 'network-trace/file')).status).toBe(204);
    expect((await server.ask('GET', 'network-trace/file')).status).toBe(404);
    await server.ask('POST', 'network-trace/start', wanted);
    server.clock.advance(60_000);
    expect((await server.ask('GET', 'network-trace/status')).status).toBe(422);
    expect((await server.ask('POST', 'network-trace/start', { interfaces: ['none'] })).status).toBe(404);
  });
});

describe('alerts', () => {
  const email = {
    alertingEnabled: true,
    emailServerAddress: 'mail.example',
    emailSenderAddress: 'array@example.org',
    sendAdditionalContactInformation: false,
    recipientEmailAddresses: ['a@example.org'],
  };

  it('by e-mail are stored, shown without their password, and tested', async () => {
    expect((await server.ask('POST', 'device-alerts/alert-email-test')).body).toMatchObject({
      response: 'invalidEmailServerConfigured',
    });
    await server.ask('POST', 'device-alerts', { ...email, emailServerPassword: 'secret' });
    const { body, text } = await server.ask('GET', 'device-alerts');
    expect(body).toMatchObject(email);
    expect(text).not.toContain('secret');
    expect((await server.ask('POST', 'device-alerts/alert-email-test')).body).toMatchObject({
      response: 'emailSentOK',
    });
    for (const wrong of [
      { emailServerAddress: '' },
      { recipientEmailAddresses: ['x'] },
      { recipientEmailAddresses: [] },
    ])
      expect((await server.ask('POST', 'device-alerts', { ...email, ...wrong })).status).toBe(422);
    expect((await server.ask('GET', 'device-alerts')).body).toMatchObject(email);
    server.array.reset();
    expect((await server.ask('GET', 'device-alerts')).body).toMatchObject({ alertingEnabled: false });
  });

  it('by syslog are stored and tested', async () => {
    const settings = {
      syslogReceivers: [{ serverName: 'log.example', portNumber: 514 }],
      defaultFacility: 3,
      defaultTag: 'array',
    };
    expect((await server.ask('POST', 'device-alerts/alert-syslog-test')).body).toEqual({
      response: 'noSyslogReceiversConfigured',
    });
    expect((await server.ask('POST', 'device-alerts/alert-syslog', settings)).body).toMatchObject(settings);
    expect((await server.ask('POST', 'device-alerts/alert-syslog-test')).body).toEqual({ response: 'syslogSentOK' });
    const six = Array.from({ length: 6 }, () => ({ serverName: 's', portNumber: 1 }));
    expect((await server.ask('POST', 'device-alerts/alert-syslog', { ...settings, syslogReceivers: six })).status).toBe(
      422,
    );
  });
});

describe('servers of the audit log', () => {
  it('are added, changed, tested and removed', async () => {
    const components = [{ type: 'auditLog' }];
    const made = await server.ask('POST', 'syslog', { serverAddress: 'log.invalid', protocol: 'tls', components });
    expect(made.body).toMatchObject({ serverAddress: 'log.invalid', port: 6514, protocol: 'tls', components });
    const path = `syslog/${made.body.id}`;
    expect((await server.ask('POST', `${path}/test`)).status).toBe(422);
    expect((await server.ask('POST', path, { serverAddress: 'log.example' })).body).toMatchObject({ port: 6514 });
    expect((await server.ask('POST', `${path}/test`)).status).toBe(204);
    expect((await server.ask('GET', 'syslog')).body).toHaveLength(1);
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect((await server.ask('GET', path)).status).toBe(404);
    expect((await server.ask('POST', 'syslog', { serverAddress: '', components })).status).toBe(422);
    expect((await server.ask('POST', 'syslog', { serverAddress: 'x', components: [{ type: 'y' }] })).status).toBe(422);
  });
});
