import { createInterface } from 'node:readline';
import { createJSONRPCErrorResponse, JSONRPCErrorCode, JSONRPCErrorException, JSONRPCServer } from 'json-rpc-2.0';
import { type DriverOptions, NetAppEseriesISCSIDriver } from './driver.js';
import { CinderException } from './errors.js';
import { callMethod, methods } from './methods.js';

/** The code of answers that are one of Cinder's exceptions; `data` says which. */
const exceptionCode = -32000;

/**
 * Serves a driver by JSON-RPC 2.0: `initialize` says who it is and what it can do, `call {method, args}` calls it by the
 * documented names, `close` ends its connections.
 */
function driverServer(options: DriverOptions): {
  receive(line: string): Promise<string | null>;
  close(): Promise<void>;
} {
  const driver = new NetAppEseriesISCSIDriver(options);
  const server = new JSONRPCServer({ errorListener: () => undefined });
  server.addMethod('initialize', () => ({
    name: NetAppEseriesISCSIDriver.DRIVER_NAME,
    version: NetAppEseriesISCSIDriver.VERSION,
    ci_wiki_name: NetAppEseriesISCSIDriver.CI_WIKI_NAME,
    methods: Object.keys(methods),
  }));
  server.addMethod('call', async (params: unknown) => {
    const { method, args } = (params ?? {}) as { method?: unknown; args?: unknown };
    if (typeof method !== 'string')
      throw new JSONRPCErrorException(
        'call needs {"method": a documented name, "args": …}',
        JSONRPCErrorCode.InvalidParams,
      );
    if (args !== undefined && args !== null && typeof args !== 'object')
      throw new JSONRPCErrorException('args is an object by name or a list in order', JSONRPCErrorCode.InvalidParams);
    return (await callMethod(driver, method, (args ?? []) as Readonly<Record<string, unknown>>)) ?? null;
  });
  server.addMethod('close', async () => {
    await driver.close();
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
    close: () => driver.close(),
  };
}

/** What an exception is, as data: its class, its parents, its details, and the array's own words. */
export function exceptionData(error: CinderException): object {
  return { class: error.name, parents: error.lineage, message: error.message, details: error.details };
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Answers a message a line until the input ends. Calls that come meanwhile run beside each other. */
export async function serveLines(
  options: DriverOptions,
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
