import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { vendorOperations } from './operations.js';
import type { ArrayRouteContext, RouteContext, RouteSchemas, Routes } from './route.js';
import type { Static, TSchema } from './schemas/types.js';

/** The array that keeps what belongs to the management station: the first that there is. */
export function stationArray({ environment }: Pick<Routes, 'environment'>): StorageArray {
  const array = environment.systems.list().find((system) => system.array !== null)?.array;
  if (!array) throw new RestError('systemOffline', 'There is no storage system to keep what the proxy stores.');
  return array;
}

/** What the handler of a keeper's operation gets. */
export interface KeeperContext<Body, Query> extends RouteContext<Body, Query> {
  /** The array that keeps it. */
  readonly array: StorageArray;
  /** Whose it is, as the first part of a document's kind: the array's, or the management station's. */
  readonly owner: 'array' | 'station';
}

type Parsed<Schema> = Schema extends TSchema ? Static<Schema> : undefined;
type ParsedQuery<Schema> = Schema extends TSchema ? Static<Schema> : Readonly<Record<string, string>>;

/**
 * Serves operations that the array's web services and a proxy's have alike: those below a storage system are of that
 * array, the others of the management station. `ids` is one operation or several with the same handler.
 */
export function onKeeper<Body extends TSchema | undefined = undefined, Query extends TSchema | undefined = undefined>(
  routes: Routes,
  ids: string | readonly string[],
  schemas: RouteSchemas<Body, Query>,
  handler: (context: KeeperContext<Parsed<Body>, ParsedQuery<Query>>) => unknown,
): void {
  for (const id of [ids].flat()) {
    if (vendorOperations.get(id)?.path.includes(':systemId'))
      routes.onArray(id, schemas, (context: ArrayRouteContext<Parsed<Body>, ParsedQuery<Query>>) =>
        handler({ ...context, owner: 'array' }),
      );
    else
      routes.on(id, schemas, (context) => {
        const array = stationArray(routes);
        array.completeDueJobs();
        return handler({ ...context, array, owner: 'station' });
      });
  }
}

/** Settings that are stored as one object. */
export interface StoredSettings<Settings extends object> {
  readonly kind: string;
  readonly defaults: (array: StorageArray) => Settings;
}

/** The settings as they are: what was stored, and the defaults of what was not. */
export function settingsOf<Settings extends object>(
  { kind, defaults }: StoredSettings<Settings>,
  { array, owner = 'array' }: { readonly array: StorageArray; readonly owner?: 'array' | 'station' },
): Settings {
  return { ...defaults(array), ...array.documents.find<Partial<Settings>>(`${owner}/${kind}`, 'settings') };
}

/** Stores changes of settings; the rest stays. Gives the settings that there are then. */
export function changeSettings<Settings extends object>(
  settings: StoredSettings<Settings>,
  context: { readonly array: StorageArray; readonly owner?: 'array' | 'station' },
  changes: Partial<Settings>,
  event?: string,
): Settings {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const changed = { ...settingsOf(settings, context), ...given };
  return context.array.documents.put(`${context.owner ?? 'array'}/${settings.kind}`, 'settings', changed, event);
}

/** Operations that read and change stored settings. */
interface SettingsOperations<Settings extends object, Body extends TSchema> extends StoredSettings<Settings> {
  readonly read: string | readonly string[];
  readonly write: string | readonly string[];
  readonly body: Body;
  readonly response: TSchema;
  /** What the event log says of a change. */
  readonly event: string;
  /** What is to be changed, by what was asked. Throws RestError for what may not be. */
  readonly changes: (body: Static<Body>, present: Settings) => Partial<Settings>;
  /** What is shown of them; all without it. */
  readonly view?: (settings: Settings, array: StorageArray) => unknown;
}

/** Serves stored settings: GET shows them, POST changes what is named. */
export function settingsRoutes<Settings extends object, Body extends TSchema>(
  routes: Routes,
  {
    read,
    write,
    body,
    response,
    event,
    changes,
    view = (settings) => settings,
    ...stored
  }: SettingsOperations<Settings, Body>,
): void {
  onKeeper(routes, read, { response }, (context) => view(settingsOf(stored, context), context.array));
  onKeeper(routes, write, { body, response }, (context) => {
    const wanted = changes(context.body as Static<Body>, settingsOf(stored, context));
    return view(changeSettings(stored, context, wanted, event), context.array);
  });
}

/** Refuses a value of a request, with what is allowed. */
export function refuseField(field: string, value: unknown, allowed: string): RestError {
  return new RestError('invalidField', `The property '${field}' is ${JSON.stringify(value)}: allowed is ${allowed}.`, [
    field,
  ]);
}
