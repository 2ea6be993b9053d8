import type { Command, CommandIo } from '../../../conformance/commands/command.js';

/** Runs a command; gives its exit code and what it wrote. */
export async function ran(command: Command, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io: CommandIo = {
    out: { write: (text: string) => out.push(text) },
    err: { write: (text: string) => err.push(text) },
  };
  const code = await command.run(args, io);
  return { code, out: out.join(''), err: err.join('') };
}
