import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Clock } from './array/clock.js';
import type { StorageArray } from './array/storage-array.js';
import type { StorageSystems } from './array/storage-systems.js';
import { ControlRoutes } from './control/control-app.js';
import type { ControlEnvironment } from './control/environment.js';
import { RequestJournal } from './control/journal.js';
import { controlRoutes } from './control/routes.js';
import { type EventStream, eventStream } from './event-stream/event-stream.js';
import { FaultRules, type Faults } from './faults/fault-rules.js';
import { operationNames } from './faults/request-facts.js';
import { RequestFaults } from './faults/request-faults.js';
import { Connections } from './http/connections.js';
import { type Api, fastifyServer, servePage } from './http/fastify-server.js';
import { answerInProcess, type InProcessAnswer, type InProcessRequest } from './http/in-process.js';
import type { Handler } from './http/messages.js';
import { ownPagesOnly, TrustedHosts } from './http/trusted-hosts.js';
import type { IscsiTargets } from './iscsi/targets.js';
import { type KeptSystems, openSystems } from './kept-systems.js';
import { isLoopback, OptionError, type SimulatorOptions } from './options.js';
import { builtDashboard, dashboardPages } from './pages/dashboard.js';
import { documentationPages } from './pages/documentation.js';
import { frontPage } from './pages/front-page.js';
import { Authentication } from './rest/authentication.js';
import type { Operation } from './rest/operations.js';
import type { RestEnvironment } from './rest/route.js';
import { webServices } from './rest/web-services.js';
import { Shutdown } from './shutdown.js';
import { timelineRoutes } from './timeline/timeline-routes.js';
import { checkAdmin, userDirectory } from './user-directory.js';
import { version } from './version.js';

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
  const { host = '127.0.0.1' } = options;
  if (options.controlToken?.trim() === '')
    throw new OptionError('--control-token is empty: give a text that cannot be guessed, or leave the option out');
  if (options.controlToken === undefined && !isLoopback(host) && options.listen !== false) {
    throw new OptionError(
      `--host ${host} is not a loopback address: give a --control-token, as anyone who reaches this address could reset the array`,
    );
  }
  checkAdmin(options.user ?? 'admin');
  const { iscsiHost = '127.0.0.1' } = options;
  if (iscsiHost === '0.0.0.0' || iscsiHost === '::')
    throw new OptionError(
      `--iscsi-host ${iscsiHost} is every address of this host, which no initiator can be told: give the one that initiators reach`,
    );
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

/** What listens beside the HTTP server. */
interface Serving {
  targets?: IscsiTargets;
  secure?: Server;
}

interface ServerParts {
  readonly logger: FastifyBaseLogger | undefined;
  readonly connections: Connections;
  readonly newServer: Tls['newServer'] | undefined;
  /** Resolves once every array has its iSCSI portals. */
  readonly portalsReady: () => Promise<void>;
  readonly sessionsOf: ControlEnvironment['sessionsOf'];
}

/** The web services and the control API, on a server that does not listen yet. */
function buildServer(
  options: SimulatorOptions,
  kept: KeptSystems,
  { logger, connections, newServer, portalsReady, sessionsOf }: ServerParts,
) {
  const { host = '127.0.0.1', mode = 'embedded', password = 'admin' } = options;
  const { systems, clock, durable, version: changes } = kept;
  const implemented = new Map<string, Operation>();
  const admin = options.user ?? 'admin';
  const directory = userDirectory(systems, mode, admin);
  const journal = new RequestJournal(
    () => clock.now(),
    (idOrWwn) => systems.find(idOrWwn)?.id,
  );
  const faults = new FaultRules({ systems, clock, operations: () => operationNames(implemented.values()) });
  const events = eventStream({ systems, journal, faults, clock });
  const environment: RestEnvironment = {
    mode,
    systems,
    admin,
    authentication: new Authentication(
      () => directory,
      () => clock.now(),
    ),
    implemented,
    described: new Map(),
    durable,
    ...(durable === undefined ? {} : { version: changes }),
  };
  const onInternalError = (error: unknown, url: string) => logger?.error({ err: error, url }, 'request failed');
  const trustedHosts = new TrustedHosts(host, options.allowedHosts);
  const rest = webServices({
    environment,
    trustedHosts,
    middleware: [journal.middleware, new RequestFaults(faults).middleware],
    onInternalError,
  });
  const control = new ControlRoutes({ token: options.controlToken, trustedHosts, durable, onInternalError }, rest);
  const controlled: ControlEnvironment = {
    version,
    mode,
    systems,
    clock,
    startedMs: clock.now(),
    journal,
    faults,
    onClockChange: () => events.clockChanged(),
    implemented,
    password,
    answerDirectly: rest.answerDirectly,
    portalsReady,
    sessionsOf,
  };
  controlRoutes(control, controlled);
  timelineRoutes(control, controlled);
  events.addRoute(control);
  const app = fastifyServer({
    apis: new Map<string, Api>([
      ['/devmgr', rest],
      ['/sim/v1', control],
    ]),
    fallback: rest,
    logger,
    connections,
    newServer,
  });
  const serve = (path: string, page: Handler) => servePage(app, path, ownPagesOnly(trustedHosts, page));
  documentationPages(serve, { environment, control: control.registered, version });
  const dashboard = builtDashboard();
  if (dashboard === undefined) serve('/', frontPage(systems, version));
  else dashboardPages(serve, dashboard);
  const handle: Handler = (request) => (request.url.startsWith('/sim/v1/') ? control : rest).handle(request);
  return { app, handle, faults, events };
}

