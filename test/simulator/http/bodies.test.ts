import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deepestJson, MalformedBody, parseBody } from '../../../simulator/http/body.js';
import { type Simulator, startSimulator } from '../../../simulator/index.js';
import { newServer } from '../servers.js';
import { answerTo } from './raw-http.js';

const volumes = '/devmgr/v2/storage-systems/1/volumes';
const admin = 'Authorization: Basic YWRtaW46YWRtaW4=\r\n';
const mib = 2 ** 20;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, iscsi: false });
});

afterAll(() => simulator.close());

/** A request whose body is announced, but not sent. */
const head = (method: string, path: string, headers: string) =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n`;

describe('a request with a body', () => {
  it.each([
    ['POST', volumes, 'Content-Length: 4000000\r\n'],
    ['POST', volumes, 'Transfer-Encoding: chunked\r\n'],
    ['DELETE', `${volumes}/1`, 'Content-Length: 4000000\r\n'],
    ['POST', '/devmgr/v2/firmware/upload', 'Content-Length: 4000000\r\n'],
  ])('is refused without a login before the body is read: %s %s %s', async (method, path, announced) => {
    expect((await answerTo(simulator.url, head(method, path, announced))).status).toBe(401);
  });

  it('is refused without the control token before the body is read', async () => {
    const guarded = await startSimulator({ port: 0, iscsi: false, controlToken: 'key' });
    try {
      const { status } = await answerTo(guarded.url, head('POST', '/sim/v1/arrays', 'Content-Length: 900000\r\n'));
      expect(status).toBe(401);
    } finally {
      await guarded.close();
    }
  });

  it.each([
    ['POST', volumes, admin, mib],
    ['POST', '/devmgr/utils/login', '', 2 ** 16],
    ['POST', '/sim/v1/arrays', '', mib],
    ['PUT', '/sim/v1/arrays/1/volumes/x/blocks', '', 80 * mib],
  ])('is refused by the limit of its route: %s %s %s', async (method, path, headers, limit) => {
    const announced = await answerTo(simulator.url, head(method, path, `${headers}Content-Length: ${limit + 1}\r\n`));
    expect(announced.status).toBe(413);
    expect(announced.text).toContain(`larger than the ${limit} bytes`);
  });

  it('is refused by the limit of its route where no length is announced', async () => {
    const { status } = await answerTo(
      simulator.url,
      `${head('POST', volumes, `${admin}Transfer-Encoding: chunked\r\n`)}${`10000\r\n${' '.repeat(2 ** 16)}\r\n`.repeat(17)}`,
    );
    expect(status).toBe(413);
  });

  it('leaves nothing of it in the journal when it is refused', async () => {
    const server = await newServer();
    const body = JSON.stringify(Array.from({ length: 100_000 }, () => 1));
    await server.ask('POST', 'volumes', body, {});
    expect((await server.control('GET', '/journal')).body).toMatchObject([{ status: 401, body: null }]);
  });
});

describe('JSON', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it(`is read up to ${deepestJson} lists and objects in each other`, () => {
    expect(parseBody(nested(deepestJson))).toBeInstanceOf(Array);
    expect(parseBody(`{"a": "${'['.repeat(1000)}"}`)).toEqual({ a: '['.repeat(1000) });
    expect(parseBody(`{"a": "${'\\"['.repeat(1000)}"}`)).toEqual({ a: '"['.repeat(1000) });
    expect(parseBody(nested(deepestJson + 1))).toBeInstanceOf(MalformedBody);
    expect(parseBody('{"a":'.repeat(deepestJson + 1))).toBeInstanceOf(MalformedBody);
  });

  it.each([
    ['POST', volumes, 'malformedJson'],
    ['POST', '/sim/v1/faults', 'malformedJson'],
  ] as const)('that is nested deeper is refused, and the journal can be read: %s %s', async (method, path, code) => {
    const server = await newServer();
    const { status, body } = await server.ask(method, path, `{"name":${nested(100_000)}}`);
    expect([status, body.retcode ?? body.error.code]).toEqual([400, code]);
    expect((await server.control('GET', '/journal')).status).toBe(200);
  });
});
