/**
 * `npm run documented-commands [-- --all]`: makes a fresh clone of the last commit and a project that installed the packed
 * package, and runs in both every command of the fenced blocks of the pages; those that take half a minute only with --all.
 * Ends with 1 when one does not run.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild, startChild } from '../child-process.js';
import { exceptionOf, type Place } from './exceptions.js';
import { commandsOf, fencedBlocks, pages, root } from './fenced-blocks.js';
import { writeReaderFiles } from './reader-files.js';

const limitSeconds = 900;
const isAll = process.argv.includes('--all');

/** Runs a command to its end; throws with its output where it fails. */
async function done(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runChild(command, args, { cwd, limitSeconds });
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work;
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

async function prepared(folder: string): Promise<Record<Place, string>> {
  const clone = join(folder, 'clone');
  const project = join(folder, 'project');
  await timed('git clone', done(folder, 'git', 'clone', '--quiet', '--no-hardlinks', root, clone));
  await timed('npm ci', done(clone, 'npm', 'ci', '--prefer-offline'));
  const packed = await timed('npm pack', done(clone, 'npm', 'pack', '--json', '--ignore-scripts'));
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(packed) as [
    { filename: string; size: number; unpackedSize: number; entryCount: number },
  ];
  console.log(`${filename}: ${size} bytes packed, ${unpackedSize} bytes in ${entryCount} files`);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name": "a-project", "private": true, "type": "module"}\n');
  await timed('npm install ./*.tgz', done(project, 'npm', 'install', '--prefer-offline', join(clone, filename)));
  return { clone, project };
}

/** Starts the simulator as the place's reader does, on free ports; gives its address. */
async function simulatorIn(folder: string, place: Place) {
  const ready = join(folder, `ready-${place}.json`);
  const command = place === 'clone' ? ['npm', 'start', '--'] : ['npx', 'eseries-simulator'];
  const args = [...command.slice(1), '--port', '0', '--iscsi-port', '0', '--jobs', 'polls:2', '--ready-file', ready];
  const child = startChild(command[0] ?? '', args, { cwd: folder });
  let line = '';
  while (!line.includes('Ctrl-C')) line = await child.line('the address');
  const { url, pid } = JSON.parse(readFileSync(ready, 'utf8')) as { url: string; pid: number };
  return {
    port: new URL(url).port,
    async stop() {
      process.kill(pid, 'SIGINT');
      await child.end('the end');
    },
  };
}

interface Outcome {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed. */
  readonly why?: string;
}

async function tried(command: string, place: Place, cwd: string, port: string): Promise<Outcome> {
  const exception = exceptionOf(command, place, isAll);
  if (exception !== undefined && exception.shortened === undefined && exception.expected === undefined)
    return { outcome: 'skipped' };
  const typed = `${command}${exception?.shortened ?? ''}`.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
  const { code, stdout, stderr } = await runChild('bash', ['--norc', '-euo', 'pipefail', '-c', typed], {
    cwd,
    limitSeconds,
  });
  const { code: wanted, output } = exception?.expected ?? { code: 0, output: /^/ };
  if (code === wanted && output.test(stdout + stderr)) return { outcome: 'passed' };
  return {
    outcome: 'failed',
    why: `ended with ${code}, expected is ${wanted}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
  };
}

const startMs = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'eseries-documented-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs the commands of all pages at a place, one after the other: some build on what others left. */
async function tryAll(place: Place, cwd: string): Promise<void> {
  const simulator = await simulatorIn(cwd, place);
  writeReaderFiles(cwd, simulator.port);
  for (const block of pages().flatMap((page) => fencedBlocks(page)))
    for (const command of block.language === 'sh' ? commandsOf(block) : []) {
      const what = `${place}: ${block.page}:${block.line}: ${command.split('\n')[0]}`;
      const start = performance.now();
      const result = await tried(command, place, cwd, simulator.port);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      counts[result.outcome]++;
      if (result.outcome === 'skipped') console.log(`SKIPPED ${what}: ${exceptionOf(command, place, isAll)?.reason}`);
      else if (result.outcome === 'passed') console.log(`ok ${seconds} s ${what}`);
      else console.log(`FAILED ${what} ${result.why}`);
    }
  await simulator.stop();
}

try {
  const places = Object.entries(await prepared(folder)) as [Place, string][];
  await Promise.all(places.map(([place, cwd]) => tryAll(place, cwd)));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
console.log(`documented commands: ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
console.log(`documented commands: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
