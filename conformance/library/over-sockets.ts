import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { type Dispatcher, request } from 'undici';
import { ProgramActivity } from '../subjects/program-activity.js';
import { type StdioOptions, stdioSubject } from '../subjects/stdio-subject.js';
import type { SubjectEnvironment, SubjectFactory } from '../subjects/subject.js';
import { subjectOf } from '../subjects/subject-of.js';

/** The subject that `--subject` names, as stories need it: programs reach arrays of this process too. */
export function subjectFor(text: string | undefined, options: StdioOptions): SubjectFactory {
  return isProgram(text) ? overSockets(stdioSubject(text, options)) : subjectOf(text, options);
}

/** Whether what `--subject` names is a program of its own. */
export function isProgram(text: string | undefined): text is string {
  return text !== undefined && !text.startsWith('module:');
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
    const activity = new ProgramActivity();
    const bridge = await openBridge({
      dispatcher: runtime.dispatcher,
      origin: `http://127.0.0.1:${port ?? 8080}`,
      nowMs: () => runtime.now(),
      activity,
    });
    try {
      const subject = await factory({
        ...environment,
        activity,
        configuration: bridged(configuration, bridge.port),
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

/** The same options, with the port of the bridge: also for a second array that is reached at the usual port. */
function bridged(
  configuration: SubjectEnvironment['configuration'],
  port: number,
): SubjectEnvironment['configuration'] {
  const second = deviceAt(configuration.replication_device, port);
  return {
    ...configuration,
    netapp_server_port: port,
    ...(second === undefined ? {} : { replication_device: second }),
  };
}

/** One device, or a list of them: as an object, or as a text of cinder.conf. */
function deviceAt(device: unknown, port: number): unknown {
  if (Array.isArray(device)) return device.map((each) => deviceAt(each, port));
  if (typeof device === 'string') return `${device},port:${port}`;
  return typeof device === 'object' && device !== null ? { ...device, port } : undefined;
}

interface Bridge {
  readonly port: number;
  close(): Promise<void>;
}

/** Between which two requests are carried, and who is to know of it. */
interface Route {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** The array's time. */
  nowMs(): number;
  readonly activity: ProgramActivity;
}

async function openBridge(route: Route): Promise<Bridge> {
  const server = createServer((asked, answer) => {
    // A broken connection is what the driver is to see of one.
    carry(route, asked, answer).catch(() => asked.socket.destroy());
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

async function carry(route: Route, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { dispatcher, origin, activity } = route;
  const cut = () => asked.socket.destroy();
  activity.signs++;
  const body = await activity.through(() => bodyOf(asked));
  const startMs = route.nowMs();
  activity.requests.set(asked, { startMs, cut });
  try {
    const answered = await request(`${origin}${asked.url}`, {
      dispatcher,
      method: (asked.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: passedOn(asked.headers),
      body: body.length === 0 ? null : body,
    });
    const isLate = route.nowMs() - startMs > (activity.httpTimeoutMs ?? Number.POSITIVE_INFINITY);
    await activity.through(async () => {
      if (isLate) cut();
      else await passOn(answered, answer);
    });
  } finally {
    activity.requests.delete(asked);
    activity.changed();
  }
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of asked) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Writes an answer; one that breaks off is written as far as it goes, and then the connection ends. */
async function passOn({ statusCode, headers, body }: Dispatcher.ResponseData, answer: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  let isWhole = true;
  try {
    for await (const piece of body) pieces.push(piece as Buffer);
  } catch {
    isWhole = false;
  }
  const content = Buffer.concat(pieces);
  const length = isWhole ? content.length : Number(headers['content-length'] ?? content.length + 1);
  answer.writeHead(statusCode, { ...passedOn(headers), 'content-length': length });
  if (isWhole) answer.end(content);
  else answer.write(content, () => answer.socket?.destroySoon());
  await finished(answer).catch(() => undefined);
}

function passedOn(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofTheConnection.has(name.toLowerCase())) passed[name] = value;
  return passed;
}
