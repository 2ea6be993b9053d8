import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { requestsPerSecond } from './load.js';
import { endWithUs } from './servers.js';

const packages = ['json-server@0.17.4', '@stoplight/prism-cli@5.14.2'];

interface Stoppable {
  stop(): void;
}

/** json-server and Prism with the same volumes, installed into .bench for the purpose. */
export async function otherServers(
  volumes: readonly { readonly id: string }[],
): Promise<{ single: Record<string, () => Promise<number>>; servers: Stoppable[] }> {
  if (!existsSync('.bench/package.json')) writeFileSync('.bench/package.json', '{"private":true}\n');
  if (!existsSync('.bench/node_modules/.bin/prism'))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: '.bench', stdio: 'inherit' });
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
  const jsonServer = await started(
    '.bench/node_modules/.bin/json-server',
    ['--quiet', '--port', '18911', '--host', '127.0.0.1', '.bench/db.json'],
    `http://127.0.0.1:18911/volumes/${one?.id}`,
  );
  const prism = await started(
    '.bench/node_modules/.bin/prism',
    ['mock', '--port', '18912', '--host', '127.0.0.1', '.bench/openapi.json'],
    `http://127.0.0.1:18912/volumes/${one?.id}`,
  );
  return {
    single: {
      jsonServer: () =>
        requestsPerSecond({ url: 'http://127.0.0.1:18911', request: () => ({ path: `/volumes/${one?.id}` }) }),
      prism: () =>
        requestsPerSecond({ url: 'http://127.0.0.1:18912', request: () => ({ path: `/volumes/${one?.id}` }) }),
    },
    servers: [jsonServer, prism],
  };
}

async function started(command: string, args: readonly string[], probe: string): Promise<Stoppable> {
  const child = spawn(command, args, { stdio: 'ignore' });
  endWithUs(child);
  for (let attempt = 0; attempt < 200; attempt++) {
    const up = await fetch(probe).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return { stop: () => child.kill('SIGKILL') };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`${command} did not start`);
}