/** Opens all sockets that are asked for. Rejects with the system's error when a port is taken. */
async function listen(
  options: SimulatorOptions,
  {
    kept,
    app,
    faults,
    events,
    tls,
    serving,
  }: {
    readonly kept: KeptSystems;
    readonly app: FastifyInstance;
    readonly faults: FaultRules;
    readonly events: EventStream;
    readonly tls: Tls | undefined;
    readonly serving: Serving;
  },
): Promise<void> {
  const { host = '127.0.0.1', port = 8080 } = options;
  if (options.listen !== false && options.iscsi !== false)
    serving.targets = await serveIscsi(options, kept, { faults, events }, (error) =>
      app.log.error(error, 'an iSCSI connection was dropped'),
    );
  await kept.flushed();
  if (options.listen === false) await app.ready();
  else await app.listen({ host, port });
  if (tls !== undefined && options.tlsPort !== undefined)
    serving.secure = await tls.listenBeside(app, { host, port: options.tlsPort });
}

/** A portal for each host port of each array, on loopback unless another address is asked for. */
async function serveIscsi(
  options: SimulatorOptions,
  { systems, durable, isBehind }: KeptSystems,
  { faults, events }: { readonly faults: FaultRules; readonly events: EventStream },
  onError: (error: unknown) => void,
): Promise<IscsiTargets> {
  const [{ serveTargets }, { MemoryBudget }, { IscsiFaults }] = await Promise.all([
    import('./iscsi/targets.js'),
    import('./iscsi/memory-budget.js'),
    import('./faults/iscsi-faults.js'),
  ]);
  return serveTargets(systems, {
    memory: new MemoryBudget(options.iscsiMemoryBytes),
    address: options.iscsiHost ?? '127.0.0.1',
    firstPort: options.iscsiPort ?? 0,
    anyPort: options.iscsiAnyPort ?? false,
    durable,
    isBehind,
    interferenceAt: (array) => new IscsiFaults(faults, array),
    observerAt: (array) => events.observerOf(array),
    onError,
  });
}

interface Tls {
  /** Whether HTTPS is served instead of HTTP. */
  readonly only: boolean;
  newServer(listener: RequestListener): Server;
  listenBeside(app: FastifyInstance, address: { readonly host: string; readonly port: number }): Promise<Server>;
}

async function tlsOf(
  options: SimulatorOptions,
  host: string,
  clock: Clock,
  connections: Connections,
): Promise<Tls | undefined> {
  if (!options.tls && options.tlsPort === undefined) return undefined;
  const { selfSignedCertificate, secureServer, listenSecurely } = await import('./tls.js');
  const certificate = await selfSignedCertificate(host, clock.now());
  return {
    only: options.tls === true && options.tlsPort === undefined,
    newServer: (listener) => secureServer(certificate, listener),
    listenBeside: (app, address) =>
      listenSecurely(
        certificate,
        address,
        connections.listener((request, response) => app.routing(request, response)),
        (server) => connections.watch(server),
      ),
  };
}

function urlOf(server: Pick<FastifyInstance['server'], 'address'>, host: string, secure: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${shown}:${port}`;
}
