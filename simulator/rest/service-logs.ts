import type { UpgradeLogEntry } from '../array/firmware-upgrades.js';
import type { StorageArray } from '../array/storage-array.js';
import { dateTime } from './date-time.js';
import { onKeeper, refuseField } from './keeper.js';
import type { Routes } from './route.js';
import { LoggerRecordResponse } from './schemas/audit-log.js';
import { integer, object, oneOf, optional } from './schemas/types.js';

/** The log that each kind of firmware's upgrades have. */
const loggers = {
  cfwUpgradeLogger: 'cfw',
  driveUpgradeLogger: 'drive',
  iomServiceLogger: 'iom',
  nvsramUpgradeLogger: 'nvsram',
  cfwUpgradeTimestamp: 'cfw',
  driveUpgradeTimestamp: 'drive',
  iomServiceTimestamp: 'iom',
  nvsramUpgradeTimestamp: 'nvsram',
} as const satisfies Record<string, UpgradeLogEntry['kind']>;

type Logger = keyof typeof loggers;

const range = { startRecord: optional(integer({ minimum: 0 })), endingRecord: optional(integer({ minimum: 0 })) };
const ArrayLogs = object({
  loggerType: optional(oneOf(...(Object.keys(loggers) as Logger[]))),
  ...range,
});
const StationLogs = object({ loggerType: oneOf('batchLogger', 'systemReplLogger', 'cfwBatchUpgradeLogger'), ...range });

function within<T>(entries: readonly T[], first = 0, last = 50): T[] {
  if (last < first) throw refuseField('endingRecord', last, `a number from ${first} on`);
  return entries.slice(first, last + 1);
}

/** What services logged: upgrades of an array's firmware, and the batches of a proxy. */
export function serviceLogRoutes(routes: Routes): void {
  onKeeper(routes, 'get-LogMessages', { query: ArrayLogs, response: LoggerRecordResponse }, ({ array, query }) => {
    const { loggerType = 'cfwUpgradeLogger', startRecord, endingRecord } = query;
    const entries = array.firmwareUpgrades.log().filter(({ kind }) => kind === loggers[loggerType]);
    const last = entries.findLast(({ isEnd }) => isEnd);
    return {
      recordType: loggerType,
      logRecords: within(entries, startRecord, endingRecord).map(({ message, timeMs }, index) => ({
        loggerType,
        timestamp: dateTime(array, timeMs),
        messageText: message,
        context: array.system.label,
        recordId: String((startRecord ?? 0) + index + 1),
      })),
      timeStamps: last === undefined ? {} : { [loggerType]: dateTime(array, last.timeMs) },
    };
  });
  onKeeper(
    routes,
    'getServiceLogEvents',
    { query: StationLogs, response: LoggerRecordResponse },
    ({ array, query }) => {
      const { loggerType, startRecord, endingRecord } = query;
      const entries = stationLog(array, loggerType);
      return {
        recordType: loggerType,
        logRecords: within(entries, startRecord, endingRecord).map(({ message, timeMs }, index) => ({
          loggerType,
          timestamp: dateTime(array, timeMs),
          messageText: message,
          context: 'webservices',
          recordId: String((startRecord ?? 0) + index + 1),
        })),
        timeStamps: {},
      };
    },
  );
}

interface StationEntry {
  readonly logger: string;
  readonly message: string;
  readonly timeMs: number;
}

const kind = 'station/serviceLog';

function stationLog(array: StorageArray, logger: string): StationEntry[] {
  return array.documents.list<StationEntry>(kind).filter((entry) => entry.logger === logger);
}

/** Logs what a service of the proxy did. */
export function logService(array: StorageArray, logger: string, message: string): void {
  array.transact(() => {
    const all = [...array.tables.documents.values()].filter((record) => record.kind === kind);
    if (all.length >= 500 && all[0] !== undefined) array.documents.delete(kind, all[0].key);
    array.documents.put(kind, String(array.takeCounter('serial')), { logger, message, timeMs: array.now() });
  });
}
