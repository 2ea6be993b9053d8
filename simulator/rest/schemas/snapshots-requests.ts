import { DaysOfMonthName, DaysOfWeekName, MonthsOfYearName } from './enums.js';
import { Int64, integer, list, number, object, oneOf, optional, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about snapshots: the vendor's definitions, property by property. */

const DailyScheduleInput = object({
  timeOfDay: optional(integer()),
  everyNMinutes: optional(integer()),
  timesPerDay: optional(integer()),
});

const DaylightSavingsTimeInput = object({
  time: optional(integer()),
  clockMode: optional(oneOf('unknown', 'wallClockTime', 'standardTime', 'utcTime', '__UNDEFINED')),
  month: optional(integer()),
  dayOfMonth: optional(integer()),
  dayOfWeek: optional(integer()),
});

export const SnapshotCreateRequest = object({
  groupId: text(),
});

const TimeZoneDescriptionInput = object({
  tzLabel: optional(text()),
  tzOffset: optional(integer()),
  dstStart: optional(DaylightSavingsTimeInput),
  dstEnd: optional(DaylightSavingsTimeInput),
  dstAdjust: optional(integer()),
});

const SnapshotScheduleCreateRequest = object({
  action: oneOf('unknown', 'resnap', 'newpit', 'newcgpit', '__UNDEFINED'),
  dailySchedule: DailyScheduleInput,
  daysOfMonth: optional(list(DaysOfMonthName)),
  daysOfWeek: optional(list(DaysOfWeekName)),
  endDate: Int64,
  monthsOfYear: optional(list(MonthsOfYearName)),
  scheduleMethod: oneOf('unknown', 'daily', 'weekly', 'monthlyDate', 'monthlyDay', '__UNDEFINED'),
  startDate: Int64,
  targetObject: optional(text()),
  timezone: TimeZoneDescriptionInput,
});

export const SnapshotGroupCreateRequest = object({
  autoDeleteLimit: optional(integer()),
  baseMappableObjectId: text(),
  fullPolicy: optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  name: text(),
  repositoryCandidate: optional(ConcatVolumeCandidateInput),
  repositoryPercentage: optional(number()),
  rollbackPriority: optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
  schedule: optional(SnapshotScheduleCreateRequest),
  storagePoolId: optional(text()),
  warningThreshold: optional(integer()),
});

export const SnapshotGroupUpdateRequest = object({
  autoDeleteLimit: optional(integer()),
  fullPolicy: optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  name: optional(text()),
  rollbackPriority: optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
  warningThreshold: optional(integer()),
});

export const SnapshotViewCreateRequest = object({
  snapshotImageId: text(),
  fullThreshold: optional(integer()),
  name: text(),
  viewMode: optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  repositoryPercentage: optional(number()),
  repositoryPoolId: optional(text()),
  repositoryCandidate: optional(ConcatVolumeCandidateInput),
});

export const SnapshotViewUpdateRequest = object({
  name: optional(text()),
  fullThreshold: optional(integer()),
});

export const SnapshotVolumeModeConversionRequest = object({
  repositoryPercentage: optional(number()),
  repositoryCandidate: optional(ConcatVolumeCandidateInput),
  fullThreshold: optional(integer()),
});
