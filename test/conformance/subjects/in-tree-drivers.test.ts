import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runChild } from '../../child-process.js';
import { pythonWithCinder } from './python-programs.js';

const python = pythonWithCinder();
const script = fileURLToPath(new URL('python/in_tree_drivers.py', import.meta.url));

describe.skipIf(python === undefined)('the table of Cinder’s own drivers', () => {
  it('says of each driver class whether it is imported, has its options registered, and can be made', async () => {
    const { stdout } = await runChild(python ?? '', ['-B', script, '--json', 'lvm', 'pure', 'solidfire']);
    const row = (module: string, name: string) => ({
      module: `cinder.volume.drivers.${module}`,
      class: name,
      imports: true,
      options: true,
      constructs: true,
      reason: '',
    });
    expect(JSON.parse(stdout)).toEqual([
      row('lvm', 'LVMVolumeDriver'),
      row('pure', 'PureISCSIDriver'),
      row('pure', 'PureFCDriver'),
      row('pure', 'PureNVMEDriver'),
      // Its constructor calls its array.
      {
        ...row('solidfire', 'SolidFireDriver'),
        constructs: false,
        reason: expect.stringContaining('No host supplied'),
      },
    ]);
  }, 120_000);
});
