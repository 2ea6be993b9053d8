import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What happens to a request on its way. */
export type ProxyFault =
  /** The array never sees it; this is the answer. */
  | { readonly status: number; readonly body?: unknown }
  /** The array does it; this is the answer. */
  | { readonly statusAfter: number; readonly body?: unknown }
  /** The array does it and the answer is lost, cut in the middle, or no JSON. */
  | 'lost'
  | 'cut'
  | 'garbled'
  /** The connection is reset before the array sees it. */
  | 'reset'
  /** The array gets it twice; the second answer counts. */
  | 'twice'
  /** The answer comes after others that were asked later. */
  | 'late';

interface Rule {
  readonly method?: string;
  /** Of the path below the storage system. */
  readonly path: RegExp;
  readonly fault: ProxyFault;
  /** How many requests go right before; 0 when not said. */
  readonly skip?: number;
  /** How many requests it happens to; 1 when not said. */
  readonly times?: number;
}

export interface FaultyProxy {
  readonly port: number;
  /** Adds a rule. Returns how often it happened. */
  fail(rule: Rule): () => number;
  clear(): void;
  close(): Promise<void>;
}

/** A real HTTP server in front of the array's, where answers get lost on command. */
export async function startProxy(target: number): Promise<FaultyProxy> {
  const rules: { rule: Rule; seen: number; done: number }[] = [];
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = (incoming.url ?? '').replace(/^\/devmgr\/v2\/storage-systems\/[^/]+\//, '');
    const fault = chosen(incoming.method ?? '', path);
    if (fault === 'reset') return void incoming.socket.resetAndDestroy();
    if (typeof fault === 'object' && 'status' in fault) return answer(outgoing, fault.status, fault.body);
    if (fault === 'twice') await forward(target, incoming, body);
    const { status, headers, text } = await forward(target, incoming, body);
    if (fault === 'late') for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (fault === 'lost') return void incoming.socket.destroy();
    if (fault === 'garbled') return answer(outgoing, status, '<html>oops');
    if (typeof fault === 'object') return answer(outgoing, fault.statusAfter, fault.body);
    outgoing.writeHead(status, headers);
    if (fault !== 'cut') return void outgoing.end(text);
    outgoing.write(text.subarray(0, Math.floor(text.length / 2)), () => incoming.socket.destroy());
  }
  function chosen(method: string, path: string): ProxyFault | undefined {
    for (const entry of rules) {
      const { rule } = entry;
      if ((rule.method !== undefined && rule.method !== method) || !rule.path.test(path)) continue;
      entry.seen++;
      if (entry.seen <= (rule.skip ?? 0) || entry.done >= (rule.times ?? 1)) continue;
      entry.done++;
      return rule.fault;
    }
    return undefined;
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    fail(rule) {
      const entry = { rule, seen: 0, done: 0 };
      rules.push(entry);
      return () => entry.done;
    },
    clear: () => rules.splice(0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
}

async function forward(port: number, incoming: IncomingMessage, body: Buffer) {
  const { host: _host, connection: _connection, ...headers } = incoming.headers;
  const passed = request({
    host: '127.0.0.1',
    port,
    method: incoming.method,
    path: incoming.url,
    headers,
    agent: false,
  });
  passed.end(body);
  const [response] = (await once(passed, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { 'transfer-encoding': _encoding, connection: _kept, ...kept } = response.headers;
  return { status: response.statusCode ?? 500, headers: kept, text: Buffer.concat(chunks) };
}
