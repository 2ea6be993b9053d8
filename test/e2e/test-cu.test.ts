import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './array-with-volume.js';
import { missing } from './foreign-tools.js';
import { runTestCu, type SuiteResult } from './iscsi-test-cu.js';

const names = [
  'iqn.2007-10.com.github:sahlberg:libiscsi:iscsi-test',
  'iqn.2007-10.com.github:sahlberg:libiscsi:iscsi-test-2',
];

/** Why a test of the 230 does not run against this array: each is listed, so that a new one is noticed. */
const notForAnArray: readonly { readonly test: RegExp; readonly why: RegExp }[] = [
  // Volumes are no removable media.
  { test: /^PreventAllow\./, why: /not removable/ },
  { test: /^StartStopUnit\.Simple$/, why: /not removable/ },
  // The volume under test can be written; a view that cannot be has a run of its own.
  { test: /^ReadOnly\.ReadOnlySBC$/, why: /not write-protected/ },
  // Physical blocks are as large as logical ones.
  { test: /^CompareAndWrite\.InvalidDataOutSize$/, why: /LBPPB < 2/ },
  { test: /^WriteSame(10|16)\.(UnmapUnaligned|InvalidDataOutSize)$/, why: /LBPPB < 2/ },
];

describe.skipIf(missing('iscsi-test-cu').length > 0)('iscsi-test-cu', () => {
  let lab: Lab;
  let twoPaths: SuiteResult;
  let onePath: SuiteResult;
  beforeAll(async () => {
    lab = await openLab();
    const volume = await lab.volume('tested', 1, true);
    const { lun } = await lab.map(volume.id, await lab.host('h', names));
    twoPaths = await runTestCu([lab.url(lun), lab.url(lun, 2)]);
    onePath = await runTestCu([lab.url(lun)], 'ALL.Sanitize');
  }, 240_000);
  afterAll(() => lab.close());

  it('fails none of its tests', () => {
    // With two paths, Sanitize.Reservations reserves the unit by the second and never lets go of it (with one path it
    // logs out): what comes next meets that reservation, as it must. With one path it passes.
    expect(twoPaths.failed.map(({ test }) => test)).toEqual(['Sanitize.Reset']);
    expect(onePath).toMatchObject({ failed: [], skipped: [] });
    expect(onePath.passed).toContain('Sanitize.Reset');
  });

  it('runs and passes at least 215 of 230', () => {
    expect(twoPaths.passed.length + twoPaths.failed.length + twoPaths.skipped.length).toBe(230);
    expect(new Set([...twoPaths.passed, ...onePath.passed]).size).toBeGreaterThanOrEqual(215);
  });

  it('skips only what an array does not have', () => {
    const unknown = twoPaths.skipped.filter(
      ({ test, why }) => !notForAnArray.some((each) => each.test.test(test) && each.why.test(why)),
    );
    expect(unknown).toEqual([]);
  });

  it('finds every way to write a read-only view refused', async () => {
    const volume = await lab.volume('base', 1);
    const group = await lab.post<{ id: string }>('snapshot-groups', {
      baseMappableObjectId: volume.id,
      name: 'base_snapshots',
      repositoryPercentage: 20,
    });
    const image = await lab.post<{ id: string }>('snapshot-images', { groupId: group.id });
    const view = await lab.post<{ id: string }>('snapshot-volumes', {
      snapshotImageId: image.id,
      name: 'view',
      viewMode: 'readOnly',
    });
    const [host] = await lab
      .get<{ id: string; label: string }[]>('hosts')
      .then((all) => all.filter((each) => each.label === 'h'));
    const { lun } = await lab.map(view.id, host?.id ?? '');
    const result = await runTestCu([lab.url(lun)], 'ALL.ReadOnly');
    // One part of it says [SKIPPED]: UNMAP, which a view of a thick volume does not know.
    expect(result.failed).toEqual([]);
    expect(result.skipped.filter(({ why }) => !/^UNMAP is not implemented/.test(why))).toEqual([]);
  });

  it('leaves the array sound', () => {
    expect(lab.simulator.array.check()).toEqual([]);
  });
});
