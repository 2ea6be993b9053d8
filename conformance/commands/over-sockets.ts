import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, request } from 'undici';
import { type StdioOptions, stdioSubject } from '../subjects/stdio-subject.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { subjectOf } from '../subjects/subject-of.js';

/** The subject that `--subject` names, as stories need it: programs reach arrays of this process too. */
export function subjectFor(text: string | undefined, options: StdioOptions): SubjectFactory {
  const isProgram = text !== undefined && !text.startsWith('module:');
  return isProgram ? overSockets(stdioSubject(text, options)) : subjectOf(text, options);
}

/**
 * Gives a driver of another process a port of its own, where the array of this process answers: stories' arrays have no
 * sockets, and what stands between driver and array sees every driver's requests that way.
 */
function overSockets(factory: SubjectFactory): SubjectFactory {
  return async (environment) => {
    const { configuration, runtime } = environment;
    const { netapp_transport_type: transport, netapp_server_port: port } = configuration;
    if (runtime?.dispatcher === undefined || transport === 'https') return factory(environment);
    const bridge = await openBridge(runtime.dispatcher, `http://127.0.0.1:${port ?? 8080}`);
    try {
      const subject = await factory({
        ...environment,
        configuration: { ...configuration, netapp_server_port: bridge.port },
      });
      return {
        ...subject,
        async close() {
          try {
            await subject.close();
          } finally {
            await bridge.close();
          }
        },
      };
    } catch (error) {
      await bridge.close();
      throw error;
    }
  };
}

interface Bridge {
  readonly port: number;
  close(): Promise<void>;
}

async function openBridge(dispatcher: Dispatcher, origin: string): Promise<Bridge> {
  const server = createServer((asked, answer) => {
    // A broken connection is what the driver is to see of one.
    carry(dispatcher, origin, asked, answer).catch(() => asked.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Headers of one connection, which say nothing on the next. */
const ofTheConnection = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

async function carry(dispatcher: Dispatcher, origin: string, asked: IncomingMessage, answer: ServerResponse) {
  const pieces: Buffer[] = [];
  for await (const piece of asked) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const {
    statusCode,
    headers,
    body: answered,
  } = await request(`${origin}${asked.url}`, {
    dispatcher,
    method: (asked.method ?? 'GET') as Dispatcher.HttpMethod,
    headers: passedOn(asked.headers),
    body: body.length === 0 ? null : body,
  });
  const content = Buffer.from(await answered.arrayBuffer());
  answer.writeHead(statusCode, { ...passedOn(headers), 'content-length': content.length });
  answer.end(content);
}

function passedOn(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofTheConnection.has(name.toLowerCase())) passed[name] = value;
  return passed;
}
