import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scenarioFiles } from '../../../conformance/commands/scenario-files.js';

describe('Folders of scenarios', () => {
  const folders: string[] = [];
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'scenario-files-'));
    folders.push(made);
    return made;
  };

  afterEach(async () => {
    await Promise.all(folders.splice(0).map((made) => rm(made, { recursive: true })));
  });

  it('give their files, and those of the folders in them, in order', async () => {
    const at = await folder();
    await mkdir(join(at, 'b.yaml'));
    for (const name of ['c.yml', 'b.yaml/z.yaml', 'a.yaml', 'not-shown.yaml', 'notes.md'])
      await writeFile(join(at, name), '');
    expect(await scenarioFiles([at])).toEqual(['a.yaml', 'b.yaml/z.yaml', 'c.yml'].map((name) => join(at, name)));
  });

  it('without any are no success', async () => {
    const at = await folder();
    await expect(scenarioFiles([at])).rejects.toThrow(`${at} has no scenario files`);
  });
});
