import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, record, text } from './types.js';

/** What clients send and read about the audit log and the logs of services: the vendor's definitions, property by property. */

export const AuditLogConfiguration = object({
  auditLogMaxRecords: optional(integer({ minimum: 500, maximum: 50000 })),
  auditLogLevel: optional(oneOf('all', 'writeOnly')),
  auditLogFullPolicy: optional(oneOf('overWrite', 'preventSystemAccess')),
  auditLogWarningThresholdPct: optional(integer()),
});

export const AuditLogInfoResponse = object({
  totalLogRecords: integer(),
  firstRecordTimestamp: Int64,
  firstRecordDate: text(),
  lastRecordTimestamp: Int64,
  lastRecordDate: text(),
});

export const AuditLogDeleteResponse = object({
  totalDeletedRecords: integer(),
});

export const AuditLogRecord = object({
  method: text(),
  accessedUrl: text(),
  authId: text(),
  authType: oneOf('jwt', 'ldap', 'localAccount', 'saml', 'unknown'),
  clientIp: text(),
  userId: text(),
  httpStatus: integer(),
  httpReasonPhrase: text(),
  isFederated: boolean(),
  loggingAgent: text(),
  userAgent: text(),
  cliCommandExecuted: optional(text()),
  cliReturnStatus: optional(text()),
  symbolProcedure: optional(text()),
  sshEventType: optional(
    oneOf(
      'login',
      'logout',
      'login_fail',
      'signature_validation_failure',
      'ntp_time_change',
      'cfw_integrity_check',
      'firmware_download_start',
      'activation_complete',
      'audit_log_shutdown',
      'audit_log_start',
      'session_timeout',
      'certificate_validation_failure',
      'timestamp_validation_failure',
    ),
  ),
  sshSessionPid: optional(integer()),
  sshSessionDuration: optional(integer()),
  timestamp: Int64,
  dateTime: text(),
  recordOrdinal: integer(),
  optionalText: optional(text()),
});

export const AuditLogGetResponse = object({
  totalLogRecords: integer(),
  logRecords: list(AuditLogRecord),
  firstRecordOrdinal: integer(),
  lastRecordOrdinal: integer(),
});

export const AuditLogMessagesRequest = object({
  startRecordOrdinal: optional(integer()),
  endingRecordOrdinal: optional(integer()),
  beginTime: optional(text()),
  endTime: optional(text()),
});

const LocalizedLogMessage = object({
  loggerType: oneOf(
    'cfwUpgradeLogger',
    'driveUpgradeLogger',
    'iomServiceLogger',
    'nvsramUpgradeLogger',
    'cfwUpgradeTimestamp',
    'driveUpgradeTimestamp',
    'iomServiceTimestamp',
    'nvsramUpgradeTimestamp',
    'batchLogger',
    'systemReplLogger',
    'cfwBatchUpgradeLogger',
    'systemConfigLogger',
    'auditLogLogger',
  ),
  timestamp: DateTime,
  messageText: optional(text()),
  context: text(),
  recordId: Int64,
});

export const LoggerRecordResponse = object({
  recordType: optional(
    oneOf(
      'cfwUpgradeLogger',
      'driveUpgradeLogger',
      'iomServiceLogger',
      'nvsramUpgradeLogger',
      'cfwUpgradeTimestamp',
      'driveUpgradeTimestamp',
      'iomServiceTimestamp',
      'nvsramUpgradeTimestamp',
      'batchLogger',
      'systemReplLogger',
      'cfwBatchUpgradeLogger',
      'systemConfigLogger',
      'auditLogLogger',
    ),
  ),
  logRecords: optional(list(LocalizedLogMessage)),
  timeStamps: record(),
});
