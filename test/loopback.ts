import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A loopback address that only this process uses, decided by its pid. A port that is free there stays free: client
 * sockets of other tests have their ports at 127.0.0.1. Systems other than Linux have only that one.
 */
export const ownLoopback =
  process.platform === 'linux'
    ? `127.${64 + ((process.pid >> 16) % 128)}.${(process.pid >> 8) & 255}.${process.pid & 255}`
    : '127.0.0.1';

/** The first of `count` ports in a row that are free at this process' own address. */
export async function freePorts(count = 1): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const server = await listening(0);
    const servers = [server];
    const first = (server.address() as { port: number }).port;
    try {
      while (servers.length < count) servers.push(await listening(first + servers.length));
      return first;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'ERR_SOCKET_BAD_PORT') throw error;
    } finally {
      for (const each of servers) {
        each.close();
        await once(each, 'close');
      }
    }
  }
  throw new Error(`${ownLoopback} has no ${count} free ports in a row`);
}

async function listening(port: number) {
  const server = createServer().listen({ port, host: ownLoopback, exclusive: true });
  await once(server, 'listening');
  return server;
}
