import { spawn } from 'node:child_process';
import type { Inspected } from '../scenario/inspection.js';
import { CommandError, type CommandIo } from './command.js';

type Values = { readonly [Option in 'inspect' | 'array' | 'json' | 'update']?: string | boolean | undefined };

/** Throws CommandError where --inspect does not go with what else is asked for. */
export function checkInspect(values: Values, files: number): void {
  if (values.inspect !== true) return;
  if (values.array !== undefined)
    throw new CommandError(
      '--inspect does not go with --array: a simulator that runs already has its page at its URL.',
    );
  const other = (['json', 'update'] as const).find((name) => values[name] === true);
  if (other !== undefined) throw new CommandError(`--inspect does not go with --${other}.`);
  if (files !== 1) throw new CommandError(`--inspect takes one story: there are ${files}.`);
}

/** Says where the past of the array can be looked at, opens it where a person is, and waits for the interruption. */
export async function inspected({ url, moment }: Inspected, io: CommandIo): Promise<void> {
  const { out, untilInterrupted = interruption } = io;
  const page = `${url}/#/time/${moment}`;
  out.write(`What happened, moment by moment: ${page}\nCtrl-C ends it.\n`);
  if (out.isTTY === true) openInBrowser(page);
  await untilInterrupted();
}

/** The program that opens a URL; a machine that has none shows the URL only. */
function openInBrowser(url: string): void {
  const program = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
}
