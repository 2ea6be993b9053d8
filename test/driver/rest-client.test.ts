import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../driver/config.js';
import { runtimeOf } from '../../driver/runtime.js';
import { RestClient } from '../../driver/transport/rest-client.js';
import { selfSignedCertificate } from '../../simulator/tls.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(handler: Handler, tls?: { key: string; cert: string }): Promise<number> {
  const server = tls === undefined ? createServer(handler) : createSecureServer(tls, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function client(port: number, changes: object = {}) {
  const pauses: number[] = [];
  const configuration = readConfiguration({
    netapp_server_hostname: '127.0.0.1',
    netapp_server_port: port,
    netapp_controller_ips: '127.0.0.1',
    netapp_login: 'rw',
    netapp_password: 'pw',
    ...changes,
  });
  const sleep = (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const rest = new RestClient({ ...configuration, ...changes }, runtimeOf({ sleep }));
  cleanups.push(() => rest.close());
  return { rest, pauses };
}

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('the REST client', () => {
  it('takes an answer to a GET without its body for none: it asks once more, and says so in the end', async () => {
    let asked = 0;
    const port = await serve((_request, response) => {
      asked++;
      response.writeHead(200, { 'content-type': 'application/json' }).end();
    });
    const { rest } = client(port);
    await expect(rest.service('GET', '/storage-systems')).rejects.toThrow('the answer (200) is empty');
    expect(asked).toBeGreaterThan(1);
  });

  it('logs in by password or token, and asks for JSON', async () => {
    const seen: unknown[] = [];
    const port = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization, request.headers.accept]);
      json(response, {});
    });
    await client(port).rest.utilities('GET', '/about');
    await client(port, { netapp_bearer_token: 'tok' }).rest.service('GET', '/storage-systems');
    expect(seen).toEqual([
      ['/devmgr/utils/about', `Basic ${Buffer.from('rw:pw').toString('base64')}`, 'application/json'],
      ['/devmgr/v2/storage-systems', 'Bearer tok', 'application/json'],
    ]);
  });

  it('repeats what may be repeated, with growing pauses, and nothing else', async () => {
    for (const [method, status, attempts] of [
      ['GET', 503, 4],
      ['GET', 502, 4],
      ['GET', 500, 1],
      ['GET', 422, 1],
      ['POST', 503, 1],
      ['DELETE', 503, 1],
    ] as const) {
      let count = 0;
      const port = await serve((_request, response) => {
        count++;
        json(response, { errorMessage: 'no', retcode: '1' }, status);
      });
      const { rest, pauses } = client(port);
      await expect(rest.service(method, '/x')).rejects.toMatchObject({ statusCode: status, retcode: '1' });
      expect([method, status, count]).toEqual([method, status, attempts]);
      expect(pauses).toEqual([500, 1000, 2000].slice(0, attempts - 1));
    }
  });

  it('repeats a cut GET and DELETE, not a cut POST', async () => {
    for (const [method, attempts] of [
      ['GET', 4],
      ['DELETE', 4],
      ['POST', 1],
    ] as const) {
      let count = 0;
      const port = await serve((request) => {
        count++;
        request.socket.destroy();
      });
      await expect(
        client(port).rest.service(method, '/x', method === 'POST' ? { body: {} } : {}),
      ).rejects.toMatchObject({
        name: 'NetAppDriverException',
        unanswered: true,
      });
      expect([method, count]).toEqual([method, attempts]);
    }
  });

  it('counts a deletion as done when it is gone at the second time', async () => {
    let count = 0;
    const port = await serve((request, response) => {
      if (count++ === 0) request.socket.destroy();
      else json(response, {}, 404);
    });
    expect(await client(port).rest.service('DELETE', '/x')).toBeUndefined();
    await expect(client(port).rest.service('DELETE', '/x')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('repeats a POST that never reached the server', async () => {
    const port = await serve(() => undefined);
    await cleanups.splice(0)[0]?.();
    const { rest, pauses } = client(port);
    await expect(rest.service('POST', '/x', { body: {} })).rejects.toMatchObject({ unanswered: true });
    expect(pauses).toHaveLength(3);
  });

  it('gives up on a server that says nothing', async () => {
    const port = await serve(() => undefined);
    const { rest } = client(port, { netapp_read_timeout: 1 });
    await expect(rest.service('POST', '/x', { body: {} })).rejects.toThrow(/no answer/);
  });

  it('keeps whole numbers whole', async () => {
    const port = await serve((_request, response) =>
      response.end('{"a": 18446744073709551615, "b": 9007199254740993, "c": 12, "d": "9007199254740993"}'),
    );
    expect(await client(port).rest.service('GET', '/x')).toEqual({
      a: 18_446_744_073_709_551_615n,
      b: 9_007_199_254_740_993n,
      c: 12,
      d: '9007199254740993',
    });
  });

  it('takes an empty answer, and no other that is no JSON', async () => {
    const answers = ['', '<html>', '"ok"'];
    const port = await serve((_request, response) => response.end(answers.shift()));
    const { rest } = client(port);
    expect(await rest.service('POST', '/x')).toBeUndefined();
    await expect(rest.service('POST', '/x')).rejects.toMatchObject({ unanswered: true });
    expect(await rest.service('POST', '/x')).toBe('ok');
  });

  it('needs a storage system for its paths', async () => {
    const port = await serve((request, response) => json(response, request.url));
    const { rest } = client(port);
    expect(() => rest.system('GET', 'volumes')).toThrow(expect.objectContaining({ name: 'NotFound' }));
    rest.useSystem('a b/c');
    expect(await rest.system('GET', 'volumes')).toBe('/devmgr/v2/storage-systems/a%20b%2Fc/volumes');
  });

  it('keeps its connections', async () => {
    const sockets = new Set<unknown>();
    const port = await serve((request, response) => {
      sockets.add(request.socket);
      json(response, {});
    });
    const { rest } = client(port);
    for (let i = 0; i < 10; i++) await rest.service('GET', '/x');
    expect(sockets.size).toBeLessThanOrEqual(2);
  });
});

describe('TLS', () => {
  it('verifies the certificate: by an authority, by its fingerprint, or not at all when told so', async () => {
    const certificate = await selfSignedCertificate('127.0.0.1', Date.now());
    const port = await serve((_request, response) => json(response, { ok: true }), certificate);
    const fingerprint = createHash('sha256').update(new X509Certificate(certificate.cert).raw).digest('hex');
    const ask = (changes: object) =>
      client(port, { netapp_transport_type: 'https', ...changes }).rest.service('POST', '/x', { body: {} });
    await expect(ask({})).rejects.toThrow(/self.signed/i);
    expect(await ask({ netapp_ssl_ca: certificate.cert })).toEqual({ ok: true });
    expect(await ask({ netapp_ssl_fingerprint: fingerprint })).toEqual({ ok: true });
    expect(await ask({ netapp_ssl_fingerprint: fingerprint.toUpperCase().replace(/(..)(?!$)/g, '$1:') })).toEqual({
      ok: true,
    });
    await expect(ask({ netapp_ssl_fingerprint: '00'.repeat(32) })).rejects.toThrow(/fingerprint/);
    expect(await ask({ netapp_ssl_verify: false })).toEqual({ ok: true });
    expect(() => ask({ netapp_ssl_ca: '/none.pem' })).toThrow(/none\.pem cannot be read/);
  });
});
