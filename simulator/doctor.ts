import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { OptionError } from './options.js';

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  /** missing: something does not work without it. optional: only what is named does not. */
  readonly state: 'ok' | 'missing' | 'optional';
  /** What it is for, and how to get it. */
  readonly remedy?: string;
}

/** Programs that are not part of this package. */
const programs = [
  { name: 'curl', use: 'the commands of the documentation', install: 'apt-get install curl' },
  { name: 'iscsiadm', use: 'attaching volumes to this machine, as root', install: 'apt-get install open-iscsi' },
  { name: 'multipath', use: 'one disk for all paths of a volume', install: 'apt-get install multipath-tools' },
  { name: 'iscsi-ls', use: 'looking at volumes without root', install: 'apt-get install libiscsi-bin' },
  {
    name: 'qemu-img',
    use: 'reading and writing volumes without root',
    install: 'apt-get install qemu-utils qemu-block-extra',
  },
  { name: 'python3', use: 'judging Cinder drivers in Python', install: 'apt-get install python3' },
];

/**
 * Says what this machine lacks: the version of Node, the usual ports, programs for initiators. Writes to standard output;
 * gives the exit code: 1 where the array would not start as usual, otherwise 0. Throws OptionError.
 */
export async function doctor(args: string[]): Promise<number> {
  const { json } = given(args);
  const findings = [
    node(process.versions.node),
    await port(8080, '--port 0 takes a free one'),
    await port(3260, 'without --iscsi-port free ones are taken'),
    ...programs.map(program),
  ];
  if (json) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  else
    for (const { what, state, remedy } of findings)
      process.stdout.write(`${state.padEnd(9)}${what}${remedy ? `: ${remedy}` : ''}\n`);
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
}

function given(args: string[]) {
  try {
    return parseArgs({ args, options: { json: { type: 'boolean' } }, strict: true }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message.split(/\.\s/)[0]}: doctor takes --json only`);
  }
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { what: `Node ${version}`, state: 'ok' };
  return { what: `Node ${version}`, state: 'missing', remedy: '20.19 or newer is needed: nvm install 22' };
}

async function port(number: number, remedy: string): Promise<Finding> {
  const server = createServer();
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen(number, '127.0.0.1', () => resolve(undefined));
  });
  const what = `port ${number} of 127.0.0.1`;
  if (error !== undefined)
    return {
      what,
      state: number === 8080 ? 'missing' : 'optional',
      remedy: `it cannot be used (${error.code}): ${remedy}`,
    };
  await new Promise((resolve) => server.close(resolve));
  return { what, state: 'ok' };
}

function program({ name, use, install }: (typeof programs)[number]): Finding {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const isThere = folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return isThere ? { what: name, state: 'ok' } : { what: name, state: 'optional', remedy: `for ${use}: ${install}` };
}
