import { closeSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OptionError, type SimulatorOptions } from './options.js';
import { firmwareReleases } from './presets/firmware.js';
import { presets } from './presets/models.js';

const mostPresetBytes = 4 * 2 ** 20;

/** What `--help` shows. */
export const usage = `eseries-simulator: a NetApp E-Series array that isn't there

  --host ADDRESS         where to listen (127.0.0.1); others than loopback need --control-token
  --port N               port of the REST API (8080; 0 takes any free one)
  --iscsi-host ADDRESS   where the iSCSI portals listen (127.0.0.1)
  --iscsi-port N         first iSCSI port, the others follow (3260, or free ones where that is taken)
  --iscsi-memory MIB     what all iSCSI sessions together may keep of what is sent to them (256)
  --max-connections N    HTTP connections that may be open at a time (4096)
  --mode MODE            embedded or proxy
  --preset NAME|FILE     ${Object.keys(presets).join(', ')} or a YAML or JSON file (demo)
  --firmware RELEASE     ${firmwareReleases.join(', ')}: its versions and what clients see differently (the preset's)
  --seed N               decides the array's names and numbers (0)
  --user NAME            the administrator's name (admin)
  --password TEXT        the administrator's password (admin)
  --tls                  serve HTTPS, with a certificate made at start, instead of HTTP
  --tls-port N           serve HTTPS at this port too, beside HTTP
  --state FILE           keep the state in a file
  --recover              go on with what is readable of a damaged state; copies of its files are kept
  --jobs MODE            instant, timed[:BYTES_PER_SECOND], polls:N, stuck or fail-at:PERCENT (timed)
  --statistics-interval SECONDS   how often the statistics are collected for analysis (60)
  --clock CLOCK          real, manual or xN, e.g. x60 (real)
  --pools N --volumes N --hosts N   an inventory with predictable names
  --quiet                print nothing when the array is up
  --json                 one line of JSON instead of text
  --ready-file FILE      write that line to a file once the array is up
  --log-level LEVEL      fatal, error, warn, info, debug or trace (warn)
  --control-token TEXT   what requests to /sim/v1 must show
  --allowed-host NAME    a host name that clients may use beside localhost and --host (may be repeated; * for all)
  --help, --version

  eseries-simulator journal           shows what happens in a running simulator, event by event (--help)
  eseries-simulator doctor            says what this machine lacks, and how to get it
  eseries-simulator completion SHELL  prints what completes the options in bash, zsh or fish
`;

/** Commands beside the array itself. */
const commands = ['journal', 'doctor', 'completion'];

export const optionTypes = {
  host: { type: 'string' },
  port: { type: 'string' },
  'iscsi-host': { type: 'string' },
  'iscsi-port': { type: 'string' },
  'iscsi-memory': { type: 'string' },
  'max-connections': { type: 'string' },
  mode: { type: 'string' },
  preset: { type: 'string' },
  firmware: { type: 'string' },
  seed: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  tls: { type: 'boolean' },
  'tls-port': { type: 'string' },
  state: { type: 'string' },
  recover: { type: 'boolean' },
  jobs: { type: 'string' },
  'statistics-interval': { type: 'string' },
  clock: { type: 'string' },
  pools: { type: 'string' },
  volumes: { type: 'string' },
  hosts: { type: 'string' },
  quiet: { type: 'boolean' },
  json: { type: 'boolean' },
  'ready-file': { type: 'string' },
  'log-level': { type: 'string' },
  'control-token': { type: 'string' },
  'allowed-host': { type: 'string', multiple: true },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

/** What was given on the command line, as texts. */
export type Given = Awaited<ReturnType<typeof parse>>;

/** Reads a command line. Rejects with OptionError, which names the option that was probably meant. */
export async function parse(args: string[]) {
  try {
    return parseArgs({ args, options: optionTypes, strict: true }).values;
  } catch (error) {
    const [what = ''] = (error as Error).message.split(/\.\s/);
    throw new OptionError(`${what}: ${await suggestion(error as NodeJS.ErrnoException)}see --help`);
  }
}

/** The option or command that was probably meant; '' where none is near. */
async function suggestion({ code, message }: NodeJS.ErrnoException): Promise<string> {
  const [, dashes = '', unknown = ''] = /'(-{0,2})([^'\s]*)/.exec(message) ?? [];
  const known = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? Object.keys(optionTypes) : commands;
  const { closest, distance } = await import('fastest-levenshtein');
  const meant = closest(unknown, known);
  return distance(unknown, meant) > Math.max(2, unknown.length / 3) ? '' : `did you mean ${dashes}${meant}? `;
}

