import type { StorageArray } from '../../array/storage-array.js';
import { RestError } from '../errors.js';
import type { Routes } from '../route.js';
import {
  AnalysedControllerStatistics,
  AnalysedDiskStatistics,
  AnalysedStorageSystemStatistics,
  AnalysedVolumeStatistics,
  AnalyzedInterfaceStatistics,
} from '../schemas/analysed-statistics.js';
import { list, nullable, object, optional, type TSchema, text } from '../schemas/types.js';
import {
  analysedControllers,
  analysedDrives,
  analysedInterfaces,
  analysedSystem,
  analysedVolumes,
  type WindowFacts,
} from './analysed.js';

/** Windows on one page, and how long a token is good for (source: API document). */
const windowsPerPage = 15;
const tokenMs = 60_000;

/** Queries that may be going on at a time. */
const mostTokens = 1000;

const PageQuery = object({ statisticsFetchTime: optional(text()), 'token-id': optional(text()) });

interface Rest {
  readonly array: StorageArray;
  readonly kind: string;
  readonly pages: readonly (readonly object[])[];
  readonly expiresMs: number;
}

/** Analysed rows of some time, page by page, latest first: each answer has the token for the next page, once. */
export function pagedStatisticsRoutes(routes: Routes): void {
  const rests = new Map<string, Rest>();
  let nextToken = 1;
  const keep = (rest: Rest): string => {
    const token = String(nextToken++);
    rests.set(token, rest);
    const [oldest] = rests.keys();
    if (rests.size > mostTokens && oldest !== undefined) rests.delete(oldest);
    return token;
  };
  const take = (array: StorageArray, kind: string, token: string): Rest['pages'] => {
    const rest = rests.get(token);
    if (rest?.array !== array || rest.kind !== kind || rest.expiresMs < array.now())
      throw new RestError('invalidField', `The token '${token}' is unknown, used or expired: begin without one.`, [
        'token-id',
      ]);
    rests.delete(token);
    return rest.pages;
  };
  const kinds: readonly [string, TSchema, (facts: WindowFacts) => object[]][] = [
    ['Controller', AnalysedControllerStatistics, analysedControllers],
    ['Drive', AnalysedDiskStatistics, analysedDrives],
    ['Interface', AnalyzedInterfaceStatistics, analysedInterfaces],
    ['System', AnalysedStorageSystemStatistics, (facts) => [analysedSystem(facts)]],
    ['Volume', AnalysedVolumeStatistics, analysedVolumes],
  ];
  for (const [kind, schema, rows] of kinds) {
    routes.onArray(
      `getLatest${kind}Statistics`,
      { query: PageQuery, response: object({ tokenId: nullable(text()), statistics: list(schema) }) },
      ({ array, system, query }) => {
        const token = query['token-id'] ?? '';
        const pages =
          token === '' ? pagesOf(array, system.id, query.statisticsFetchTime, rows) : take(array, kind, token);
        const [statistics = [], ...later] = pages;
        const expiresMs = array.now() + tokenMs;
        return { tokenId: later.length === 0 ? null : keep({ array, kind, pages: later, expiresMs }), statistics };
      },
    );
  }
}

function pagesOf(
  array: StorageArray,
  systemId: string,
  fetchTime: string | undefined,
  rows: (facts: WindowFacts) => object[],
): object[][] {
  if (fetchTime === undefined || fetchTime === '')
    throw new RestError('missingField', 'Say how many seconds of statistics are wanted: ?statisticsFetchTime=…', [
      'statisticsFetchTime',
    ]);
  if (!/^\d{1,12}$/.test(fetchTime))
    throw new RestError(
      'invalidField',
      `statisticsFetchTime is '${fetchTime}': allowed is a whole number of seconds.`,
      ['statisticsFetchTime'],
    );
  const fromMs = array.now() - Number(fetchTime) * 1000;
  const windows = array.statistics.windows().filter(({ end }) => end.timeMs >= fromMs);
  const pages: object[][] = [];
  for (let at = 0; at < windows.length; at += windowsPerPage)
    pages.push(windows.slice(at, at + windowsPerPage).flatMap((window) => rows({ array, systemId, window })));
  return pages;
}
