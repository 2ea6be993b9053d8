import type { FastifyInstance } from 'fastify';
import type { Clock } from './array/clock.js';
import type { StorageArray } from './array/storage-array.js';
import type { StorageSystems } from './array/storage-systems.js';
import { buildServer } from './build-server.js';
import type { Faults } from './faults/fault-rules.js';
import { Connections } from './http/connections.js';
import { answerInProcess, type InProcessAnswer, type InProcessRequest } from './http/in-process.js';
import { openSystems } from './kept-systems.js';
import { listen, type Serving, tlsOf, urlOf } from './listening.js';
import { isLoopback, OptionError, type SimulatorOptions } from './options.js';
import { Shutdown } from './shutdown.js';
import { checkAdmin } from './user-directory.js';

/** A simulator that runs. */
export interface Simulator {
  /** Where the web services are, e.g. http://127.0.0.1:8080; '' without a socket. */
  readonly url: string;
  /** Where HTTPS is served beside `url`, with the option `tlsPort`. */
  readonly tlsUrl?: string;
  /** Where the control API is. */
  readonly controlUrl: string;
  /** The iSCSI portals that the first array reports. */
  readonly iscsi: readonly { readonly portal: string; readonly iqn: string }[];
  /** What the option `recover` dropped, in a sentence; undefined when nothing was. */
  readonly recovered: string | undefined;
  /** The first array. */
  readonly array: StorageArray;
  readonly systems: StorageSystems;
  readonly clock: Clock;
  /** What goes wrong on command. */
  readonly faults: Faults;
  /** The server: `app.inject` sends requests without a socket. */
  readonly app: FastifyInstance;
  /** Answers requests of this process without a socket, as `app.inject` does, and faster. */
  inject(request: InProcessRequest): Promise<InProcessAnswer>;
  /** Stops listening; what was acknowledged is kept. */
  close(): Promise<void>;
  /** The part that `close` waits for just now, e.g. 'the REST API'; undefined when it waits for none. */
  readonly waitsFor: string | undefined;
}

/**
 * Starts an array with its web services and control API.
 * Throws OptionError for options that cannot be, StateFileError for a state file that cannot be used, and the
 * system's error when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  checkAddresses(options);
  checkAdmin(options.user ?? 'admin');
  const { host = '127.0.0.1', iscsiHost = '127.0.0.1' } = options;
  const kept = await openSystems(options);
  const { systems, clock, array } = kept;
  const serving: Serving = {};
  const connections = new Connections({ open: options.maxConnections });
  const tls = await tlsOf(options, host, clock, connections).catch(async (error: unknown) => {
    await kept.release();
    throw error;
  });
  const { pino } = options.logLevel === undefined ? {} : await import('pino');
  const { app, handle, faults, events } = buildServer(options, kept, {
    logger: pino?.({ level: options.logLevel ?? 'warn' }, pino.destination(2)),
    connections,
    newServer: tls?.only ? tls.newServer : undefined,
    portalsReady: async () => serving.targets?.portalsReady(),
    sessionsOf: (array) => serving.targets?.sessionsOf(array) ?? [],
  });
  try {
    await listen(options, { kept, app, faults, events, tls, serving });
  } catch (error) {
    await serving.targets?.close();
    await app.close();
    await kept.release();
    throw error;
  }
  const { targets, secure } = serving;
  const shutdown = new Shutdown();
  const url = options.listen === false ? '' : urlOf(app.server, host, tls?.only === true);
  return {
    url,
    ...(secure === undefined ? {} : { tlsUrl: urlOf(secure, host, true) }),
    controlUrl: url === '' ? '' : `${url}/sim/v1`,
    iscsi: array.iscsiTarget.ports().map((each) => ({
      portal: `${each.ipv4Enabled ? each.ipv4Address : `[${iscsiHost}]`}:${each.tcpListenPort}`,
      iqn: array.iscsiTarget.record.iqn,
    })),
    recovered: kept.recovered,
    array,
    systems,
    clock,
    faults,
    app,
    inject: (request) => answerInProcess(handle, request),
    async close() {
      secure?.close();
      secure?.closeAllConnections();
      await shutdown.of('the iSCSI portals', targets?.close());
      await shutdown.of('the REST API', app.close());
      await shutdown.of(`the state file ${options.state}`, kept.close());
    },
    get waitsFor() {
      return shutdown.waitsFor;
    },
  };
}

/** Throws OptionError for a control API that anyone could reach, and for a portal without an address. */
function checkAddresses({ host = '127.0.0.1', iscsiHost, controlToken, listen }: SimulatorOptions): void {
  if (controlToken?.trim() === '')
    throw new OptionError('--control-token is empty: give a text that cannot be guessed, or leave the option out');
  if (controlToken === undefined && !isLoopback(host) && listen !== false)
    throw new OptionError(
      `--host ${host} is not a loopback address: give a --control-token, as anyone who reaches this address could reset the array`,
    );
  if (iscsiHost === '0.0.0.0' || iscsiHost === '::')
    throw new OptionError(
      `--iscsi-host ${iscsiHost} is every address of this host, which no initiator can be told: give the one that initiators reach`,
    );
}
