import { createInterface } from 'node:readline';
import { createJSONRPCErrorResponse, JSONRPCErrorCode, JSONRPCErrorException, JSONRPCServer } from 'json-rpc-2.0';
import { type DriverOptions, NetAppEseriesISCSIDriver } from '../driver.js';
import { CinderException } from '../errors.js';
import { callMethod, methods } from '../methods.js';
import { Suite, type SuiteRuntime, suiteRuntime } from './suite.js';

/** The code of answers that are one of Cinder's exceptions; `data` says which. */
const exceptionCode = -32000;

/** The name of the host in a suite's time: what is done there must not depend on the machine. */
export const suiteHost = 'cinder-host';

/** What a driver is served with; without a configuration `initialize` brings it. */
type ServerOptions = Omit<DriverOptions, 'configuration'> & Partial<Pick<DriverOptions, 'configuration'>>;

/**
 * Serves a driver by JSON-RPC 2.0: `initialize {configuration}` says who it is and what it can do, `call {method, args}`
 * calls it by the documented names, `close` ends its connections; after it `initialize` may come again, for a new driver.
 * A configuration given at the start holds. Time and UUIDs are the suite's where `initialize` offers them.
 */
function driverServer(
  { configuration: given, ...options }: ServerOptions,
  suite: Suite,
): {
  receive(line: string): Promise<string | null>;
  close(): Promise<void>;
} {
  let suiteServices: SuiteRuntime | undefined;
  let driver = given === undefined ? undefined : new NetAppEseriesISCSIDriver({ ...options, configuration: given });
  const server = new JSONRPCServer({ errorListener: () => undefined });
  server.addMethod('initialize', async (params: unknown) => {
    const configuration = given ?? configurationOf(params);
    await driver?.close();
    suiteServices = suiteRuntime(suite, offeredBy(params));
    const { uses, runtime } = suiteServices;
    await suiteServices.prepare();
    const host = uses.length === 0 ? {} : { host: hostOf(params) };
    driver = new NetAppEseriesISCSIDriver({ ...options, ...host, ...runtime, configuration });
    return { ...about, ...(uses.length === 0 ? {} : { uses }) };
  });
  server.addMethod('call', async (params: unknown) => {
    const { method, args } = callOf(params);
    const called = driver;
    if (called === undefined)
      throw new JSONRPCErrorException('initialize {"configuration": …} comes first', JSONRPCErrorCode.InvalidRequest);
    await suiteServices?.prepare();
    return (await callMethod(called, method, args)) ?? null;
  });
  server.addMethod('close', async () => {
    const closing = driver;
    driver = undefined;
    await closing?.close();
    return null;
  });
  server.mapErrorToJSONRPCErrorResponse = (id, error: unknown) => {
    if (!(error instanceof CinderException)) {
      const { code = JSONRPCErrorCode.InternalError, message } = error as JSONRPCErrorException;
      return createJSONRPCErrorResponse(id, typeof code === 'number' ? code : JSONRPCErrorCode.InternalError, message);
    }
    return createJSONRPCErrorResponse(id, exceptionCode, error.message, exceptionData(error));
  };
  return {
    async receive(line) {
      const message = parsed(line);
      if (suite.takes(message)) return null;
      const { id } = (message ?? {}) as { readonly id?: unknown };
      const answered = async () => server.receiveJSON(line);
      const answer = await (typeof id === 'number' || typeof id === 'string' ? suite.during(id, answered) : answered());
      return answer === null ? null : JSON.stringify(answer, plain);
    },
    async close() {
      await driver?.close();
    },
  };
}

/** The host of the volume service as the suite's records have it. */
function hostOf(params: unknown): string {
  const { suite } = (params ?? {}) as { readonly suite?: { readonly host?: unknown } };
  return typeof suite?.host === 'string' ? suite.host : suiteHost;
}

/** What `initialize` is answered with. */
const about = {
  name: NetAppEseriesISCSIDriver.DRIVER_NAME,
  version: NetAppEseriesISCSIDriver.VERSION,
  ci_wiki_name: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
  constants: {
    CI_WIKI_NAME: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
    DRIVER_NAME: NetAppEseriesISCSIDriver.DRIVER_NAME,
    VERSION: NetAppEseriesISCSIDriver.VERSION,
  },
  methods: Object.keys(methods),
  reusable: true,
};

function callOf(params: unknown): { readonly method: string; readonly args: Readonly<Record<string, unknown>> } {
  const { method, args } = (params ?? {}) as { method?: unknown; args?: unknown };
  if (typeof method !== 'string')
    throw new JSONRPCErrorException(
      'call needs {"method": a documented name, "args": …}',
      JSONRPCErrorCode.InvalidParams,
    );
  if (args !== undefined && args !== null && typeof args !== 'object')
    throw new JSONRPCErrorException('args is an object by name or a list in order', JSONRPCErrorCode.InvalidParams);
  return { method, args: (args ?? []) as Readonly<Record<string, unknown>> };
}

function configurationOf(params: unknown): DriverOptions['configuration'] {
  const { configuration } = (params ?? {}) as { configuration?: unknown };
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration))
    throw new JSONRPCErrorException(
      'initialize needs {"configuration": {option: value}}: none was given at the start',
      JSONRPCErrorCode.InvalidParams,
    );
  return configuration as DriverOptions['configuration'];
}

function offeredBy(params: unknown): ReadonlySet<string> {
  const { suite } = (params ?? {}) as { readonly suite?: { readonly requests?: unknown } };
  return new Set(Array.isArray(suite?.requests) ? (suite.requests as string[]) : []);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** What an exception is, as data: its class, its parents, its details, and the array's own words. */
export function exceptionData(error: CinderException) {
  return { class: error.name, parents: error.lineage, message: error.message, details: error.details };
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Answers a message a line until the input ends. Calls that come meanwhile run beside each other. */
export async function serveLines(
  options: ServerOptions,
  input: NodeJS.ReadableStream,
  write: (line: string) => void,
): Promise<void> {
  const suite = new Suite(write);
  const server = driverServer(options, suite);
  const running = new Set<Promise<void>>();
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const done = server.receive(line).then((answer) => {
      if (answer !== null) write(`${answer}\n`);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  }
  suite.end();
  await Promise.all(running);
  await server.close();
}
