import { describe, expect, it } from 'vitest';
import { runChild } from '../../child-process.js';

describe('npm run second-driver', () => {
  it('tells of a wrong option in a line, and which was meant', async () => {
    const script = 'test/conformance/second-driver/index.ts';
    const { code, stdout, stderr } = await runChild(process.execPath, ['--import', 'tsx', script, '--sed', '3']);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        "Unknown option '--sed'",
        'Did you mean --seed?',
        '`npm run second-driver -- --help` lists the options.',
        '',
      ].join('\n'),
    });
  });
});
