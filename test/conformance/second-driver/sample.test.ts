import { describe, expect, it } from 'vitest';
import { allChecks } from '../../../conformance/checks/all-checks.js';
import { choose } from '../../../conformance/checks/selection.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { sampleChecks, sampled } from './sample.js';

const isForOthers = (folder: string) => ['replication', 'model'].includes(folder);
const folderOf = (id: string) => id.split('/')[0] ?? '';

describe('the sample of the second driver', () => {
  it('has known checks of each part of the library, and no models', async () => {
    const all = await allChecks();
    const { checks, unknown } = choose(all, requirements, { only: sampleChecks, level: 'should' });
    expect(unknown).toEqual([]);
    const folders = [...new Set(all.map(({ id }) => folderOf(id)))].filter((folder) => !isForOthers(folder));
    expect([...new Set(checks.map(({ id }) => folderOf(id)))].sort()).toEqual(folders.sort());
  });

  it('has each property that makes up stories from the seed', async () => {
    const properties = (await allChecks()).map(({ id }) => id).filter((id) => id.startsWith('property/'));
    const left = properties.filter((id) => !sampleChecks.includes(id));
    // It plays every change of every method, however few examples are asked for.
    expect(left).toEqual(['property/each-change-fails']);
  });

  it('is chosen by --sample, beside options that say nothing against it', () => {
    expect(sampled(['--seed', '3'])).toEqual(['--seed', '3']);
    expect(sampled(['--sample', '--seed', '3'])).toEqual([
      '--seed',
      '3',
      '--only',
      sampleChecks.join(','),
      '--runs',
      '0.001',
    ]);
    expect(() => sampled(['--sample', '--only=B8'])).toThrow('--sample with --only=B8 is not possible');
    expect(() => sampled(['--runs', '2', '--sample'])).toThrow('--sample with --runs is not possible');
  });
});
