import { describe, expect, it } from 'vitest';
import { runChild } from './child-process.js';

describe('the scripts of package.json', () => {
  it.each([
    {
      script: 'conformance/second-driver',
      args: ['--sed', '3'],
      said: ["Unknown option '--sed'", 'Did you mean --seed?', '`npm run second-driver -- --help` lists the options.'],
    },
    {
      script: 'conformance/variants',
      args: ['--togethr', '3'],
      said: [
        "variants: Unknown option '--togethr'",
        'Did you mean --together?',
        '`npm run variants -- --help` lists the options.',
      ],
    },
    {
      script: 'conformance/variants',
      args: ['highest-free-lum'],
      said: ['variants: there is no variant highest-free-lum: did you mean highest-free-lun?'],
    },
    {
      script: 'conformance/steady',
      args: ['--seeds', 'many'],
      said: ['steady: --seeds many is not possible: allowed are whole numbers from 0'],
    },
  ])('$script $args: a line says what is wrong, and the exit code is 2', async ({ script, args, said }) => {
    const { code, stdout, stderr } = await runChild(process.execPath, [
      '--import',
      'tsx',
      `test/${script}/index.ts`,
      ...args,
    ]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${said.join('\n')}\n` });
  });

  it('--help shows what a script does', async () => {
    const args = ['--import', 'tsx', 'test/conformance/both-ways/index.ts', '--help'];
    const { code, stdout } = await runChild(process.execPath, args);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'npm run both-ways -- [--only STORY…]' });
  });
});
