import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completion } from '../bin/completion.js';
import { completionWords as conformance } from '../conformance/completion-words.js';
import { completionWords as driver } from '../driver/completion-words.js';
import { completionWords as simulator } from '../simulator/completion-words.js';
import { runChild } from './child-process.js';

const folder = mkdtempSync(join(tmpdir(), 'eseries-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers at the end of a line. */
async function offered(words: Readonly<Record<string, readonly string[]>>, ...line: string[]): Promise<string[]> {
  const [command = '', ...typed] = line;
  writeFileSync(join(folder, command), completion('bash', command, words) ?? '');
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"_\${1//-/_}" "$1" "\${COMP_WORDS[COMP_CWORD]}"; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await runChild('bash', ['-c', script, join(folder, command), command, ...typed]);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('the completion of bash', () => {
  it.each([
    [simulator, ['eseries-simulator', '--tl'], ['--tls', '--tls-port']],
    [simulator, ['eseries-simulator', 'doctor', '-'], ['--json']],
    [conformance, ['eseries-conformance', 're'], ['requirements', 'replay', 'record']],
    [conformance, ['eseries-conformance', 'run', '--sh'], ['--shard']],
    [conformance, ['eseries-conformance', 'lint', 'scen'], []],
    [driver, ['eseries-driver', '--std'], ['--stdio']],
    [driver, ['eseries-driver', 'completion', ''], ['bash', 'zsh', 'fish']],
  ])('offers what fits (%#)', async (words, line, expected) => {
    expect(await offered(words, ...line)).toEqual(expected);
  });
});

describe('the completion of other shells', () => {
  it('has a line of fish for each word', () => {
    const lines = completion('fish', 'eseries-conformance', conformance)?.split('\n');
    expect(lines).toContain("complete -c eseries-conformance -n '__fish_use_subcommand' -a replay");
    expect(lines).toContain("complete -c eseries-conformance -n '__fish_seen_subcommand_from run' -l shard");
  });

  it('lets zsh use that of bash, and knows no others', () => {
    expect(completion('zsh', 'eseries-driver', driver)).toMatch(
      /bashcompinit[\s\S]*complete -o default -F _eseries_driver/,
    );
    expect(completion('tcsh', 'eseries-driver', driver)).toBeUndefined();
  });
});
