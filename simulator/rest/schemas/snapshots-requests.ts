import Type from 'typebox';
import { DaysOfMonthName, DaysOfWeekName, MonthsOfYearName } from './enums.js';
import { Int64, oneOf } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about snapshots: the vendor's definitions, property by property. */

export const DailyScheduleInput = Type.Object({
  timeOfDay: Type.Optional(Type.Integer()),
  everyNMinutes: Type.Optional(Type.Integer()),
  timesPerDay: Type.Optional(Type.Integer()),
});

export const DaylightSavingsTimeInput = Type.Object({
  time: Type.Optional(Type.Integer()),
  clockMode: Type.Optional(oneOf('unknown', 'wallClockTime', 'standardTime', 'utcTime', '__UNDEFINED')),
  month: Type.Optional(Type.Integer()),
  dayOfMonth: Type.Optional(Type.Integer()),
  dayOfWeek: Type.Optional(Type.Integer()),
});

export const DeviceAsupScheduleInput = Type.Object({
  dailyMinTime: Type.Integer(),
  dailyMaxTime: Type.Integer(),
  weeklyMinTime: Type.Integer(),
  weeklyMaxTime: Type.Integer(),
  daysOfWeek: Type.Array(DaysOfWeekName),
});

export const SnapshotCreateRequest = Type.Object({
  groupId: Type.String(),
});

export const TimeZoneDescriptionInput = Type.Object({
  tzLabel: Type.Optional(Type.String()),
  tzOffset: Type.Optional(Type.Integer()),
  dstStart: Type.Optional(DaylightSavingsTimeInput),
  dstEnd: Type.Optional(DaylightSavingsTimeInput),
  dstAdjust: Type.Optional(Type.Integer()),
});

export const SnapshotScheduleCreateRequest = Type.Object({
  action: oneOf('unknown', 'resnap', 'newpit', 'newcgpit', '__UNDEFINED'),
  dailySchedule: DailyScheduleInput,
  daysOfMonth: Type.Optional(Type.Array(DaysOfMonthName)),
  daysOfWeek: Type.Optional(Type.Array(DaysOfWeekName)),
  endDate: Int64,
  monthsOfYear: Type.Optional(Type.Array(MonthsOfYearName)),
  scheduleMethod: oneOf('unknown', 'daily', 'weekly', 'monthlyDate', 'monthlyDay', '__UNDEFINED'),
  startDate: Int64,
  targetObject: Type.Optional(Type.String()),
  timezone: TimeZoneDescriptionInput,
});

export const SnapshotGroupCreateRequest = Type.Object({
  autoDeleteLimit: Type.Optional(Type.Integer()),
  baseMappableObjectId: Type.String(),
  fullPolicy: Type.Optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  name: Type.String(),
  repositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
  repositoryPercentage: Type.Optional(Type.Number()),
  rollbackPriority: Type.Optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
  schedule: Type.Optional(SnapshotScheduleCreateRequest),
  storagePoolId: Type.Optional(Type.String()),
  warningThreshold: Type.Optional(Type.Integer()),
});

export const SnapshotGroupUpdateRequest = Type.Object({
  autoDeleteLimit: Type.Optional(Type.Integer()),
  fullPolicy: Type.Optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  name: Type.Optional(Type.String()),
  rollbackPriority: Type.Optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
  warningThreshold: Type.Optional(Type.Integer()),
});

export const SnapshotViewCreateRequest = Type.Object({
  snapshotImageId: Type.String(),
  fullThreshold: Type.Optional(Type.Integer()),
  name: Type.String(),
  viewMode: Type.Optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  repositoryPercentage: Type.Optional(Type.Number()),
  repositoryPoolId: Type.Optional(Type.String()),
  repositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
});

export const SnapshotViewUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  fullThreshold: Type.Optional(Type.Integer()),
});

export const SnapshotVolumeModeConversionRequest = Type.Object({
  repositoryPercentage: Type.Optional(Type.Number()),
  repositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
  fullThreshold: Type.Optional(Type.Integer()),
});
