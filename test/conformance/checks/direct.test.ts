import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../conformance/checks/check.js';
import { directChecks } from '../../../conformance/checks/direct.js';
import { ScenarioFileError } from '../../../conformance/scenario/read-scenario.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-stories-'));
  mkdirSync(join(folder, 'volume'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const head = 'name: A volume\nwhy: It is needed.\nverifies: [C-create-1]\n';

describe('the checks of a folder of stories', () => {
  it('have what stands before the steps', async () => {
    writeFileSync(join(folder, 'volume', 'one.yaml'), `${head}steps:\n  - call: create_volume\n    as: a\n`);
    expect(await directChecks(folder)).toMatchObject([
      { id: 'volume/one', title: 'A volume', verifies: ['C-create-1'] },
    ]);
  });

  it('refuse a story with a wrong head when they are listed', async () => {
    writeFileSync(join(folder, 'volume', 'one.yaml'), `name: 7\nsteps:\n  - call: create_volume\n    as: a\n`);
    await expect(directChecks(folder)).rejects.toThrow(ScenarioFileError);
  });

  it('refuse a wrong step when they are run, with its line', async () => {
    writeFileSync(join(folder, 'volume', 'one.yaml'), `${head}steps:\n  - calls: create_volume\n`);
    const [check] = await directChecks(folder);
    await expect(check?.run({} as CheckContext)).rejects.toThrow(/one\.yaml:5:\d+: this step does nothing/);
  });
});
