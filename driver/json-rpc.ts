import { createInterface } from 'node:readline';
import { createJSONRPCErrorResponse, JSONRPCErrorCode, JSONRPCErrorException, JSONRPCServer } from 'json-rpc-2.0';
import { type DriverOptions, NetAppEseriesISCSIDriver } from './driver.js';
import { CinderException } from './errors.js';
import { callMethod, methods } from './methods.js';

/** The code of answers that are one of Cinder's exceptions; `data` says which. */
const exceptionCode = -32000;

/** What a driver is served with; without a configuration `initialize` brings it. */
type ServerOptions = Omit<DriverOptions, 'configuration'> & Partial<Pick<DriverOptions, 'configuration'>>;

/**
 * Serves a driver by JSON-RPC 2.0: `initialize {configuration}` says who it is and what it can do, `call {method, args}`
 * calls it by the documented names, `close` ends its connections. A configuration given at the start holds.
 */
function driverServer({ configuration: given, ...options }: ServerOptions): {
  receive(line: string): Promise<string | null>;
  close(): Promise<void>;
} {
  let driver = given === undefined ? undefined : new NetAppEseriesISCSIDriver({ ...options, configuration: given });
  const server = new JSONRPCServer({ errorListener: () => undefined });
  server.addMethod('initialize', (params: unknown) => {
    driver ??= new NetAppEseriesISCSIDriver({ ...options, configuration: configurationOf(params) });
    return {
      name: NetAppEseriesISCSIDriver.DRIVER_NAME,
      version: NetAppEseriesISCSIDriver.VERSION,
      ci_wiki_name: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
      constants: {
        CI_WIKI_NAME: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
        DRIVER_NAME: NetAppEseriesISCSIDriver.DRIVER_NAME,
        VERSION: NetAppEseriesISCSIDriver.VERSION,
      },
      methods: Object.keys(methods),
    };
  });
  server.addMethod('call', async (params: unknown) => {
    const { method, args } = (params ?? {}) as { method?: unknown; args?: unknown };
    if (typeof method !== 'string')
      throw new JSONRPCErrorException(
        'call needs {"method": a documented name, "args": …}',
        JSONRPCErrorCode.InvalidParams,
      );
    if (args !== undefined && args !== null && typeof args !== 'object')
      throw new JSONRPCErrorException('args is an object by name or a list in order', JSONRPCErrorCode.InvalidParams);
    if (driver === undefined)
      throw new JSONRPCErrorException('initialize {"configuration": …} comes first', JSONRPCErrorCode.InvalidRequest);
    return (await callMethod(driver, method, (args ?? []) as Readonly<Record<string, unknown>>)) ?? null;
  });
  server.addMethod('close', async () => {
    await driver?.close();
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
      const answer = await server.receiveJSON(line);
      return answer === null ? null : JSON.stringify(answer, plain);
    },
    async close() {
      await driver?.close();
    },
  };
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
  const server = driverServer(options);
  const running = new Set<Promise<void>>();
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const done = server.receive(line).then((answer) => {
      if (answer !== null) write(`${answer}\n`);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  }
  await Promise.all(running);
  await server.close();
}
