import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requestsPerSecond } from './load.js';

describe('load', () => {
  it('sends no more requests than it may, warming up included', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const load = { url: `http://127.0.0.1:${port}`, seconds: 60, most: 40, request: () => ({ path: '/' }) };
      expect(await requestsPerSecond(load)).toBeGreaterThan(0);
      expect(requests).toBe(40);
    } finally {
      server.close();
    }
  });
});
