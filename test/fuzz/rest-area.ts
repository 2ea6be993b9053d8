import { basic, newServer, type TestServer } from '../simulator/servers.js';
import { type FuzzArea, hold, type OpenArea } from './area.js';
import { furnish, namesIn } from './furnished-array.js';
import { type FuzzRequest, type RestInput, restInputs } from './rest-requests.js';

/** Time of the processor that a request may take, and memory that the process may get more of meanwhile. */
const mostCpuMs = 3000;
const mostBytes = 2 ** 29;

const admin = basic('admin', 'admin');

/** Requests to the web services and the control API, from what their OpenAPI documents say. */
export const restArea: FuzzArea = {
  name: 'rest',
  async open(): Promise<OpenArea> {
    const servers = new Servers();
    const server = await servers.take('embedded');
    const documents = await Promise.all(
      ['/openapi.json', '/sim/v1/openapi.json'].map(async (url) => (await server.ask('GET', url)).body),
    );
    return {
      inputs: restInputs(documents, namesIn(server)),
      try: (input: RestInput) => tryRequests(servers, input),
      close: () => servers.close(),
    } as OpenArea;
  },
};

/** Servers with a furnished array, each of which is used again as long as only the array was changed. */
class Servers {
  private readonly kept = new Map<RestInput['mode'], TestServer>();

  async take(mode: RestInput['mode']): Promise<TestServer> {
    const kept = this.kept.get(mode);
    if (kept !== undefined) {
      kept.array.reset();
      return kept;
    }
    const server = await newServer({ mode });
    await furnish(server);
    server.array.setResetBaseline();
    this.kept.set(mode, server);
    return server;
  }

  async drop(mode: RestInput['mode']): Promise<void> {
    const server = this.kept.get(mode);
    this.kept.delete(mode);
    await server?.close();
  }

  async close(): Promise<void> {
    for (const mode of [...this.kept.keys()]) await this.drop(mode);
  }
}

async function tryRequests(servers: Servers, { mode, requests }: RestInput): Promise<string> {
  const server = await servers.take(mode);
  const named: string[] = [];
  const statuses: number[] = [];
  try {
    for (const each of requests) {
      const request = withNames(each, named);
      const answer = await tryOne(server, request);
      named.push(answer.name);
      statuses.push(answer.status);
      // From here on anything may go wrong on command.
      if (request.url.startsWith('/sim/v1/faults') && answer.status < 300) break;
    }
  } finally {
    if (requests.some(({ method, url }) => outlivesReset(method, url))) await servers.drop(mode);
  }
  return statuses.join(' ');
}

/** Whether a request may change what resetting the array does not set back: users, sessions, systems, the clock. */
function outlivesReset(method: string, url: string): boolean {
  if (!url.startsWith('/devmgr/v2/storage-systems/1/') || /login|users|password|session|lockout/i.test(url))
    return method !== 'GET' || /login/.test(url);
  return false;
}

async function tryOne(server: TestServer, request: FuzzRequest): Promise<{ status: number; name: string }> {
  const what = `${request.method} ${request.url}`.slice(0, 400);
  for (const { array } of server.systems.list()) array?.completeDueJobs();
  const before = stateOf(server);
  const names = Object.getOwnPropertyNames(Object.prototype).length;
  const residentBytes = process.memoryUsage.rss();
  const began = process.cpuUsage();
  const { statusCode: status, body, headers } = await answerTo(server, request);
  const { user, system } = process.cpuUsage(began);
  const cpuMs = (user + system) / 1000;
  hold(cpuMs < mostCpuMs, () => `${what} takes ${Math.round(cpuMs)} ms of the processor`);
  hold(process.memoryUsage.rss() - residentBytes < mostBytes, () => `${what}: the process has ${mostBytes} bytes more`);
  hold(Object.getOwnPropertyNames(Object.prototype).length === names, () => `${what} changes all objects`);
  hold(status < 500 || status === 501, () => `${what} answers ${status}: ${body.slice(0, 500)}`);
  hold(!/\n\s+at \S+ \(/.test(body), () => `${what} shows a stack: ${body.slice(0, 500)}`);
  if (status >= 400 && request.method !== 'HEAD') {
    hold(isRefusal(request.url, body), () => `${what} is refused with ${status} in other words: ${body.slice(0, 500)}`);
    hold(stateOf(server) === before, () => `${what} answers ${status} and changes the array`);
  }
  if (request.method === 'GET' && !/login/.test(request.url))
    hold(stateOf(server) === before, () => `${what} answers ${status} and changes the array`);
  for (const { id, array } of server.systems.list()) {
    const problems = array?.check() ?? [];
    hold(problems.length === 0, () => `${what} answers ${status} and breaks the array ${id}: ${problems.join('; ')}`);
  }
  return { status, name: nameIn(String(headers['content-type']), body) };
}

/** The whole answer to a request; of the stream of events, which has no end, the beginning. */
async function answerTo(server: TestServer, request: FuzzRequest) {
  const asked = injected(request);
  if (!request.url.startsWith('/sim/v1/events')) return server.app.inject(asked);
  const headers = asked.headers as Readonly<Record<string, string>>;
  const { statusCode, headers: answered, rawPayload } = await server.inject({ ...asked, headers });
  return { statusCode, headers: answered, body: rawPayload.toString() };
}

function injected({ method, url, headers = {}, body }: FuzzRequest) {
  const all = { ...admin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  const given = Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== null));
  return { method: method as 'GET', url, headers: given, ...(body === undefined ? {} : { payload: body }) };
}

function withNames(request: FuzzRequest, named: readonly string[]): FuzzRequest {
  const fill = (text: string, shown: (name: string) => string) =>
    text.replace(/@(\d)/g, (whole, index: string) => {
      const name = named[Number(index)];
      return name === undefined ? whole : shown(name);
    });
  return {
    ...request,
    url: fill(request.url, encodeURIComponent),
    ...(request.body === undefined ? {} : { body: fill(request.body, (name) => JSON.stringify(name).slice(1, -1)) }),
  };
}

/** What an answer names: the id of the object that it shows, or of the first. */
function nameIn(type: string, text: string): string {
  if (!type.startsWith('application/json')) return 'x';
  try {
    const body: unknown = JSON.parse(text);
    const [first] = [body].flat() as { readonly id?: unknown; readonly ref?: unknown }[];
    return String(first?.id ?? first?.ref ?? first ?? 'x').slice(0, 100);
  } catch {
    return 'x';
  }
}

/** Whether an error is in the words of its API. Paths of neither are answered by the web services. */
function isRefusal(url: string, text: string): boolean {
  try {
    const body = JSON.parse(text) as { errorMessage?: unknown; retcode?: unknown; error?: { message?: unknown } };
    if (typeof body.errorMessage === 'string') return typeof body.retcode === 'string';
    return url.startsWith('/sim/v1') && typeof body.error?.message === 'string';
  } catch {
    return false;
  }
}

function stateOf({ systems }: TestServer): string {
  return JSON.stringify(systems.list().map(({ id, array }) => [id, array?.save()]));
}
