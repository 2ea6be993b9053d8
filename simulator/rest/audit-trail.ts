import type { StorageArray } from '../array/storage-array.js';
import { type HttpRequest, type HttpResponse, headerOf, type Middleware } from '../http/messages.js';
import { maskUrl } from '../http/secrets.js';
import type { Principal } from './authentication.js';
import { errorResponse, RestError } from './errors.js';
import type { StoredSettings } from './keeper.js';
import type { RestEnvironment, RestRequest } from './route.js';

export interface AuditSettings {
  readonly auditLogMaxRecords: number;
  readonly auditLogLevel: 'all' | 'writeOnly';
  readonly auditLogFullPolicy: 'overWrite' | 'preventSystemAccess';
  readonly auditLogWarningThresholdPct: number;
}

export const auditSettings: StoredSettings<AuditSettings> = {
  kind: 'auditLog',
  defaults: () => defaults,
};

/** What arrays come with (source: the vendor's definition). */
const defaults: AuditSettings = {
  auditLogMaxRecords: 50_000,
  auditLogLevel: 'writeOnly',
  auditLogFullPolicy: 'overWrite',
  auditLogWarningThresholdPct: 80,
};

/** One request, as short as can be: there may be tens of thousands. */
export interface AuditEntry {
  readonly ordinal: number;
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly user: string;
  readonly by: Principal['by'] | undefined;
  readonly ip: string;
  readonly status: number;
  readonly agent: string;
}

/** Longer texts are cut: what is recorded must not grow without bounds. */
const longestText = 500;

interface Log {
  entries: AuditEntry[];
  nextOrdinal: number;
}

/**
 * Who asked for what: the requests of each array, and those of the management station. Like the journal it lives with
 * the process, not with the array's state: its settings do.
 */
export class AuditTrail {
  private readonly logs = new WeakMap<StorageArray, { readonly array: Log; readonly station: Log }>();

  of(array: StorageArray, owner: 'array' | 'station'): Log {
    const known = this.logs.get(array) ?? { array: emptyLog(), station: emptyLog() };
    this.logs.set(array, known);
    return known[owner];
  }

  /** Records a request with its answer, when it is of the kind that is recorded. */
  record(target: AuditTarget, request: HttpRequest, response: HttpResponse, principal: Principal | undefined): void {
    const log = this.of(target.array, target.owner);
    log.entries.push({
      ordinal: log.nextOrdinal++,
      timeMs: target.array.now(),
      method: request.method,
      url: maskUrl(request.url).slice(0, longestText),
      user: principal?.user ?? '',
      by: principal?.by,
      ip: request.ip,
      status: response.status,
      agent: (headerOf(request, 'user-agent') ?? '').slice(0, longestText),
    });
    this.keepWithin(target.array, log, target.settings);
  }

  /** Whether the log is full, and only those who may empty it are to go on. */
  isBlocking({ array, owner, settings }: AuditTarget): boolean {
    return (
      settings.auditLogFullPolicy === 'preventSystemAccess' &&
      this.of(array, owner).entries.length >= settings.auditLogMaxRecords
    );
  }

  /** Drops the oldest beyond what is kept, some at once; warns when the log gets full. */
  private keepWithin(array: StorageArray, log: Log, settings: AuditSettings): void {
    const most = settings.auditLogMaxRecords;
    const { length } = log.entries;
    if (length === Math.ceil((most * settings.auditLogWarningThresholdPct) / 100))
      array.transact(() =>
        array.events.record({
          eventType: 0x7501,
          priority: 'priorityWarning',
          description: `The audit log is ${settings.auditLogWarningThresholdPct} % full`,
        }),
      );
    if (length > most && settings.auditLogFullPolicy === 'overWrite')
      log.entries.splice(0, length - most + Math.floor(most / 10));
  }
}

/** Whose log a request belongs into, with its settings. */
interface AuditTarget {
  readonly array: StorageArray;
  readonly owner: 'array' | 'station';
  readonly settings: AuditSettings;
}

function targetOf(environment: RestEnvironment, { route }: RestRequest): AuditTarget | undefined {
  if (route === undefined) return undefined;
  const id = route.params.systemId;
  const array = id === undefined ? firstArray(environment) : environment.systems.find(id)?.array;
  if (array == null) return undefined;
  const owner = id === undefined ? 'station' : 'array';
  const settings = array.documents.find<AuditSettings>(`${owner}/auditLog`, 'settings') ?? defaults;
  return { array, owner, settings };
}

function firstArray(environment: RestEnvironment): StorageArray | undefined {
  return environment.systems.list().find(({ array }) => array !== null)?.array ?? undefined;
}

/** Records requests with their answers; refuses them while the log is full, if that is how it is set. */
export function auditing(trail: AuditTrail, environment: RestEnvironment): Middleware<RestRequest> {
  return async (request, next) => {
    const target = targetOf(environment, request);
    if (target === undefined) return next(request);
    const identify = () => environment.authentication.identify(request);
    const isBlocked = trail.isBlocking(target) && !identify()?.roles.includes('security.admin');
    const response = isBlocked
      ? errorResponse(new RestError('forbidden', 'The audit log is full: a security administrator has to empty it.'))
      : await next(request);
    if (request.method !== 'GET' || target.settings.auditLogLevel === 'all')
      trail.record(target, request, response, response.status === 401 ? undefined : identify());
    return response;
  };
}

function emptyLog(): Log {
  return { entries: [], nextOrdinal: 1 };
}
