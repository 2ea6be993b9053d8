import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './array-with-volume.js';
import { missing } from './foreign-tools.js';
import { runTestCu, type SuiteResult } from './iscsi-test-cu.js';

const names = [
  'iqn.2007-10.com.github:sahlberg:libiscsi:iscsi-test',
  'iqn.2007-10.com.github:sahlberg:libiscsi:iscsi-test-2',
];

/** Why a test of the 230 does not run against an array: each is listed, so that a new one is noticed. */
const notForAnArray: Readonly<Record<string, RegExp>> = {};

describe.skipIf(missing('iscsi-test-cu').length > 0)('iscsi-test-cu', () => {
  let lab: Lab;
  let thin: SuiteResult;
  beforeAll(async () => {
    lab = await openLab();
    const volume = await lab.volume('tested', 1, true);
    const { lun } = await lab.map(volume.id, await lab.host('h', names));
    thin = await runTestCu([lab.url(lun), lab.url(lun)]);
  }, 240_000);
  afterAll(() => lab.close());

  it('fails none of its tests', () => {
    expect(thin.failed).toEqual([]);
  });

  it('runs and passes at least 215 of 230', () => {
    expect(thin.passed.length + thin.skipped.length).toBe(230);
    expect(thin.passed.length).toBeGreaterThanOrEqual(215);
  });

  it('skips only what an array does not have', () => {
    const unknown = thin.skipped.filter(({ test, why }) => notForAnArray[test]?.test(why) !== true);
    expect(unknown).toEqual([]);
  });

  it('leaves the array sound', () => {
    expect(lab.simulator.array.check()).toEqual([]);
  });
});
