import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, fastifyServer } from '../../../simulator/http/fastify-server.js';
import { jsonText } from '../../../simulator/http/messages.js';

/** More than the client's side holds unread. */
const large = 'x'.repeat(500_000);
const text = JSON.stringify({ large });

const api: Api = {
  handle: async () => jsonText(text),
  admit: () => ({ bodyLimitBytes: 2 ** 20 }),
  refuse: async (_request, { kind }) => jsonText(JSON.stringify({ kind, large }), 413),
};
const app = fastifyServer({ apis: new Map([['/devmgr', api]]), fallback: api });
let port = 0;

beforeAll(async () => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(() => app.close());

interface Parts {
  readonly head: string;
  /** What follows the headers, each in a segment of its own. */
  readonly body: readonly (string | Buffer)[];
  readonly delayMs: number;
}

/** Sends headers, the body later, and reads only then, as blocking clients do. Resolves with all that came back; rejects when the connection is reset. */
function exchange({ head, body, delayMs }: Parts): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const chunks: Buffer[] = [];
    socket.pause();
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(`${head}\r\nHost: a\r\nConnection: close\r\n\r\n`);
    void (async () => {
      for (const part of body) {
        await delay(delayMs);
        socket.write(part);
      }
      await delay(1);
      socket.resume();
    })();
  });
}

/** A hundred exchanges, delayed by 0 to 10 ms: how many ended in a reset or without the whole answer. */
async function lostOf(head: string, body: Parts['body'], length: number): Promise<number> {
  let lost = 0;
  for (let round = 0; round < 10; round++) {
    const delays = Array.from({ length: 10 }, (_, index) => (round + index) % 11);
    const answers = await Promise.allSettled(delays.map((delayMs) => exchange({ head, body, delayMs })));
    lost += answers.filter((each) => each.status === 'rejected' || each.value.length < length).length;
  }
  return lost;
}

const path = '/devmgr/v2/storage-systems/1/hardware-inventory HTTP/1.1\r\nContent-Type: application/json\r\n';

describe('a body that comes after the headers, on a connection that closes', () => {
  it.each([
    ['GET', 'of a stated length', 'Content-Length: 4', ['null'], large.length],
    ['GET', 'in chunks', 'Transfer-Encoding: chunked', ['4\r\nnull\r\n', '0\r\n\r\n'], large.length],
    ['HEAD', 'of a stated length', 'Content-Length: 4', ['null'], 100],
    ['HEAD', 'in chunks', 'Transfer-Encoding: chunked', ['4\r\nnull\r\n', '0\r\n\r\n'], 100],
    ['DELETE', 'of a stated length', 'Content-Length: 4', ['null'], large.length],
    ['DELETE', 'in chunks', 'Transfer-Encoding: chunked', ['4\r\nnull\r\n', '0\r\n\r\n'], large.length],
  ])('%s: loses no answer to a body %s', async (method, _how, announced, body, length) => {
    expect(await lostOf(`${method} ${path}${announced}`, body, length)).toBe(0);
  });

  it('GET: answers a body that is larger than what is read of it, and closes without a reset', async () => {
    const part = Buffer.alloc(2 ** 20, 'x');
    const answer = await exchange({
      head: `GET ${path}Content-Length: ${4 * part.length}`,
      body: [part, part, part, part],
      delayMs: 1,
    });
    expect(answer.length).toBeGreaterThan(large.length);
  });

  it('POST: refuses a body that is too large, and closes without a reset', async () => {
    const part = Buffer.alloc(2 ** 20, 'x');
    const answer = await exchange({
      head: `POST ${path}Content-Length: ${2 ** 27}`,
      body: [part, part, part, part],
      delayMs: 1,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('bodyTooLarge');
    expect(answer.length).toBeGreaterThan(large.length);
  });
});
