import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { type Clock, manualClock } from './array/clock.js';
import { parseProgression } from './array/jobs.js';
import type { ArrayPreset } from './array/preset.js';
import { StorageArray } from './array/storage-array.js';
import { adjustableClock } from './control/adjustable-clock.js';
import { ControlRoutes } from './control/control-app.js';
import { RequestJournal } from './control/journal.js';
import { controlRoutes } from './control/routes.js';
import { registerDocumentation } from './documentation.js';
import { FaultRules, type Faults } from './faults/fault-rules.js';
import { operationNames } from './faults/request-facts.js';
import { RequestFaults } from './faults/request-faults.js';
import { registerFrontPage } from './front-page.js';
import type { IscsiTargetOptions } from './iscsi/target-server.js';
import type { IscsiTargets } from './iscsi/targets.js';
import { isLoopback, OptionError, type SimulatorOptions } from './options.js';
import { inventoryPreset } from './presets/inventory.js';
import { presets } from './presets/models.js';
import { buildRestApp } from './rest/app.js';
import { Authentication } from './rest/authentication.js';
import { type InProcessAnswer, InProcessAnswers, type InProcessRequest } from './rest/in-process.js';
import type { Service } from './rest/interference.js';
import type { Operation } from './rest/operations.js';
import type { RestEnvironment } from './rest/route.js';
import { Shutdown } from './shutdown.js';
import { StorageSystems } from './storage-systems.js';
import type { Keeper, SavedState } from './store/state-store.js';
import { version } from './version.js';

export { type Clock, type ManualClock, manualClock, realClock, scaledClock } from './array/clock.js';
export { ArrayError } from './array/errors.js';
export type { ArrayPreset } from './array/preset.js';
export { type SavedArray, StorageArray, type StorageArrayOptions } from './array/storage-array.js';
export { FaultError } from './faults/fault-error.js';
export type { Faults } from './faults/fault-rules.js';
export type { FaultRule } from './faults/rule.js';
export type { FaultStatus, Hit } from './faults/rule-state.js';
export type { SwarmOptions } from './faults/swarm.js';
export { OptionError, type SimulatorOptions } from './options.js';
export { presets } from './presets/models.js';
export { StorageSystems } from './storage-systems.js';

/** A simulator that runs. */
export interface Simulator {
  /** Where the web services are, e.g. http://127.0.0.1:8080; '' without a socket. */
  readonly url: string;
  /** The HTTPS door beside `url`, where one was asked for with `tlsPort`. */
  readonly tlsUrl?: string;
  /** Where the control API is. */
  readonly controlUrl: string;
  /** The iSCSI portals that the first array reports. */
  readonly iscsi: readonly { readonly portal: string; readonly iqn: string }[];
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
  const { host = '127.0.0.1', port = 8080, mode = 'embedded', password = 'admin' } = options;
  if (options.controlToken === undefined && !isLoopback(host) && options.listen !== false) {
    throw new OptionError(
      `--host ${host} is not a loopback address: give a --control-token, so that not everybody can reset the array`,
    );
  }
  const opened = options.state === undefined ? undefined : await openState(options.state);
  const clock = clockOf(options.clock, opened?.state?.clockMs);
  const systems = new StorageSystems();
  const keeper = keeperOf(systems, clock);
  try {
    if (opened?.state == null) systems.put(firstSystem(options, clock, password));
    else restoreSystems(systems, opened.state, clock);
    await opened?.store.begin(keeper, opened.state);
  } catch (error) {
    opened?.unlock();
    throw error;
  }
  const first = systems.list().find((system) => system.array !== null);
  const array = first?.array;
  if (!array) throw new OptionError(`the state file ${options.state} has no array`);

