import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Backend, type BackendOptions, backendTools, closeConsistent, newBackend } from '../backends.js';

/** What the driver checks and tolerates when it starts. Ids are those of fixes to earlier drivers and of known defects. */

let backend: Backend;
const { array, made, onArray } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

async function use(options: BackendOptions): Promise<void> {
  await backend.close();
  backend = await newBackend(options);
}

describe('start', () => {
  it('B5: a host type that the array does not have fails, with what is allowed', async () => {
    await expect(backend.another({ netapp_host_type: 'amiga' })).rejects.toThrow(/amiga.*linux_dm_mp/);
  });

  it('B11, Q36: autosupport carries serial numbers, and its failure fails no call', async () => {
    const record = array()
      .tables.keyValues.toJSON()
      .find((each) => each.store === 'keyValue');
    expect(JSON.parse(record?.value ?? '')).toMatchObject({
      'computer-name': 'cinder-host',
      'chassis-serial-number': array().system.chassisSerialNumber,
      'operating-mode': 'embedded',
    });
    backend.proxy.fail({ path: /hardware-inventory/, fault: { status: 500 }, times: 9 });
    await backend.another();
    backend.clock.advance(3_600_000);
    await backend.driver.getVolumeStats(true);
  });

  it('B12, Q32, Q53: an error is judged by its status and keeps the array’s words', async () => {
    const volume = await made();
    for (const [status, body, message] of [
      [422, '<html>no json', /error code 422/],
      [424, { errorMessage: 'away', retcode: 'offline' }, /offline.*away/],
      [422, { errorMessage: 'wrong', retcode: '30', codeType: 'symbol' }, /password is wrong.*wrong.*retcode 30/],
      [400, { errorMessage: 'bad label', retcode: '41' }, /error code 400. bad label \(retcode 41\)/],
    ] as const) {
      backend.proxy.fail({ method: 'GET', path: /^ssc\/volumes\//, fault: { status, body } });
      await expect(backend.driver.getPool(volume)).rejects.toMatchObject({
        name: 'WebServiceException',
        statusCode: status,
        message: expect.stringMatching(message),
      });
    }
  });

  it('B13, Q51: an array that is coming up is waited for; one that does not come, or refuses, fails clearly', async () => {
    for (const fault of [{ status: 424 }, 'lost', { status: 503 }] as const) {
      backend.proxy.fail({ path: /^\/devmgr\/v2\/storage-systems(\/1)?$/, fault, times: 3 });
      await backend.another();
    }
    for (const status of ['neverContacted', 'OFFLINE']) {
      const body = { id: '1', status, passwordStatus: 'valid' };
      const undo = backend.proxy.fail({
        method: 'GET',
        path: /storage-systems\/1$/,
        fault: { status: 200, body },
        times: 99,
      });
      await expect(backend.another()).rejects.toThrow(/bad status/);
      expect(undo()).toBeGreaterThan(3);
      backend.proxy.clear();
    }
    const body = { id: '1', status: 'optimal', passwordStatus: 'Invalid' };
    backend.proxy.fail({ method: 'GET', path: /storage-systems\/1$/, fault: { status: 200, body }, times: 99 });
    await expect(backend.another()).rejects.toThrow(/bad password status/);
    backend.proxy.clear();
    backend.proxy.fail({
      method: 'GET',
      path: /storage-systems\/1$/,
      fault: { status: 200, body: { id: '1' } },
      times: 99,
    });
    await backend.another();
    backend.proxy.clear();
    await expect(backend.another({ netapp_sa_password: 'nonsense' })).rejects.toThrow(/password is wrong/);
    await backend.another({ netapp_sa_password: 'admin' });
  });

  it('Q35: of several storage systems none of which has the configured address, none is taken', async () => {
    const systems = [
      { id: '1', ip1: '192.0.2.1', ip2: '192.0.2.2' },
      { id: '2', ip1: '192.0.2.3', ip2: '192.0.2.4' },
    ];
    const answer = (body: object[]) =>
      backend.proxy.fail({ method: 'GET', path: /v2\/storage-systems$/, fault: { status: 200, body } });
    answer(systems);
    await expect(backend.another()).rejects.toThrow(/None of the 2 storage systems .* 127\.0\.0\.1/);
    answer([]);
    await expect(backend.another()).rejects.toThrow(/know no storage system/);
  });

  it('Q36: what cannot be tidied up at the start keeps nothing else from being tidied up', async () => {
    const ref = onArray(await made())?.ref ?? '';
    array().snapshotGroups.create({ label: `${'A'.repeat(26)}SGCV`, baseRef: ref });
    const left = () => array().snapshotGroups.ofBase(ref).length;
    expect(left()).toBe(1);
    backend.proxy.fail({ method: 'GET', path: /key-values/, fault: { status: 500 } });
    await backend.another();
    expect(left()).toBe(0);
  });

  it('B19, B29, B30: defaults', async () => {
    expect(backend.log).toContainEqual(expect.stringContaining('use_multipath_for_image_xfer'));
    expect(array().tables.hostGroups.size).toBe(0);
  });

  it('B23: passwords are not logged', async () => {
    await use({
      configuration: { netapp_password: 'secret-1', netapp_sa_password: 'secret-1' },
      simulator: { password: 'secret-1' },
    });
    expect(backend.log.join('\n')).not.toContain('secret-1');
    expect(backend.log.join('\n')).not.toContain(Buffer.from('admin:secret-1').toString('base64'));
  });

  it('B28: an address that cannot be resolved fails, wherever it stands', async () => {
    await expect(backend.another({ netapp_controller_ips: '127.0.0.1, no.such.host.invalid' })).rejects.toMatchObject({
      name: 'NoValidBackend',
      message: expect.stringContaining('no.such.host.invalid'),
    });
  });

  it('Q34, Q35: works below another service path, by name, and finds the array behind a proxy', async () => {
    await backend.another({ netapp_webservice_path: 'devmgr/v2/' });
    await backend.another({ netapp_server_hostname: 'localhost', netapp_controller_ips: 'localhost' });
    const { driver } = backend;
    expect(await driver.getVolumeStats()).toEqual({});
    const fresh = await driver.getVolumeStats(true);
    expect(await driver.getVolumeStats()).toEqual(fresh);
    await use({ simulator: { mode: 'proxy' }, configuration: { netapp_server_hostname: '127.0.0.1' } });
    expect((await backend.driver.getVolumeStats(true)).pools).toHaveLength(3);
  });
});
