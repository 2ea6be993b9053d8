import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../../conformance/commands/lint.js';
import { merge } from '../../../conformance/commands/merge.js';
import { run } from '../../../conformance/commands/run.js';
import { mostFileBytes, readText, reasonOf } from '../../../conformance/commands/text-file.js';
import { ran } from './run-command.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'text-file-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that a command reads', () => {
  it('is read whole up to its limit, with characters that two pieces share', async () => {
    const file = join(folder, 'whole.yaml');
    const text = `a${'ü'.repeat((mostFileBytes - 2) / 2)}`;
    writeFileSync(file, text);
    expect((await readText(file)) === text).toBe(true);
    writeFileSync(file, `${text}üü`);
    await expect(readText(file)).rejects.toThrow(`it is longer than ${mostFileBytes} bytes`);
  });

  it('has a reason in words when it cannot be read', async () => {
    const reason = (path: string) => readText(path).catch(reasonOf);
    expect(await reason('/nowhere')).toBe('ENOENT');
    expect(await reason(folder)).toBe('EISDIR');
    expect(await reason('/dev/zero')).toBe(`it is longer than ${mostFileBytes} bytes`);
  });

  it('may not be endless: scenarios, waivers and reports', async () => {
    const scenario = `/dev/zero cannot be read (it is longer than ${mostFileBytes} bytes).`;
    await expect(ran(lint, '/dev/zero')).rejects.toThrow(scenario);
    await expect(ran(run, '--only', 'driver/*', '--waivers', '/dev/zero')).rejects.toThrow(`--waivers ${scenario}`);
    await expect(ran(merge, '/dev/zero')).rejects.toThrow('/dev/zero cannot be read (it is longer than');
  });

  it('of a million steps is refused at once', async () => {
    const file = join(folder, 'long.yaml');
    writeFileSync(file, `name: long\nsteps:\n${'- call: get_volume_stats\n'.repeat(1e6)}`);
    const before = performance.now();
    await expect(ran(lint, file)).rejects.toThrow(`${file} cannot be read (it is longer than`);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
