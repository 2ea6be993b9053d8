import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { apiRoot, readers, writers } from './operations.js';
import type { Routes } from './route.js';
import { KeyValuePairResponse } from './schemas/system.js';
import { list, object, optional, text } from './schemas/types.js';

const Record = object({ key: text(), value: optional(text()) });

/** A value in a request: the query's, or the body as it came; a JSON text counts as what it says. */
function textOf(query: string | undefined, body: string): string {
  if (query !== undefined) return query;
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'string' ? parsed : body;
  } catch {
    return body;
  }
}

/** Text that clients keep: key-values (of the management station), persistent records and counters. */
export function keyValueRoutes(routes: Routes): void {
  const store = (): StorageArray => {
    const array = routes.environment.systems.list().find((system) => system.array !== null)?.array;
    if (!array) throw new RestError('systemOffline', 'There is no storage system to keep key-values on.');
    return array;
  };
  routes.on('getKeyValuePairs', { response: list(KeyValuePairResponse) }, () =>
    store()
      .records.list('keyValue')
      .map(({ key, value }) => ({ key, value })),
  );
  routes.on('getKeyValuePair', { response: KeyValuePairResponse }, ({ id }) => ({
    key: id,
    value: store().records.require('keyValue', id).value,
  }));
  const set = (array: StorageArray, key: string, value: string) => ({
    key,
    value: array.records.set('keyValue', key, value).value,
  });
  routes.on(
    'setKeyValue',
    { rawBody: true, query: object({ value: optional(text()) }), response: KeyValuePairResponse },
    ({ id, query, body }) => set(store(), id, textOf(query.value, String(body ?? ''))),
  );
  routes.on('deleteKeyValue', {}, ({ id }) => store().records.delete('keyValue', id));

  const onSystem = { mode: 'both', tag: 'Key-Values', status: 200 } as const;
  const root = `${apiRoot}/storage-systems/:systemId`;
  routes.onArray(
    { ...onSystem, id: 'setSystemKeyValue', method: 'POST', path: `${root}/key-values/:key`, roles: writers },
    { rawBody: true, query: object({ value: optional(text()) }), response: KeyValuePairResponse },
    ({ array, id, query, body }) => set(array, id, textOf(query.value, String(body ?? ''))),
  );
  for (const [name, path, arrayOf] of [
    ['System', `${root}/counters/:key/setCounter`, undefined],
    ['', `${apiRoot}/counters/:key/setCounter`, store],
  ] as const) {
    const operation = { ...onSystem, id: `set${name}Counter`, method: 'POST', path, roles: writers } as const;
    const query = object({ value: optional(text()) });
    const count = (array: StorageArray, key: string, value: string | undefined) => {
      if (value !== undefined && !/^-?\d+$/.test(value))
        throw new RestError('invalidField', `The counter value is '${value}': allowed is a whole number.`, ['value']);
      return { key, value: array.records.set('counter', key, value ?? '0').value };
    };
    if (arrayOf === undefined)
      routes.onArray(operation, { query }, ({ array, id, query: { value } }) => count(array, id, value));
    else routes.on(operation, { query }, ({ id, query: { value } }) => count(arrayOf(), id, value));
  }

  const records = `${root}/persistent-records`;
  const view = ({ key, value }: { key: string; value: string }) => ({ key, value });
  routes.onArray(
    { ...onSystem, id: 'getPersistentRecords', method: 'GET', path: records, roles: readers },
    {},
    ({ array }) => array.records.list('persistentRecord').map(view),
  );
  routes.onArray(
    { ...onSystem, id: 'getPersistentRecord', method: 'GET', path: `${records}/:key`, roles: readers },
    {},
    ({ array, id }) => view(array.records.require('persistentRecord', id)),
  );
  routes.onArray(
    { ...onSystem, id: 'setPersistentRecord', method: 'POST', path: records, roles: writers },
    { body: Record },
    ({ array, body }) => view(array.records.set('persistentRecord', body.key, body.value ?? '')),
  );
  routes.onArray(
    {
      ...onSystem,
      id: 'deletePersistentRecord',
      method: 'DELETE',
      path: `${records}/:key`,
      roles: writers,
      status: 204,
    },
    {},
    ({ array, id }) => array.records.delete('persistentRecord', id),
  );
}
