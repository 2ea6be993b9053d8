import { beforeEach, describe, expect, it } from 'vitest';
import { basic, newServer, type TestServer } from '../servers.js';

let server: TestServer;

beforeEach(async () => {
  server = await newServer({ mode: 'proxy' });
});

describe('answers that have exactly the properties of their definitions', () => {
  it('about names the array', async () => {
    const { system } = server.array;
    expect((await server.ask('GET', 'about')).body).toEqual({
      name: system.label,
      wwn: system.wwn,
      serialNumber: system.chassisSerialNumber,
      controllerPosition: 1,
    });
  });

  it('drives/erase/progress lists operations', async () => {
    expect((await server.ask('GET', 'drives/erase/progress')).body).toEqual({ driveOperations: [] });
  });

  it('lockdownstatus has the label and no lockdown', async () => {
    expect((await server.ask('GET', 'lockdownstatus')).body).toEqual({
      isLockdown: false,
      storageSystemLabel: 'demo',
      lockdownType: 'unknown',
      sevenSegmentCodes: '',
      hasDrives: true,
      limitedAccessState: 'none',
      lockdownClearable: false,
    });
  });

  it('max-reserved-drive-count is an object for disk pools, and refused for volume groups', async () => {
    const pools = (await server.ask('GET', 'storage-pools')).body as { id: string; diskPool: boolean }[];
    const ask = (diskPool: boolean) => {
      const pool = pools.find((each) => each.diskPool === diskPool);
      return server.ask('GET', `storage-pools/${pool?.id}/max-reserved-drive-count`);
    };
    const { body } = await ask(true);
    expect(body).toEqual({ storagePoolId: pools[0]?.id, maxReservedDriveCount: 4 });
    expect((await ask(false)).status).toBe(422);
  });
});

describe('discovery', () => {
  const path = '/devmgr/v2/discovery';

  it('has found nothing before it was started', async () => {
    expect((await server.ask('GET', path)).body).toEqual({
      requestId: '0',
      currentCount: 0,
      total: 0,
      lastStart: null,
      discoverProcessRunning: false,
      storageSystems: [],
    });
  });

  it('finds the arrays of the addresses that are asked for, with firmware, NVSRAM and state', async () => {
    const started = await server.ask('POST', path, { startIP: '127.0.0.0', endIP: '127.0.0.9' });
    expect(started.status).toBe(202);
    const { system } = server.array;
    const array = { wwn: system.wwn, firmware: system.firmware.bundle, nvsram: system.firmware.nvsram };
    expect(started.body).toMatchObject({ requestId: '1', currentCount: 10, total: 10 });
    expect(started.body.storageSystems).toMatchObject([{ ...array, needsAttention: false }]);
    expect((await server.ask('GET', `${path}?requestId=1`)).body).toEqual(started.body);
    expect((await server.ask('GET', `${path}?excludeManagedSystems=true`)).body.storageSystems).toEqual([]);
    await server.ask('POST', path, { startIP: '10.99.0.1', endIP: '10.99.0.1' });
    expect((await server.ask('GET', path)).body).toMatchObject({ requestId: '2', storageSystems: [] });
  });

  it('refuses ranges that are none and results that never were', async () => {
    expect((await server.ask('POST', path, { startIP: 'here', endIP: '127.0.0.1' })).status).toBe(422);
    expect((await server.ask('POST', path, { startIP: '127.0.0.2', endIP: '127.0.0.1' })).status).toBe(422);
    expect((await server.ask('GET', `${path}?requestId=7`)).status).toBe(404);
    expect((await server.ask('DELETE', path)).status).toBe(204);
  });
});

describe('forwarded requests', () => {
  it('are documented operations that are implemented', async () => {
    const { operations } = (await server.control('GET', '/coverage')).body as {
      operations: { id: string; documented: boolean; implemented: boolean }[];
    };
    const forward = operations.filter(({ id }) => id.startsWith('forward'));
    expect(forward.map(({ id }) => id).sort()).toEqual([
      'forwardDelete',
      'forwardGet',
      'forwardOptions',
      'forwardPost',
    ]);
    expect(forward.every(({ documented, implemented }) => documented && implemented)).toBe(true);
  });

  it('OPTIONS tells the methods of what is behind it', async () => {
    const answer = await server.ask('OPTIONS', 'forward/devmgr/v2/storage-systems/1/volumes');
    expect([answer.status, answer.headers.allow]).toEqual([200, 'GET, POST, OPTIONS']);
    expect((await server.ask('OPTIONS', 'forward/devmgr/v2/nothing')).status).toBe(404);
  });
});

describe('login-banner', () => {
  const path = 'login-banner';
  const form = (content: string, name = 'file') =>
    server.ask(
      'POST',
      path,
      Buffer.from(
        `--b0\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b0\r\nContent-Disposition: form-data; name="${name}"; filename="banner.txt"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n--b0--\r\n`,
      ),
      { ...basic('admin', 'admin'), 'content-type': 'multipart/form-data; boundary=b0' },
    );

  it('takes the file of a form and gives it back as bytes', async () => {
    expect((await server.ask('GET', path)).status).toBe(204);
    expect((await form('Authorised users only.\r\n\r\nRésumé')).status).toBe(204);
    const shown = await server.ask('GET', path);
    expect([shown.status, shown.text]).toEqual([200, 'Authorised users only.\r\n\r\nRésumé']);
    expect(shown.headers['content-type']).toBe('application/octet-stream');
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect((await server.ask('GET', path)).status).toBe(204);
  });

  it('refuses what is no form, has no such part, or is empty or too large', async () => {
    expect((await server.ask('POST', path, 'plain text')).status).toBe(422);
    expect((await form('text', 'banner')).status).toBe(422);
    expect((await form('')).status).toBe(422);
    expect((await form('x'.repeat(5 * 1024 + 1))).status).toBe(422);
    expect((await form('x'.repeat(5 * 1024))).status).toBe(204);
  });
});
