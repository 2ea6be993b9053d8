import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runChild } from '../child-process.js';
import { startCli } from '../simulator/cli-process.js';

const text = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const dockerfile = text('Dockerfile').replaceAll(/\\\n\s*/g, '');

/** The JSON list of an instruction of the last stage. */
function instruction(name: string): string[] {
  const found = [...dockerfile.matchAll(new RegExp(`^${name} .*?(\\[.*\\])$`, 'gm'))].at(-1)?.[1];
  return JSON.parse(found ?? '[]') as string[];
}

/** What the image's command line is, on loopback and free ports. */
function onLoopback(args: readonly string[]): string[] {
  const ports = ['--port', '--iscsi-port'];
  return args
    .flatMap((each) => each.split('='))
    .map((each) => (each === '0.0.0.0' ? '127.0.0.1' : each))
    .flatMap((each, index, all) => (ports.includes(all[index - 1] ?? '') || ports.includes(each) ? [] : [each]));
}

describe('the image', () => {
  it('starts with its options, and is healthy by its own check', async () => {
    const cli = await startCli(...onLoopback(instruction('CMD')));
    const [program = '', ...args] = instruction('HEALTHCHECK');
    const { port } = new URL(cli.url);
    const check = (at: string) =>
      runChild(
        basename(program),
        args.map((each) => each.replace('8080', at)),
      );
    expect(await check(port)).toMatchObject({ code: 0, stderr: '' });
    expect(await cli.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(await check(port)).toMatchObject({ code: 1 });
  });

  it('runs as another user than root, and uses no shell', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(last).toMatch(/^FROM scratch$/m);
    expect(last).toMatch(/^USER 1000:1000$/m);
    expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(last).not.toMatch(/^(CMD|ENTRYPOINT) (?!\[)/m);
  });

  it('is started by compose.yaml with options that the command line knows', async () => {
    const { services } = parse(text('compose.yaml')) as {
      services: Record<string, { command: string[]; read_only: boolean }>;
    };
    const { command = [], read_only } = services.array ?? {};
    expect(read_only).toBe(true);
    const args = onLoopback(command.filter((each) => !each.startsWith('--state')));
    const cli = await startCli(...args.map((each) => each.replace(/^\$\{\w+:-(.*)\}$/, '$1')));
    expect(await cli.stop('SIGTERM')).toMatchObject({ code: 0 });
  });
});
