import { hostname } from 'node:os';
import { Agent, fetch } from 'undici';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../simulator/http/messages.js';
import { TrustedHosts } from '../../../simulator/http/trusted-hosts.js';
import { startSimulator } from '../../../simulator/index.js';
import { basic, newServer } from '../servers.js';

const request = (headers: HttpRequest['headers']): HttpRequest => ({
  method: 'GET',
  url: '/',
  headers,
  query: {},
  body: undefined,
  ip: '127.0.0.1',
});

describe('a host name', () => {
  it.each([
    ['127.0.0.1', [], 'localhost:8080', true],
    ['127.0.0.1', [], '127.0.0.1', true],
    ['127.0.0.1', [], '127.8.8.8:80', true],
    ['127.0.0.1', [], '[::1]:8080', true],
    ['127.0.0.1', [], 'LOCALHOST', true],
    ['127.0.0.1', [], 'evil.example', false],
    ['127.0.0.1', [], 'localhost.evil.example', false],
    ['127.0.0.1', [], '127.0.0.1.evil.example', false],
    ['127.0.0.1', [], '192.0.2.7', false],
    ['127.0.0.1', [], '', false],
    ['127.0.0.1', ['array.lab'], 'array.lab:8080', true],
    ['127.0.0.1', ['Array.Lab'], 'array.lab', true],
    ['127.0.0.1', ['array.lab'], 'other.lab', false],
    ['127.0.0.1', ['*'], 'evil.example', true],
    ['192.0.2.7', [], '192.0.2.7:8080', true],
    ['192.0.2.7', [], '192.0.2.8', false],
    ['array.lab', [], 'array.lab', true],
    ['0.0.0.0', [], '192.0.2.7:8080', true],
    ['0.0.0.0', [], '[2001:db8::1]:8080', true],
    ['0.0.0.0', [], hostname(), true],
    ['0.0.0.0', [], 'evil.example', false],
    ['::', [], 'evil.example', false],
  ])('with %s bound and %j allowed: %s is trusted (%s)', (bound, allowed, host, isTrusted) => {
    expect(new TrustedHosts(bound, allowed).objection(request({ host }))?.code).toBe(
      isTrusted ? undefined : 'foreignHost',
    );
  });

  it('that is refused is told with what is allowed and how to allow more', () => {
    const { message } = new TrustedHosts('127.0.0.1').objection(request({ host: 'evil.example' })) ?? {};
    expect(message).toBe(
      "Requests to the host 'evil.example' are not taken: allowed are localhost, 127.0.0.1, [::1], and what --allowed-host names.",
    );
  });
});

const host = 'localhost:8080';

/** What a page of another site can have a browser send. */
const foreign: readonly { name: string; headers: Record<string, string>; code: string }[] = [
  { name: 'a name that was bound anew', headers: { host: 'evil.example:8080' }, code: 'foreignHost' },
  { name: 'an origin elsewhere', headers: { host, origin: 'http://evil.example' }, code: 'foreignOrigin' },
  { name: 'an origin at another port', headers: { host, origin: 'http://localhost:3000' }, code: 'foreignOrigin' },
  { name: 'the origin null', headers: { host, origin: 'null' }, code: 'foreignOrigin' },
  { name: 'another site', headers: { host, 'sec-fetch-site': 'cross-site' }, code: 'foreignSite' },
  { name: 'another page of the site', headers: { host, 'sec-fetch-site': 'same-site' }, code: 'foreignSite' },
];

