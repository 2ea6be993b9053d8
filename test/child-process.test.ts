import { describe, expect, it } from 'vitest';
import { endChildren, runChild, runningChildren, startChild } from './child-process.js';

const node = (source: string) => startChild(process.execPath, ['-e', source]);
const silent = 'process.stdin.resume()';

describe('a process that a test starts', () => {
  it('is heard line by line and ends with its exit code', async () => {
    const child = node('process.stdout.write("one\\ntwo\\n"); process.stdin.on("data", () => process.exit(3))');
    expect(await child.line('the first line')).toBe('one');
    expect(await child.line('the second line')).toBe('two');
    child.write('go');
    expect(await child.end('the end after "go"')).toEqual({ code: 3, signal: null, stdout: 'one\ntwo\n', stderr: '' });
    expect(child.isRunning).toBe(false);
  });

  it('is killed when a wait takes too long, and the error says what was waited for and what it wrote', async () => {
    const child = node(`console.error("x".repeat(5000) + "lost"); console.log("on my way"); ${silent}`);
    await child.line('the first line');
    await expect(child.end('the end that never comes', 1)).rejects.toThrow(
      /^waited 1 s for the end that never comes of `\S+node -e .*`: it still ran and was killed\nits standard output ends with:\non my way\n\nits standard error ends with:\nx{1995}lost\n$/,
    );
    expect(await child.end('the end')).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('that ends before it did what was waited for is told of with its exit code', async () => {
    await expect(node('console.error("no array"); process.exit(4)').line('its first line')).rejects.toThrow(
      /^waited for its first line of .*: it ended with exit code 4\nits standard output is empty\nits standard error ends with:\nno array\n$/,
    );
  });

  it('that cannot be started is told of', async () => {
    await expect(runChild('/no/such/program', [])).rejects.toThrow(/could not be started.*ENOENT/);
  });

  it('is gone after the end of all children', async () => {
    const [kept, other] = [node(silent), node(silent)];
    const before = runningChildren();
    const late = node(silent);
    await endChildren(before);
    expect([kept.isRunning, other.isRunning, late.isRunning]).toEqual([true, true, false]);
    await endChildren();
    expect([kept.isRunning, other.isRunning]).toEqual([false, false]);
    expect(runningChildren().size).toBe(0);
  });
});
