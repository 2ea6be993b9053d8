import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Clock } from './array/clock.js';
import type { EventStream } from './event-stream/event-stream.js';
import type { FaultRules } from './faults/fault-rules.js';
import type { Connections } from './http/connections.js';
import type { IscsiTargets } from './iscsi/targets.js';
import type { KeptSystems } from './kept-systems.js';
import type { SimulatorOptions } from './options.js';

/** What listens beside the HTTP server. */
export interface Serving {
  targets?: IscsiTargets;
  secure?: Server;
}

/** Opens all sockets that are asked for. Rejects with the system's error when a port is taken. */
export async function listen(
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

export interface Tls {
  /** Whether HTTPS is served instead of HTTP. */
  readonly only: boolean;
  newServer(listener: RequestListener): Server;
  listenBeside(app: FastifyInstance, address: { readonly host: string; readonly port: number }): Promise<Server>;
}

export async function tlsOf(
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

export function urlOf(server: Pick<FastifyInstance['server'], 'address'>, host: string, secure: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${shown}:${port}`;
}
