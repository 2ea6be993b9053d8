import type { Operation } from '../rest/operations.js';
import { explainUnknown } from '../rest/unknown-path.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, numberIn } from './environment.js';
import type { JournalEntry } from './journal.js';

/** The requests that were answered, and those that no route took. */
export function journalRoutes(routes: ControlRoutes, { journal, implemented }: ControlEnvironment): void {
  routes.on(
    {
      method: 'GET',
      path: '/journal',
      summary:
        'The last requests with their answers; ?limit, method, path, status, since, array, about (a text that they name)',
    },
    ({ query }) =>
      journal.entries({
        limit: numberIn(query.limit, 'limit'),
        method: query.method,
        path: query.path,
        status: numberIn(query.status, 'status'),
        since: numberIn(query.since, 'since'),
        array: query.array,
        about: query.about,
      }),
  );
  routes.on(
    { method: 'GET', path: '/journal/near-misses', summary: 'Requests that no route took, and the nearest known path' },
    () => journal.entries().flatMap((entry) => nearMiss(entry, implemented)),
  );
  routes.on({ method: 'GET', path: '/journal/:number', summary: 'One of the last requests' }, ({ params }) => {
    const number = numberIn(params.number, 'number');
    const entry = number === undefined ? undefined : journal.entry(number);
    if (entry !== undefined) return entry;
    throw new ControlError(404, 'unknownEntry', `The journal has no request ${number}: it keeps the last ones only.`);
  });
  routes.on({ method: 'DELETE', path: '/journal', summary: 'Forget the requests so far' }, () => journal.clear());
}

/** A request that no route took, with what is said of it; nothing for one that was taken. */
function nearMiss({ method, url, status }: JournalEntry, implemented: ReadonlyMap<string, Operation>): object[] {
  if (status !== 404 && status !== 405) return [];
  const path = (url.split('?', 1)[0] ?? '').replace(/\/{2,}/g, '/');
  const isTaken = [...implemented.values()].some(
    (operation) => operation.method === method && sameShape(operation.path, path),
  );
  return isTaken ? [] : [{ method, url, status, explanation: explainUnknown(method, path, implemented).error.message }];
}

function sameShape(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.replace(/\/$/, '').split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}