describe('a page of another site', () => {
  it.each(foreign)('cannot use the web services or the control API: $name', async ({ headers, code }) => {
    const server = await newServer();
    for (const [method, path] of [
      ['GET', '/devmgr/v2/storage-systems/1/volumes'],
      ['POST', '/devmgr/v2/storage-systems/1/workloads'],
      ['GET', '/sim/v1/journal'],
      ['GET', '/sim/v1/no/such/path'],
      ['POST', '/sim/v1/arrays/1/reset'],
    ] as const) {
      const answer = await server.ask(method, path, undefined, { ...basic('admin', 'admin'), ...headers });
      expect([path, answer.status, answer.body.retcode ?? answer.body.error.code]).toEqual([path, 403, code]);
    }
  });

  it('cannot read the documents under its own name, but links may lead to them', async () => {
    const server = await newServer();
    for (const path of ['/', '/docs', '/openapi.json', '/sim/v1/docs']) {
      expect((await server.ask('GET', path, undefined, { host: 'evil.example' })).status).toBe(403);
      const linked = await server.ask('GET', path, undefined, { host, 'sec-fetch-site': 'cross-site' });
      expect(linked.status).toBe(200);
    }
  });

  it('needs a leave to send JSON: no type that a form has is taken', async () => {
    const server = await newServer();
    for (const [path, body] of [
      ['/devmgr/v2/storage-systems/1/workloads', { name: 'w' }],
      ['/sim/v1/arrays', { id: 'x' }],
    ] as const) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
        expect(
          (await server.ask('POST', path, body, { ...basic('admin', 'admin'), 'content-type': type })).status,
        ).toBe(415);
      const typed = { ...basic('admin', 'admin'), 'content-type': 'Application/JSON; charset=utf-8' };
      expect((await server.ask('POST', path, body, typed)).status).toBeLessThan(300);
    }
    expect(server.array.tables.workloads.size).toBe(1);
  });
});

describe('programs', () => {
  it('are answered as before: without those headers, without a type where there is no body, from an own page', async () => {
    const server = await newServer();
    const own = { ...basic('admin', 'admin'), host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await server.ask('GET', '/devmgr/v2/storage-systems', undefined, own)).status).toBe(200);
    expect((await server.ask('POST', '/sim/v1/arrays/1/check', undefined, {})).status).toBe(200);
    const reset = await server.inject({ method: 'POST', url: '/sim/v1/arrays/1/reset', headers: {} });
    expect(reset.statusCode).toBe(200);
  });

  it('that show the control token may come under any name', async () => {
    const server = await newServer({ controlToken: 'key' });
    const headers = { host: 'evil.example', 'x-control-token': 'key' };
    expect((await server.ask('GET', '/sim/v1/arrays', undefined, headers)).status).toBe(200);
    expect((await server.ask('GET', '/sim/v1/arrays', undefined, { host: 'evil.example' })).status).toBe(403);
  });

  it('that only get are not asked for the type of a body that means nothing', async () => {
    const simulator = await startSimulator({ port: 0, iscsi: false });
    try {
      for (const method of ['GET', 'DELETE']) {
        const url = `${simulator.url}/devmgr/v2/storage-systems/1/workloads/none`;
        const headers = { ...basic('admin', 'admin'), 'content-type': 'text/plain' };
        const answer = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: 'null' }) });
        expect(answer.status).toBe(404);
      }
    } finally {
      await simulator.close();
    }
  });
});

describe('the cookie of a session', () => {
  const login = { method: 'POST', body: '{"userId":"admin","password":"admin","xsrfProtected":true}' } as const;
  const headers = { 'content-type': 'application/json' };

  it('goes to no other site and to no script, and with TLS over TLS only', async () => {
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const simulator = await startSimulator({ port: 0, tlsPort: 0, iscsi: false });
    try {
      const cookies = async (url: string | undefined) =>
        (await fetch(`${url}/devmgr/utils/login`, { ...login, headers, dispatcher })).headers.getSetCookie();
      const [session, token] = await cookies(simulator.url);
      expect(session).toMatch(/^JSESSIONID=\w+; Path=\/devmgr; HttpOnly; SameSite=Strict$/);
      expect(token).toMatch(/^XSRF-TOKEN=\w+; Path=\/; SameSite=Strict$/);
      for (const cookie of await cookies(simulator.tlsUrl)) expect(cookie).toMatch(/; SameSite=Strict; Secure$/);
    } finally {
      await simulator.close();
      await dispatcher.close();
    }
  });
});
