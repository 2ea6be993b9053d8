import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The status and the text of the answer to what is sent as it is, as soon as its head and body are there. */
export async function answerTo(url: string, sent: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(sent);
  // One character for each byte, as lengths are in bytes.
  let received = '';
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      received += (chunk as Buffer).toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      const end = received.indexOf('\r\n\r\n');
      if (end >= 0 && received.length >= end + 4 + length) break;
    }
  } finally {
    socket.destroy();
  }
  const text = Buffer.from(received, 'latin1').toString();
  return { status: Number(text.split(' ')[1]), text };
}
