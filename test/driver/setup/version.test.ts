import { describe, expect, it } from 'vitest';
import { supports } from '../../../driver/setup/version.js';

describe('features by version', () => {
  it.each([
    [
      'autosupport',
      ['01.52.9000.3', '01.52.8999.2', '01.53.9000.2', '02.51.9000.3'],
      ['01.52.9000.2', '01.52.9001.2', '01.51.9010.5', '0.53.9000.3'],
    ],
    [
      'chapAuthentication',
      ['01.53.9000.15', '01.53.8999.15', '01.54.9090.15', '02.52.9000.15'],
      ['01.52.9001.2', '01.51.9010.5'],
    ],
    ['release13', ['01.53.9000.1', '01.54.9010.20'], ['01.53.9010.17']],
    ['release14', ['01.54.9090.0', '01.54.9000.0', '02.50.0000.0006', '03.00.0000.0002'], ['01.54.9091.5']],
  ] as const)('%s is on and off where it should be', (feature, on, off) => {
    for (const version of on) expect([version, supports(version, feature)]).toEqual([version, true]);
    for (const version of off) expect([version, supports(version, feature)]).toEqual([version, false]);
    expect(() => supports('11.90', feature)).toThrow(/A\.B\.C\.D/);
  });
});
