import { describe, expect, it } from 'vitest';
import { OptionError, startSimulator } from '../../../simulator/index.js';
import { firmwareReleases } from '../../../simulator/presets/firmware.js';

const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
const root = '/devmgr/v2/storage-systems/1';

/** What clients see of an array with the firmware of a release: versions, a volume in a disk pool, how times end. */
async function seenWith(firmware: string): Promise<object> {
  const simulator = await startSimulator({ listen: false, iscsi: false, firmware });
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const { body } = await simulator.app.inject({
      method,
      url,
      headers: { authorization },
      ...(payload && { payload }),
    });
    return JSON.parse(body);
  };
  try {
    const { fwVersion, nvsramVersion } = await ask('GET', root);
    const [pool] = await ask('GET', `${root}/storage-pools`);
    const { raidLevel } = await ask('POST', `${root}/volumes`, { poolId: pool.id, name: 'v', sizeUnit: 'gb', size: 1 });
    const [controller] = await ask('GET', `${root}/controllers`);
    const display = controller.codeVersions.find((each: { codeModule: string }) => each.codeModule === 'bundleDisplay');
    return { fwVersion, nvsramVersion, raidLevel, display: display.versionString };
  } finally {
    await simulator.close();
  }
}

describe('the firmware of an array', () => {
  it.each([
    ['08.42', '08.42.30.05', 'N5700-842834-D02', '11.40.3R2'],
    ['11.70', '08.70.00.00', 'N5700-870834-D02', '11.70'],
    ['11.80', '08.80.00.00', 'N5700-880834-D02', '11.80'],
    ['11.90', '08.90.02.00', 'N5700-890834-D02', '11.90R2'],
    ['12.00', '12.00.00.00', 'N5700-120834-D02', '12.00'],
  ])('is that of the release that is asked for: %s', async (release, fwVersion, nvsramVersion, display) => {
    expect(await seenWith(release)).toEqual({ fwVersion, nvsramVersion, raidLevel: 'raid6', display });
  });

  it('is one of the releases that are known', async () => {
    expect(firmwareReleases).toHaveLength(5);
    const start = startSimulator({ listen: false, iscsi: false, firmware: '11.91' });
    await expect(start).rejects.toThrow(OptionError);
    await expect(start).rejects.toThrow('--firmware 11.91 is unknown: allowed are 08.42, 11.70, 11.80, 11.90, 12.00');
  });
});
