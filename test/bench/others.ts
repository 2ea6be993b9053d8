import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { requestsPerSecond } from './load.js';
import { endWithUs, freePort } from './servers.js';

const packages = ['json-server@0.17.4', '@stoplight/prism-cli@5.14.2'];

interface Stoppable {
  stop(): void;
}

/** Requests a second of each other server, by its name. */
export interface OtherServers {
  readonly single: Readonly<Partial<Record<'jsonServer' | 'prism', () => Promise<number>>>>;
  readonly servers: readonly Stoppable[];
}

/** json-server and Prism with the same volumes, installed into .bench for the purpose; none where they cannot be installed. */
export async function otherServers(volumes: readonly { readonly id: string }[]): Promise<OtherServers> {
  if (!isInstalled()) {
    process.stderr.write('left out: json-server and prism, which cannot be installed here\n');
    return { single: {}, servers: [] };
  }
  const [one] = volumes;
  writeFileSync('.bench/db.json', JSON.stringify({ volumes }));
  const document = {
    openapi: '3.0.3',
    info: { title: 'volumes', version: '1' },
    paths: {
      '/volumes/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'a volume',
              content: { 'application/json': { schema: { type: 'object' }, example: one } },
            },
          },
        },
      },
    },
  };
  writeFileSync('.bench/openapi.json', JSON.stringify(document));
  const path = `/volumes/${one?.id}`;
  const at = (port: number) => ['--port', String(port), '--host', '127.0.0.1'];
  const jsonServer = await started('json-server', path, (port) => ['--quiet', ...at(port), '.bench/db.json']);
  const prism = await started('prism', path, (port) => ['mock', ...at(port), '.bench/openapi.json']);
  return {
    single: {
      jsonServer: () => requestsPerSecond({ url: jsonServer.url, request: () => ({ path }) }),
      prism: () => requestsPerSecond({ url: prism.url, request: () => ({ path }) }),
    },
    servers: [jsonServer, prism],
  };
}

function isInstalled(): boolean {
  if (!existsSync('.bench/package.json')) writeFileSync('.bench/package.json', '{"private":true}\n');
  if (existsSync('.bench/node_modules/.bin/prism')) return true;
  try {
    const args = ['install', '--no-audit', '--no-fund', ...packages];
    execFileSync('npm', args, { cwd: '.bench', stdio: 'ignore', timeout: 120_000 });
    return true;
  } catch {
    return false;
  }
}

/** Starts a program of .bench on a free port, and waits until it answers `path`. */
async function started(
  program: string,
  path: string,
  argsAt: (port: number) => readonly string[],
): Promise<Stoppable & { readonly url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = `.bench/node_modules/.bin/${program}`;
  const args = argsAt(port);
  const probe = url + path;
  const child = spawn(command, args, { stdio: 'ignore' });
  endWithUs(child);
  for (let attempt = 0; attempt < 200; attempt++) {
    const up = await fetch(probe).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return { url, stop: () => child.kill('SIGKILL') };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`${command} did not start`);
}
