#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { optionTypes } from './cli-options.js';
import { configurationFromIni } from './config.js';
import { type DriverOptions, NetAppEseriesISCSIDriver } from './driver.js';
import { CinderException, messageOf } from './errors.js';
import { callMethod } from './methods.js';
import { exceptionData, serveLines } from './program/json-rpc.js';

const usage = `eseries-driver: the Cinder volume driver for NetApp E-Series

  eseries-driver [--config cinder.conf --backend NAME] --stdio
      answers JSON-RPC 2.0 on standard input and output, a message a line;
      without a cinder.conf, initialize {"configuration": …} brings the options
  eseries-driver --config cinder.conf --backend NAME call METHOD [JSON]
      sets the driver up, calls one method by its documented name, prints its answer as JSON

  --config FILE          a cinder.conf
  --backend NAME         its section
  --log                  what the driver does, on standard error
  --help
`;

class UsageError extends Error {}

async function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: optionTypes });
  } catch (error) {
    const [what = ''] = messageOf(error).split(/\.\s/);
    throw new UsageError(`${what}: ${await suggestion(what)}see --help`);
  }
}

/** The option that was probably meant by an unknown one; '' where none is near. */
async function suggestion(message: string): Promise<string> {
  const unknown = /^Unknown option '--?([^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return '';
  const { closest, distance } = await import('fastest-levenshtein');
  const meant = closest(unknown, Object.keys(optionTypes));
  return distance(unknown, meant) > 2 ? '' : `did you mean --${meant}? `;
}

function configurationOf(config: string | undefined, backend: string | undefined): DriverOptions['configuration'] {
  if (config === undefined || backend === undefined)
    throw new UsageError('--config FILE and --backend NAME are needed');
  let source: string;
  try {
    source = readFileSync(config, 'utf8');
  } catch (error) {
    throw new UsageError(`--config ${config} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return configurationFromIni(source, backend);
}

function runtimeOptions(log: boolean): Omit<DriverOptions, 'configuration'> {
  const write = (level: string) => (message: string) => process.stderr.write(`${level} ${message}\n`);
  const logger = { debug: write('DEBUG'), info: write('INFO'), warn: write('WARNING'), error: write('ERROR') };
  return { host: hostname(), ...(log ? { logger } : {}) };
}

function jsonOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {}
  throw new UsageError(`the arguments are no JSON object or list: ${text.slice(0, 60)}`);
}

async function callOnce(
  options: DriverOptions,
  method: string,
  args: Readonly<Record<string, unknown>>,
): Promise<void> {
  const driver = new NetAppEseriesISCSIDriver(options);
  try {
    await driver.doSetup();
    if (method !== 'do_setup') await driver.checkForSetupError();
    const answer = method === 'do_setup' ? null : await callMethod(driver, method, args);
    process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
  } finally {
    await driver.close();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = await parse(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { config, backend, stdio, log = false } = values;
  const [command, method, args] = positionals;
  const options = runtimeOptions(log);
  if (stdio) {
    const toCome = config === undefined && backend === undefined;
    const configuration = toCome ? undefined : configurationOf(config, backend);
    await serveLines({ ...options, configuration }, process.stdin, (line) => process.stdout.write(line));
    return;
  }
  const configuration = configurationOf(config, backend);
  if (command !== 'call' || method === undefined)
    throw new UsageError('say --stdio, or call METHOD [JSON]: see --help');
  await callOnce({ ...options, configuration }, method, jsonOf(args));
}

try {
  await main();
} catch (error) {
  const text = error instanceof CinderException ? JSON.stringify(exceptionData(error)) : messageOf(error);
  process.stderr.write(`eseries-driver: ${text}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