function whole(
  given: Given,
  name:
    | 'port'
    | 'tls-port'
    | 'iscsi-port'
    | 'iscsi-memory'
    | 'max-connections'
    | 'seed'
    | 'statistics-interval'
    | 'pools'
    | 'volumes'
    | 'hosts',
  most: number,
): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new OptionError(`--${name} ${text} is not possible: allowed are whole numbers from 0 to ${most}`);
  return Number(text);
}

function positive(count: number | undefined, name: string): number | undefined {
  if (count === 0) throw new OptionError(`--${name} 0 is not possible: allowed are whole numbers from 1 on`);
  return count;
}

function mebibytes(count: number | undefined): number | undefined {
  return count === undefined ? undefined : count * 2 ** 20;
}

function oneOf<Word extends string>(
  given: Given,
  name: 'mode' | 'log-level',
  words: readonly Word[],
): Word | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  const word = words.find((each) => each === text);
  if (word === undefined) throw new OptionError(`--${name} ${text} is unknown: allowed are ${words.join(', ')}`);
  return word;
}

function clockOf(text: string | undefined): SimulatorOptions['clock'] {
  if (text === undefined || text === 'real' || text === 'manual') return text;
  const scale = Number(/^x(\d+(?:\.\d+)?)$/.exec(text)?.[1]);
  if (!(scale > 0)) throw new OptionError(`--clock ${text} is unknown: allowed are real, manual and xN, e.g. x60`);
  return { scale };
}

async function presetOf(name: string | undefined): Promise<SimulatorOptions['preset']> {
  if (name === undefined || Object.hasOwn(presets, name)) return name;
  if (!/[./\\]/.test(name))
    throw new OptionError(`--preset ${name} is unknown: allowed are ${Object.keys(presets).join(', ')} or a file`);
  let source: string;
  try {
    source = readPreset(name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new OptionError(`--preset ${name} cannot be read (${code ?? message})`);
  }
  const { parsePresetFile } = await import('./presets/preset-file.js');
  return parsePresetFile(source, name);
}

/** A file, pipe or device, as far as a preset may be long. */
function readPreset(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(mostPresetBytes + 1);
    let has = 0;
    for (let read = -1; read !== 0 && has < bytes.length; has += read)
      read = readSync(file, bytes, has, bytes.length - has, null);
    if (has > mostPresetBytes) throw new Error(`it is longer than ${mostPresetBytes} bytes`);
    return bytes.toString('utf8', 0, has);
  } finally {
    closeSync(file);
  }
}

/** The options of `startSimulator` that are meant. Rejects with OptionError for what cannot be. */
export async function optionsOf(given: Given): Promise<SimulatorOptions> {
  return {
    host: given.host,
    port: whole(given, 'port', 65_535),
    iscsiHost: given['iscsi-host'],
    iscsiPort: whole(given, 'iscsi-port', 65_000) ?? 3260,
    iscsiAnyPort: given['iscsi-port'] === undefined,
    iscsiMemoryBytes: mebibytes(positive(whole(given, 'iscsi-memory', 1_048_576), 'iscsi-memory')),
    maxConnections: positive(whole(given, 'max-connections', 1_000_000), 'max-connections'),
    mode: oneOf(given, 'mode', ['embedded', 'proxy']),
    preset: await presetOf(given.preset),
    firmware: given.firmware,
    seed: whole(given, 'seed', Number.MAX_SAFE_INTEGER),
    user: given.user,
    password: given.password,
    tls: given.tls,
    tlsPort: whole(given, 'tls-port', 65_535),
    state: given.state,
    recover: given.recover,
    jobs: given.jobs ?? 'timed',
    statisticsIntervalSeconds: whole(given, 'statistics-interval', 86_400),
    clock: clockOf(given.clock),
    pools: whole(given, 'pools', 64),
    volumes: whole(given, 'volumes', 65_536),
    hosts: whole(given, 'hosts', 4096),
    controlToken: given['control-token'],
    allowedHosts: given['allowed-host'],
    logLevel: oneOf(given, 'log-level', ['fatal', 'error', 'warn', 'info', 'debug', 'trace']),
  };
}