  const durable = opened === undefined ? undefined : () => opened.store.durable(keeper);
  const journal = new RequestJournal(
    () => clock.now(),
    (idOrWwn) => systems.find(idOrWwn)?.id,
  );
  const implemented = new Map<string, Operation>();
  const faults = new FaultRules({ systems, clock, operations: () => operationNames(implemented.values()) });
  const environment: RestEnvironment = {
    mode,
    systems,
    authentication: new Authentication(
      () => directoryOf(systems, options.user, password),
      () => clock.now(),
    ),
    implemented,
    described: new Map(),
    durable,
  };
  const tls = options.tls || options.tlsPort !== undefined ? await import('./tls.js') : undefined;
  const secureOnly = options.tls === true && options.tlsPort === undefined;
  const certificate = await tls?.selfSignedCertificate(host, clock.now());
  const { pino } = options.logLevel === undefined ? { pino: undefined } : await import('pino');
  let service: Service | undefined;
  const interference = new RequestFaults(faults, journal);
  const app = buildRestApp({
    environment,
    journal,
    interference,
    onService: (given) => {
      service = given;
    },
    logger: pino?.({ level: options.logLevel ?? 'warn' }, pino.destination(2)),
    ...(secureOnly && tls && certificate ? { serverFactory: tls.secureServer(certificate) } : {}),
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  const direct = new InProcessAnswers(app, service, interference, journal);
  let targets: IscsiTargets | undefined;
  const control = new ControlRoutes(app, { token: options.controlToken, durable });
  controlRoutes(control, {
    version,
    mode,
    systems,
    clock,
    startedMs: clock.now(),
    journal,
    faults,
    implemented,
    password,
    look: (request, reply, presented) => direct.answer(request, reply, presented),
    portalsReady: async () => targets?.settled(),
  });
  registerDocumentation(app, { environment, control: control.registered, version });
  registerFrontPage(app, systems, version);

  let secure: Server | undefined;
  try {
    if (options.listen !== false && options.iscsi !== false) {
      const isBehind = opened === undefined ? undefined : () => opened.store.isBehind;
      targets = await serveIscsi(systems, options, app, faults, { durable, isBehind });
    }
    await opened?.store.settle(keeper);
    if (options.listen === false) await app.ready();
    else await app.listen({ host, port });
    if (tls && certificate && options.tlsPort !== undefined)
      secure = await tls.listenSecurely(app, certificate, { host, port: options.tlsPort });
  } catch (error) {
    await targets?.close();
    await app.close();
    await opened?.store.release();
    opened?.unlock();
    throw error;
  }
  const shutdown = new Shutdown();
  const url = options.listen === false ? '' : urlOf(app.server, host, secureOnly);
  return {
    url,
    ...(secure === undefined ? {} : { tlsUrl: urlOf(secure, host, true) }),
    controlUrl: url === '' ? '' : `${url}/sim/v1`,
    iscsi: array.iscsiTarget
      .ports()
      .map((each) => ({ portal: `${each.ipv4Address}:${each.tcpListenPort}`, iqn: array.iscsiTarget.record.iqn })),
    array,
    systems,
    clock,
    faults,
    app,
    inject: (request) => direct.inject(request),
    async close() {
      secure?.close();
      secure?.closeAllConnections();
      await shutdown.of('the iSCSI portals', targets?.close());
      await shutdown.of('the REST API', app.close());
      try {
        await shutdown.of(`the state file ${options.state}`, opened?.store.close(keeper));
      } finally {
        opened?.unlock();
      }
    },
    get waitsFor() {
      return shutdown.waitsFor;
    },
  };
}

/** A portal for each host port of each array, on loopback unless another address is asked for. */
async function serveIscsi(
  systems: StorageSystems,
  options: SimulatorOptions,
  app: FastifyInstance,
  faults: FaultRules,
  keeping: Pick<IscsiTargetOptions, 'durable' | 'isBehind'>,
): Promise<IscsiTargets> {
  const [{ serveTargets }, { IscsiFaults }] = await Promise.all([
    import('./iscsi/targets.js'),
    import('./faults/iscsi-faults.js'),
  ]);
  return serveTargets(systems, {
    address: options.iscsiHost ?? '127.0.0.1',
    firstPort: options.iscsiPort ?? 0,
    anyPort: options.iscsiAnyPort ?? false,
    ...keeping,
    interferenceAt: (array) => new IscsiFaults(faults, array),
    onError: (error) => app.log.error(error, 'an iSCSI connection was dropped'),
  });
}

async function openState(path: string) {
  const [{ StateStore }, { lockFile }] = await Promise.all([
    import('./store/state-store.js'),
    import('./store/state-file.js'),
  ]);
  const unlock = lockFile(path);
  try {
    return { ...(await StateStore.open(path)), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

function clockOf(wanted: SimulatorOptions['clock'], savedMs: number | undefined): Clock {
  if (wanted === undefined || wanted === 'real') return adjustableClock({ mode: 'real' });
  if (wanted === 'manual') return adjustableClock({ mode: 'manual' }, savedMs ?? manualClock().now());
  // What somebody hands in stays as it is.
  return 'now' in wanted ? wanted : adjustableClock({ mode: 'scaled', scale: wanted.scale });
}

function firstSystem(options: SimulatorOptions, clock: Clock, password: string) {
  const named = options.preset ?? 'demo';
  const base = typeof named === 'string' ? presetByName(named) : named;
  const preset = inventoryPreset(base, options);
  const array = new StorageArray({ preset, seed: options.seed ?? 0, clock });
  if (password !== 'admin') array.passwords.set('admin', password);
  if (options.jobs !== undefined) array.jobs.setProgression(parseProgression(options.jobs));
  array.settled();
  const controllerAddresses = [
    '127.0.0.1',
    'localhost',
    ...array.controllers.list().map((controller) => controller.managementAddress),
  ];
  return { id: '1', array, online: true, controllerAddresses, tags: [] };
}

function presetByName(name: string): ArrayPreset {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined)
    throw new OptionError(`--preset ${name} is unknown: allowed are ${Object.keys(presets).join(', ')} or a file`);
  return preset;
}

function restoreSystems(systems: StorageSystems, state: SavedState, clock: Clock): void {
  for (const { saved, ...system } of state.systems) {
    systems.put({ ...system, array: saved === null ? null : StorageArray.from(saved, clock) });
  }
}

/** What is kept of a process, and how it is brought back. */
function keeperOf(systems: StorageSystems, clock: Clock): Keeper {
  const arrays = () =>
    new Map(systems.list().flatMap(({ id, array }) => (array === null ? [] : [[id, array] as const])));
  let changes = 0;
  let known = arrays();
  systems.subscribe(() => {
    changes++;
    const present = arrays();
    // What an array that is gone counted still counts: the sum must never become less.
    for (const [id, array] of known) if (present.get(id) !== array) changes += array.version;
    known = present;
  });
  const sum = (count: (array: StorageArray) => number) =>
    [...arrays().values()].reduce((total, array) => total + count(array), changes);
  return {
    version: () => sum((array) => array.version),
    structureVersion: () => sum((array) => array.structureVersion),
    arrays,
    subscribe: (watcher) => void systems.subscribe(watcher),
    save: () => ({
      clockMs: clock.now(),
      systems: systems.list().map(({ array, ...system }) => ({
        ...system,
        saved: array === null ? null : { format: 1, tables: array.saveTables() },
      })),
    }),
    restore(state) {
      const kept = new Set(state.systems.map((system) => system.id));
      for (const { id } of systems.list()) if (!kept.has(id)) systems.remove(id);
      for (const { saved, ...system } of state.systems) {
        const present = systems.find(system.id)?.array;
        if (saved !== null && present) present.restore(saved);
        systems.put({ ...system, array: present ?? (saved === null ? null : StorageArray.from(saved, clock)) });
      }
    },
  };
}

/** The users are the first array's. The administrator may have another name. */
function directoryOf(systems: StorageSystems, admin: string | undefined, proxyPassword: string) {
  const array = systems.list().find((system) => system.array !== null)?.array;
  return {
    users: array?.passwords.users ?? [],
    matches(user: string, password: string): boolean {
      if (user === 'rw' || user === 'ro') return password === proxyPassword || password === user;
      return array?.passwords.matches(user === admin ? 'admin' : user, password) ?? false;
    },
    epoch: array?.system.passwords,
  };
}

function urlOf(server: Pick<FastifyInstance['server'], 'address'>, host: string, secure: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${shown}:${port}`;
}
