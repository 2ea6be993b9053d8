import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Child, startChild } from '../../child-process.js';
import { pythonHere, serving } from './python-programs.js';

const python = pythonHere();
const [command = '', ...args] = serving(python ?? '', 'counting_driver.CountingDriver', '--without-cinder');

/** Asks a program, and gives what it answers. */
function asking(program: Child) {
  let id = 0;
  return async (method: string, params: object = {}) => {
    program.write(JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }));
    const answer = JSON.parse(await program.line(`an answer to ${method}`)) as { id: number };
    expect(answer.id).toBe(id);
    return answer as { readonly result?: unknown; readonly error?: { readonly message: string } };
  };
}

const suite = { requests: [] };

describe.skipIf(python === undefined)('a program that serves one story after the other', () => {
  it('says that it is reusable, imports the driver once, and makes it anew for each story', async () => {
    const program = startChild(command, args);
    const ask = asking(program);
    const seen: unknown[] = [];
    for (let story = 0; story < 3; story++) {
      expect(await ask('initialize', { configuration: {}, suite })).toMatchObject({ result: { reusable: true } });
      await ask('call', { method: 'do_setup' });
      seen.push((await ask('call', { method: 'check_for_setup_error' })).result);
      expect(await ask('close')).toMatchObject({ result: null });
    }
    const imports = (seen[0] as { readonly importedBy: number }).importedBy;
    expect(seen).toEqual(Array.from({ length: 3 }, () => ({ importedBy: imports, calls: 1, made: 1 })));
    expect(imports).toBe(program.pid);
    program.endInput();
    expect((await program.end('the end')).code).toBe(0);
  });

  it('answers close before a story with nothing, and refuses a call', async () => {
    const program = startChild(command, args);
    const ask = asking(program);
    expect(await ask('call', { method: 'do_setup' })).toMatchObject({ error: { message: 'initialize comes first' } });
    expect(await ask('close')).toMatchObject({ result: null });
    program.endInput();
    expect((await program.end('the end')).code).toBe(0);
  });

  it('ends as its driver does when that ends the process', async () => {
    const program = startChild(command, args);
    const ask = asking(program);
    await ask('initialize', { configuration: {}, suite });
    program.write(
      JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'call', params: { method: 'unmanage', args: { volume: null } } }),
    );
    expect((await program.end('the end')).code).toBe(7);
  });

  it.skipIf(!existsSync('/proc'))('takes the process of its story along when it is killed', async () => {
    const program = startChild(command, args);
    const ask = asking(program);
    await ask('initialize', { configuration: {}, suite });
    const { result } = await ask('call', { method: 'get_volume_stats' });
    const child = (result as { readonly pid: number }).pid;
    expect(child).not.toBe(program.pid);
    expect(isThere(child)).toBe(true);
    program.kill('SIGKILL');
    await program.end('the end');
    await goneSoon(child);
  });
});

function isThere(pid: number): boolean {
  if (!readdirSync('/proc').includes(String(pid))) return false;
  try {
    // A process that ended and was not waited for yet is not there either.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when a process has ended; the test's own limit ends the wait. */
async function goneSoon(pid: number): Promise<void> {
  while (isThere(pid)) await new Promise((resolve) => setImmediate(resolve));
}
