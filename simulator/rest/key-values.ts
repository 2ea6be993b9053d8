import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { stationArray } from './keeper.js';
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

const ValueQuery = object({ value: optional(text()) });
const onSystem = { mode: 'both', tag: 'Key-Values', status: 200 } as const;
const systemPath = `${apiRoot}/storage-systems/:systemId`;

/** Text that clients keep: key-values (of the management station), persistent records and counters. */
export function keyValueRoutes(routes: Routes): void {
  stationKeyValueRoutes(routes);
  routes.onArray(
    { ...onSystem, id: 'setSystemKeyValue', method: 'POST', path: `${systemPath}/key-values/:key`, roles: writers },
    { rawBody: true, query: ValueQuery, response: KeyValuePairResponse },
    ({ array, id, query, body }) => setKeyValue(array, id, textOf(query.value, String(body ?? ''))),
  );
  counterRoutes(routes);
  stationCounterRoutes(routes);
  persistentRecordRoutes(routes);
}

function stationKeyValueRoutes(routes: Routes): void {
  routes.on('getKeyValuePairs', { response: list(KeyValuePairResponse) }, () =>
    stationArray(routes).records.list('keyValue').map(pairOf),
  );
  routes.on('getKeyValuePair', { response: KeyValuePairResponse }, ({ id }) => ({
    key: id,
    value: stationArray(routes).records.require('keyValue', id).value,
  }));
  routes.on(
    'setKeyValue',
    { rawBody: true, query: ValueQuery, response: KeyValuePairResponse },
    ({ id, query, body }) => setKeyValue(stationArray(routes), id, textOf(query.value, String(body ?? ''))),
  );
  routes.on('deleteKeyValue', {}, ({ id }) => stationArray(routes).records.delete('keyValue', id));
}

function counterRoutes(routes: Routes): void {
  const operation = { ...onSystem, method: 'POST', roles: writers } as const;
  routes.onArray(
    { ...operation, id: 'setSystemCounter', path: `${systemPath}/counters/:key/setCounter` },
    { query: ValueQuery },
    ({ array, id, query }) => setCounter(array, id, query.value),
  );
  routes.on(
    { ...operation, id: 'setCounter', path: `${apiRoot}/counters/:key/setCounter` },
    { query: ValueQuery },
    ({ id, query }) => setCounter(stationArray(routes), id, query.value),
  );
}

/** Counters of the management station. */
function stationCounterRoutes(routes: Routes): void {
  routes.on('getCounters', { response: list(KeyValuePairResponse) }, () =>
    stationArray(routes).records.list('counter').map(pairOf),
  );
  routes.on('getCounterByKey', { response: KeyValuePairResponse }, ({ id }) =>
    pairOf(stationArray(routes).records.require('counter', id)),
  );
  routes.on('deleteCounterByKey', {}, ({ id }) => stationArray(routes).records.delete('counter', id));
  for (const [operation, step] of [
    ['incrementCounterByKey', 1],
    ['decrementCounterByKey', -1],
  ] as const)
    routes.on(operation, { response: KeyValuePairResponse }, ({ id }) => {
      const { records } = stationArray(routes);
      const present = records.list('counter').find(({ key }) => key === id)?.value ?? '0';
      return pairOf(records.set('counter', id, String(BigInt(present) + BigInt(step))));
    });
}

function persistentRecordRoutes(routes: Routes): void {
  const path = `${systemPath}/persistent-records`;
  routes.onArray({ ...onSystem, id: 'getPersistentRecords', method: 'GET', path, roles: readers }, {}, ({ array }) =>
    array.records.list('persistentRecord').map(pairOf),
  );
  routes.onArray(
    { ...onSystem, id: 'getPersistentRecord', method: 'GET', path: `${path}/:key`, roles: readers },
    {},
    ({ array, id }) => pairOf(array.records.require('persistentRecord', id)),
  );
  routes.onArray(
    { ...onSystem, id: 'setPersistentRecord', method: 'POST', path, roles: writers },
    { body: Record },
    ({ array, body }) => pairOf(array.records.set('persistentRecord', body.key, body.value ?? '')),
  );
  routes.onArray(
    { ...onSystem, id: 'deletePersistentRecord', method: 'DELETE', path: `${path}/:key`, roles: writers, status: 204 },
    {},
    ({ array, id }) => array.records.delete('persistentRecord', id),
  );
}

function setKeyValue(array: StorageArray, key: string, value: string) {
  return { key, value: array.records.set('keyValue', key, value).value };
}

/** Sets a counter; without a value to 0. */
function setCounter(array: StorageArray, key: string, value: string | undefined) {
  if (value !== undefined && !/^-?\d+$/.test(value))
    throw new RestError('invalidField', `The counter value is '${value}': allowed is a whole number.`, ['value']);
  return { key, value: array.records.set('counter', key, value ?? '0').value };
}

function pairOf({ key, value }: { readonly key: string; readonly value: string }) {
  return { key, value };
}
