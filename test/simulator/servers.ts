import type { InjectOptions } from 'fastify';
import { type ManualClock, manualClock } from '../../simulator/array/clock.js';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/index.js';

export interface TestServer extends Simulator {
  readonly clock: ManualClock;
  /** Sends a request below /devmgr/v2/storage-systems/1, as admin unless told otherwise; `body` is its JSON. */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    path: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<TestAnswer>;
  /** Sends a request to /sim/v1. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: unknown): Promise<TestAnswer>;
}

interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are what the test says they are
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** A simulator without a socket, its clock standing still. */
export async function newServer(options: SimulatorOptions = {}): Promise<TestServer> {
  const clock = manualClock();
  const simulator = await startSimulator({ listen: false, seed: 1, clock, ...options });
  const send = async (
    method: string,
    url: string,
    payload: unknown,
    headers: Record<string, string>,
  ): Promise<TestAnswer> => {
    const request: InjectOptions = { method: method as 'GET', url, headers: { ...headers } };
    if (payload !== undefined) {
      request.headers = { 'content-type': 'application/json', ...request.headers };
      request.payload = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
    }
    const answer = await simulator.app.inject(request);
    return { status: answer.statusCode, body: parsed(answer.body), headers: answer.headers, text: answer.body };
  };
  return {
    ...simulator,
    clock,
    ask(method, path, payload, headers = basic('admin', 'admin')) {
      const url = path.startsWith('/') ? path : `/devmgr/v2/storage-systems/1/${path}`;
      return send(method, url, payload, headers);
    },
    control: (method, path, payload) => send(method, `/sim/v1${path}`, payload, {}),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Resolves once something is so, looking again after whatever else has to be done. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
