import { describe, expect, it } from 'vitest';
import { exceptionOf, exceptions } from './exceptions.js';
import { commandsOf, fencedBlocks, pages } from './fenced-blocks.js';

const blocks = pages().flatMap((page) => fencedBlocks(page));
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);

describe('the fenced blocks of the pages', () => {
  it('are found with their page, line and language', () => {
    const text = 'A page.\n\n```sh\nnpm ci\n```\n\n```yaml\na: 1\n```\n';
    expect(fencedBlocks('page.md', text)).toEqual([
      { page: 'page.md', line: 3, language: 'sh', text: 'npm ci\n' },
      { page: 'page.md', line: 7, language: 'yaml', text: 'a: 1\n' },
    ]);
    expect(new Set(blocks.map(({ page }) => page))).toContain('driver/README.md');
  });

  it('have a language that says whether they are commands', () => {
    const known = ['sh', 'ts', 'yaml', 'ini', 'mermaid', 'py', 'go', 'json', 'java', 'groovy'];
    expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  });

  it('are run line by line, or whole where a line builds on another', () => {
    const block = (text: string) => commandsOf({ page: 'page.md', line: 1, language: 'sh', text });
    expect(block('# Both.\nnpm ci\nqemu \\\n  -drive x\n')).toEqual(['npm ci', 'qemu -drive x']);
    expect(block('A=1\necho $A\n')).toEqual(['A=1\necho $A\n']);
  });
});

describe('the commands that are not tried as they are written', () => {
  it('stand in the pages', () => {
    const unused = exceptions.filter(
      (exception) => !commands.some((each) => exceptionOf(each, exception.place ?? 'clone') === exception),
    );
    expect(unused).toEqual([]);
  });

  it('are a minority, each with its reason', () => {
    const untried = commands.filter((each) =>
      (['clone', 'project'] as const).every((place) => {
        const exception = exceptionOf(each, place);
        return exception !== undefined && exception.shortened === undefined && exception.expected === undefined;
      }),
    );
    expect(
      untried.filter(
        (each) =>
          !/^(npm|iscsi|lsblk|multipath|qemu|docker|kubectl|openstack|tempest|npx eseries-conformance replay|npx eseries-simulator --host 192)/.test(
            each,
          ),
      ),
    ).toEqual([]);
    for (const { reason } of exceptions) expect(reason).toMatch(/\w+ \w+/);
  });
});
