import { DaysOfMonthName, DaysOfWeekName, MonthsOfYearName } from './enums.js';

import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { VolumePerms } from './volumes.js';

/** What the array answers about snapshots: the vendor's definitions, property by property. */

const DailySchedule = object({
  timeOfDay: integer(),
  everyNMinutes: integer(),
  timesPerDay: integer(),
});

const DaylightSavingsTime = object({
  time: integer(),
  clockMode: oneOf('unknown', 'wallClockTime', 'standardTime', 'utcTime', '__UNDEFINED'),
  month: integer(),
  dayOfMonth: integer(),
  dayOfWeek: integer(),
});

export const SnapshotVolume = object({
  worldWideName: text(),
  snapshotRef: text(),
  label: text(),
  status: oneOf('active', 'failed', 'disabled', 'offline', '__UNDEFINED'),
  action: oneOf('none', 'rollback', '__UNDEFINED'),
  currentManager: text(),
  baseVolume: text(),
  repositoryVolume: text(),
  fullWarnThreshold: integer(),
  overWarnThreshold: boolean(),
  repositoryFull: boolean(),
  repFullPolicy: oneOf('failwrites', 'failsnap', '__UNDEFINED'),
  rollbackPriority: integer(),
  extentStart: Int64,
  extentSize: Int64,
  snapshotTime: Int64,
  perms: nullable(VolumePerms),
  childrenInactive: boolean(),
  volumeHandle: integer(),
  mgmtClientAttribute: integer(),
  rollbackStatus: oneOf('none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  id: text(),
});

export const PITViewMembership = object({
  viewType: oneOf('unknown', 'individual', 'member', '__UNDEFINED'),
  cgViewRef: nullable(text()),
});

const ScheduleDaily = object({
  dailySchedule: nullable(DailySchedule),
});

const ScheduleWeekly = object({
  daysOfWeek: list(DaysOfWeekName),
  dailySchedule: nullable(DailySchedule),
});

const ScheduleMonthlyByDate = object({
  daysOfMonth: list(DaysOfMonthName),
  monthsOfYear: list(MonthsOfYearName),
  dailySchedule: nullable(DailySchedule),
});

const ScheduleMonthlyByDay = object({
  dayOfWeek: DaysOfWeekName,
  dailySchedule: nullable(DailySchedule),
  weekNumber: integer(),
  monthsOfYear: list(MonthsOfYearName),
});

const ScheduleCalendar = object({
  scheduleMethod: oneOf('unknown', 'daily', 'weekly', 'monthlyDate', 'monthlyDay', '__UNDEFINED'),
  daily: nullable(ScheduleDaily),
  weekly: nullable(ScheduleWeekly),
  monthlyByDate: nullable(ScheduleMonthlyByDate),
  monthlyByDay: nullable(ScheduleMonthlyByDay),
});

const Recurrence = object({
  recurrenceType: oneOf('unknown', 'unlimited', 'count', 'endDate', '__UNDEFINED'),
  recurrenceCount: integer(),
  recurrenceEndDate: Int64,
});

const TimeZoneDescription = object({
  tzLabel: text(),
  tzOffset: integer(),
  dstStart: nullable(DaylightSavingsTime),
  dstEnd: nullable(DaylightSavingsTime),
  dstAdjust: integer(),
});

const Schedule = object({
  calendar: nullable(ScheduleCalendar),
  startDate: Int64,
  recurrence: nullable(Recurrence),
  timezone: nullable(TimeZoneDescription),
});

export const ScheduleInstance = object({
  schedRef: text(),
  scheduleStatus: oneOf('unknown', 'active', 'disabled', 'completed', '__UNDEFINED'),
  action: oneOf('unknown', 'resnap', 'newpit', 'newcgpit', '__UNDEFINED'),
  targetObject: text(),
  schedule: nullable(Schedule),
  creationTime: Int64,
  lastRunTime: Int64,
  nextRunTime: Int64,
  stopTime: Int64,
  id: text(),
});

export const PITRepositoryUtilization = object({
  pitRef: text(),
  bytesUsed: Int64,
});
