import { STATUS_CODES } from 'node:http';
import { type AuditEntry, type AuditSettings, type AuditTrail, auditSettings } from './audit-trail.js';
import { RestError } from './errors.js';
import { type KeeperContext, onKeeper, refuseField, settingsRoutes } from './keeper.js';
import { storePrivateFile } from './private-files.js';
import type { Routes } from './route.js';
import {
  AuditLogConfiguration,
  AuditLogDeleteResponse,
  AuditLogGetResponse,
  AuditLogInfoResponse,
  AuditLogMessagesRequest,
  type AuditLogRecord,
} from './schemas/audit-log.js';
import { PrivateFileInfo } from './schemas/files.js';
import { boolean, Int64, integer, object, optional, type Static, text } from './schemas/types.js';

const Range = object({
  startRecordOrdinal: optional(integer({ minimum: 0 })),
  endingRecordOrdinal: optional(integer({ minimum: 0 })),
  beginTime: optional(text()),
  endTime: optional(text()),
});
const Deletion = object({
  retentionCount: optional(integer({ minimum: 0 })),
  endDate: optional(Int64),
  clearAll: optional(boolean()),
});

const authTypes = { basic: 'localAccount', session: 'localAccount', token: 'jwt' } as const;

function recordOf(entry: AuditEntry): Static<typeof AuditLogRecord> {
  return {
    method: entry.method,
    accessedUrl: entry.url,
    authId: entry.user,
    authType: entry.by === undefined ? 'unknown' : authTypes[entry.by],
    clientIp: entry.ip,
    userId: entry.user,
    httpStatus: entry.status,
    httpReasonPhrase: STATUS_CODES[entry.status] ?? '',
    isFederated: false,
    loggingAgent: 'webservices',
    userAgent: entry.agent,
    timestamp: String(Math.floor(entry.timeMs / 1000)),
    dateTime: secondsOf(entry.timeMs),
    recordOrdinal: entry.ordinal,
  };
}

function secondsOf(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

function timeOf(field: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const timeMs = Date.parse(given);
  if (Number.isNaN(timeMs)) throw refuseField(field, given, "a time such as '2026-01-31T23:59:59Z'");
  return timeMs;
}

/** The records of a range, both ends included. */
function selected(entries: readonly AuditEntry[], range: Static<typeof AuditLogMessagesRequest>): AuditEntry[] {
  const { startRecordOrdinal: first = 0, endingRecordOrdinal: last = Number.POSITIVE_INFINITY } = range;
  const begin = timeOf('beginTime', range.beginTime) ?? Number.NEGATIVE_INFINITY;
  const end = timeOf('endTime', range.endTime) ?? Number.POSITIVE_INFINITY;
  if (last < first) throw refuseField('endingRecordOrdinal', last, `a number from ${first} on`);
  return entries.filter(
    ({ ordinal, timeMs }) => ordinal >= first && ordinal <= last && timeMs >= begin && timeMs <= end,
  );
}

function deleteRecords(
  log: ReturnType<AuditTrail['of']>,
  { retentionCount, endDate, clearAll }: Static<typeof Deletion>,
): number {
  const before = log.entries.length;
  if (clearAll) log.entries = [];
  else if (endDate !== undefined) log.entries = log.entries.filter(({ timeMs }) => timeMs >= Number(endDate));
  else if (retentionCount !== undefined) log.entries = retentionCount === 0 ? [] : log.entries.slice(-retentionCount);
  else
    throw new RestError('missingField', 'Say which records to delete: clearAll, endDate or retentionCount.', [
      'clearAll',
    ]);
  return before - log.entries.length;
}

/** What may be set: numbers within their bounds. */
function auditChanges(wanted: Static<typeof AuditLogConfiguration>): Partial<AuditSettings> {
  const { auditLogWarningThresholdPct: warning } = wanted;
  if (warning !== undefined && (warning < 60 || warning > 90))
    throw refuseField('auditLogWarningThresholdPct', warning, 'a percentage from 60 to 90');
  return wanted;
}

/** The audit log: of the array, and of the management station. */
export function auditLogRoutes(routes: Routes): void {
  const { audit } = routes;
  const logOf = ({ array, owner }: Pick<KeeperContext<undefined, undefined>, 'array' | 'owner'>) =>
    audit.of(array, owner);
  settingsRoutes(routes, {
    ...auditSettings,
    read: ['get-AuditLogConfig', 'get-ProxyAuditLogConfig'],
    write: ['update-AuditLogConfig', 'update-ProxyAuditLogConfig'],
    body: AuditLogConfiguration,
    response: AuditLogConfiguration,
    event: 'Audit log configuration changed',
    changes: auditChanges,
  });
  onKeeper(routes, ['get-AuditLogInfo', 'get-ProxyAuditLogInfo'], { response: AuditLogInfoResponse }, (context) => {
    const { entries } = logOf(context);
    const [first, last] = [entries[0]?.timeMs, entries.at(-1)?.timeMs];
    return {
      totalLogRecords: entries.length,
      firstRecordTimestamp: String(first ?? 0),
      firstRecordDate: first === undefined ? '' : secondsOf(first),
      lastRecordTimestamp: String(last ?? 0),
      lastRecordDate: last === undefined ? '' : secondsOf(last),
    };
  });
  onKeeper(
    routes,
    ['get-AuditLogMessages', 'get-ProxyAuditLogMessages'],
    { query: Range, response: AuditLogGetResponse },
    ({ query, ...context }) => {
      const { entries } = logOf(context);
      return {
        totalLogRecords: entries.length,
        logRecords: selected(entries, query).map(recordOf),
        firstRecordOrdinal: entries[0]?.ordinal ?? 0,
        lastRecordOrdinal: entries.at(-1)?.ordinal ?? 0,
      };
    },
  );
  onKeeper(
    routes,
    ['get-AuditLogMessagesFile', 'get-ProxyAuditLogMessagesFile'],
    { body: AuditLogMessagesRequest, bodyOptional: true, response: PrivateFileInfo },
    ({ body, ...context }) => {
      const lines = selected(logOf(context).entries, body).map((entry) => JSON.stringify(recordOf(entry)));
      return storePrivateFile(context.array, 'audit-log.txt', lines.join('\n'));
    },
  );
  onKeeper(
    routes,
    ['delete-AuditLogMessages', 'delete-ProxyAuditLogMessages'],
    { query: Deletion, response: AuditLogDeleteResponse },
    ({ query, ...context }) => ({ totalDeletedRecords: deleteRecords(logOf(context), query) }),
  );
}
