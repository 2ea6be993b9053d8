import { Agent, type Dispatcher } from 'undici';
import { nowMs, pause } from '../../runtime/wall-clock.js';
import { ArrayAdminClient, type RestAnswer } from '../array-admin-client.js';
import { takeInventory } from '../inventory.js';
import { type ArrayTime, timeOf } from './array-time.js';
import { recordInUse } from './created-records.js';

export interface ExternalArrayOptions {
  /** Of the web services, e.g. https://array.example:8443. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** The first one that the web services know by default. */
  readonly systemId?: string;
  /** The label of the pool that stories use; the first one by default. */
  readonly pool?: string;
  /** The certificate authority's certificates (PEM) that the server's is of. */
  readonly certificateAuthority?: string;
}

/** An array that was there before the suite, and that others may use: a running simulator, or a real one. */
export interface ExternalArray {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly systemId: string;
  /** How drivers are told where the controllers are. */
  readonly controllerAddresses: readonly string[];
  readonly pool: ExternalPool;
  /** Whether it has a control API that needs no token. */
  readonly isSimulated: boolean;
  readonly time: ArrayTime;
  readonly dispatcher: Dispatcher;
  /** When the run began, by the wall clock: what it makes has that in its names. */
  readonly startMs: number;
  close(): Promise<void>;
}

interface ExternalPool {
  readonly label: string;
  readonly ref: string;
  /** Whether it can hold thin volumes. */
  readonly isDiskPool: boolean;
}

/** The array can't be used: the message says why, and what is possible. */
export class ExternalArrayError extends Error {
  override readonly name = 'ExternalArrayError';
}

/** Connects to an array, and looks whether what is asked for is there. Nothing is written. Rejects with ExternalArrayError. */
export async function openExternalArray(options: ExternalArrayOptions): Promise<ExternalArray> {
  const url = originOf(options.url);
  const { user = 'admin', password = 'admin', certificateAuthority: ca } = options;
  const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } });
  try {
    const systems = await systemsOf(new ArrayAdminClient({ url, dispatcher, user, password }), user);
    const system = systemIn(systems, options.systemId, url);
    const admin = new ArrayAdminClient({ url, dispatcher, user, password, systemId: system.id });
    const pool = await poolOf(admin, options.pool);
    const inUse = recordInUse(await takeInventory(admin));
    if (inUse !== undefined)
      throw new ExternalArrayError(
        `A Cinder driver works with the storage system '${system.id}' already: its record '${inUse.key}' has notes, which the driver under judgement would change. Use an array that has none.`,
      );
    const clock = await clockOf(admin);
    return {
      url,
      user,
      password,
      systemId: system.id,
      controllerAddresses: systems.length === 1 ? [] : [system.ip1, system.ip2].filter((each) => each !== undefined),
      pool,
      isSimulated: clock !== undefined,
      time: timeOf(admin, clock, { nowMs, pause }),
      dispatcher,
      startMs: nowMs(),
      close: () => dispatcher.close(),
    };
  } catch (error) {
    await dispatcher.close();
    throw error;
  }
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new ExternalArrayError(
      `--array ${text} is no URL of web services: give http://HOST:PORT or https://HOST:PORT`,
    );
  return url.origin;
}

interface System {
  readonly id: string;
  readonly ip1?: string;
  readonly ip2?: string;
}

async function systemsOf(admin: ArrayAdminClient, user: string): Promise<readonly System[]> {
  const path = '/devmgr/v2/storage-systems';
  let answer: RestAnswer;
  try {
    answer = await admin.request('GET', path);
  } catch (error) {
    const reason = (error as { code?: string }).code ?? (error as Error).message;
    throw new ExternalArrayError(`--array ${admin.url} cannot be reached (${reason}).`);
  }
  if (answer.status === 401 || answer.status === 403)
    throw new ExternalArrayError(
      `--array ${admin.url} refuses the user '${user}' (${answer.status}): give --array-user and --array-password`,
    );
  if (answer.status >= 300 || !Array.isArray(answer.body))
    throw new ExternalArrayError(
      `--array ${admin.url} has no SANtricity web services: GET ${path} gives ${answer.status}`,
    );
  return answer.body as System[];
}

function systemIn(systems: readonly System[], wanted: string | undefined, url: string): System {
  const system = wanted === undefined ? systems[0] : systems.find(({ id }) => id === wanted);
  if (system !== undefined) return system;
  const known = systems.map(({ id }) => id).join(', ') || 'none';
  throw new ExternalArrayError(
    wanted === undefined
      ? `--array ${url} knows no storage system`
      : `--system-id ${wanted} is no storage system of ${url}: there are ${known}`,
  );
}

async function poolOf(admin: ArrayAdminClient, wanted: string | undefined): Promise<ExternalPool> {
  type Pool = { readonly label: string; readonly volumeGroupRef: string; readonly diskPool?: boolean };
  const pools = await admin.get<Pool[]>('storage-pools');
  const pool = wanted === undefined ? pools[0] : pools.find(({ label }) => label === wanted);
  if (pool !== undefined)
    return { label: pool.label, ref: pool.volumeGroupRef.toUpperCase(), isDiskPool: pool.diskPool === true };
  const known = pools.map(({ label }) => label).join(', ') || 'none';
  throw new ExternalArrayError(
    wanted === undefined
      ? `The storage system '${admin.systemId}' has no pool`
      : `--pool ${wanted} is no pool of the storage system '${admin.systemId}': there are ${known}`,
  );
}

/** The simulator's clock; undefined where there is no control API, or one that wants a token. */
async function clockOf(
  admin: ArrayAdminClient,
): Promise<{ readonly mode: string; readonly nowMs: number } | undefined> {
  const { status, body } = await admin.request('GET', '/sim/v1/clock');
  if (status !== 200 || typeof body !== 'object' || body === null || !('nowMs' in body)) return undefined;
  return body as { mode: string; nowMs: number };
}
