import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ControlRoutes } from './control/control-app.js';
import type { ControlEnvironment } from './control/environment.js';
import { RequestJournal } from './control/journal.js';
import { controlRoutes } from './control/routes.js';
import { eventStream } from './event-stream/event-stream.js';
import { FaultRules } from './faults/fault-rules.js';
import { operationNames } from './faults/request-facts.js';
import { RequestFaults } from './faults/request-faults.js';
import type { Connections } from './http/connections.js';
import { type Api, fastifyServer, servePage } from './http/fastify-server.js';
import type { Handler } from './http/messages.js';
import { ownPagesOnly, TrustedHosts } from './http/trusted-hosts.js';
import type { KeptSystems } from './kept-systems.js';
import type { Tls } from './listening.js';
import type { SimulatorOptions } from './options.js';
import { builtDashboard, dashboardPages } from './pages/dashboard.js';
import { documentationPages } from './pages/documentation.js';
import { frontPage } from './pages/front-page.js';
import { Authentication } from './rest/authentication.js';
import type { Operation } from './rest/operations.js';
import type { RestEnvironment } from './rest/route.js';
import { webServices } from './rest/web-services.js';
import { timelineRoutes } from './timeline/timeline-routes.js';
import { userDirectory } from './user-directory.js';
import { version } from './version.js';

interface ServerParts {
  readonly logger: FastifyBaseLogger | undefined;
  readonly connections: Connections;
  readonly newServer: Tls['newServer'] | undefined;
  /** Resolves once every array has its iSCSI portals. */
  readonly portalsReady: () => Promise<void>;
  readonly sessionsOf: ControlEnvironment['sessionsOf'];
}

/** The web services and the control API, on a server that does not listen yet. */
export function buildServer(
  options: SimulatorOptions,
  kept: KeptSystems,
  { logger, connections, newServer, portalsReady, sessionsOf }: ServerParts,
) {
  const { host = '127.0.0.1', mode = 'embedded', password = 'admin' } = options;
  const { systems, clock, durable } = kept;
  const implemented = new Map<string, Operation>();
  const journal = new RequestJournal(
    () => clock.now(),
    (idOrWwn) => systems.find(idOrWwn)?.id,
  );
  const faults = new FaultRules({ systems, clock, operations: () => operationNames(implemented.values()) });
  const events = eventStream({ systems, journal, faults, clock });
  const environment = restEnvironment(options, kept, implemented);
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
  timelineRoutes(control, { ...controlled, onWire: events.onWire });
  events.addRoute(control);
  const apis = new Map<string, Api>([
    ['/devmgr', rest],
    ['/sim/v1', control],
  ]);
  const app = fastifyServer({ apis, fallback: rest, logger, connections, newServer });
  servePages(app, trustedHosts, { environment, control });
  const handle: Handler = (request) => (request.url.startsWith('/sim/v1/') ? control : rest).handle(request);
  return { app, handle, faults, events };
}

function restEnvironment(
  { mode = 'embedded', user: admin = 'admin' }: SimulatorOptions,
  { systems, clock, durable, version: changes }: KeptSystems,
  implemented: Map<string, Operation>,
): RestEnvironment {
  const directory = userDirectory(systems, mode, admin);
  return {
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
}

/** The documentation, and the dashboard, or a front page where that is not built. */
function servePages(
  app: FastifyInstance,
  trustedHosts: TrustedHosts,
  { environment, control }: { readonly environment: RestEnvironment; readonly control: ControlRoutes },
): void {
  const serve = (path: string, page: Handler) => servePage(app, path, ownPagesOnly(trustedHosts, page));
  documentationPages(serve, { environment, control: control.registered, version });
  const dashboard = builtDashboard();
  if (dashboard === undefined) serve('/', frontPage(environment.systems, version));
  else dashboardPages(serve, dashboard);
}
