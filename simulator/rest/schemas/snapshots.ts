import { ActionName, DaysOfMonthName, DaysOfWeekName, MonthsOfYearName, ObjectTypeName } from './enums.js';
import { LUNMapping } from './hosts.js';
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

export const PITGroup = object({
  pitGroupRef: text(),
  label: text(),
  status: oneOf('unknown', 'optimal', 'full', 'failed', 'overThreshold', '__UNDEFINED'),
  baseVolume: text(),
  repositoryVolume: text(),
  clusterSize: integer(),
  maxRepositoryCapacity: Int64,
  maxBaseCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: integer(),
  autoDeleteLimit: integer(),
  action: ActionName,
  rollbackStatus: oneOf('unknown', 'none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  consistencyGroup: boolean(),
  consistencyGroupRef: text(),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  volumeHandle: integer(),
  name: text(),
  id: text(),
});

export const PIT = object({
  pitRef: text(),
  pitGroupRef: text(),
  creationMethod: oneOf('unknown', 'user', 'schedule', '__UNDEFINED'),
  pitTimestamp: Int64,
  pitSequenceNumber: Int64,
  status: oneOf('unknown', 'optimal', 'failed', 'purged', '__UNDEFINED'),
  activeCOW: boolean(),
  isRollbackSource: boolean(),
  pitCapacity: Int64,
  repositoryCapacityUtilization: Int64,
  id: text(),
});

const PITViewMembership = object({
  viewType: oneOf('unknown', 'individual', 'member', '__UNDEFINED'),
  cgViewRef: nullable(text()),
});

export const PITView = object({
  viewRef: text(),
  worldWideName: text(),
  baseVol: text(),
  basePIT: text(),
  boundToPIT: boolean(),
  accessMode: oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED'),
  label: text(),
  status: oneOf('unknown', 'optimal', 'stopped', 'failed', 'overThreshold', 'full', '__UNDEFINED'),
  currentManager: text(),
  preferredManager: text(),
  repositoryVolume: text(),
  fullWarnThreshold: integer(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  perms: nullable(VolumePerms),
  volumeHandle: integer(),
  clusterSize: integer(),
  maxRepositoryCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  membership: nullable(PITViewMembership),
  mgmtClientAttribute: integer(),
  offline: boolean(),
  extendedUniqueIdentifier: text(),
  name: text(),
  id: text(),
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

const PITRepositoryUtilization = object({
  pitRef: text(),
  bytesUsed: Int64,
});

export const PITGroupRepositoryUtilization = object({
  pitGroupBytesUsed: Int64,
  pitGroupBytesAvailable: Int64,
  groupRef: text(),
  pitUtilization: list(PITRepositoryUtilization),
});

export const PITViewRepositoryUtilization = object({
  viewBytesUsed: Int64,
  viewBytesAvailable: Int64,
  viewRef: text(),
});

export const PitViewEx = object({
  viewRef: text(),
  worldWideName: text(),
  baseVol: text(),
  basePIT: text(),
  boundToPIT: boolean(),
  accessMode: oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED'),
  label: text(),
  status: oneOf('unknown', 'optimal', 'stopped', 'failed', 'overThreshold', 'full', '__UNDEFINED'),
  currentManager: text(),
  preferredManager: text(),
  repositoryVolume: text(),
  fullWarnThreshold: integer(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  perms: nullable(VolumePerms),
  volumeHandle: integer(),
  clusterSize: integer(),
  maxRepositoryCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  membership: nullable(PITViewMembership),
  mgmtClientAttribute: integer(),
  offline: boolean(),
  extendedUniqueIdentifier: text(),
  volumeFull: boolean(),
  repositoryCapacity: Int64,
  baseVolumeCapacity: Int64,
  totalSizeInBytes: Int64,
  consistencyGroupId: nullable(text()),
  volumeCopyTarget: boolean(),
  cloneCopy: boolean(),
  volumeCopySource: boolean(),
  pitBaseVolume: boolean(),
  asyncMirrorTarget: boolean(),
  asyncMirrorSource: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  remoteMirrorSource: boolean(),
  remoteMirrorTarget: boolean(),
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: text(),
  wwn: text(),
  preferredControllerId: text(),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
  onlineVolumeCopy: boolean(),
});

export const Snapshot = object({
  pitRef: text(),
  pitGroupRef: text(),
  creationMethod: oneOf('unknown', 'user', 'schedule', '__UNDEFINED'),
  pitTimestamp: Int64,
  pitSequenceNumber: Int64,
  status: oneOf('unknown', 'optimal', 'failed', 'purged', '__UNDEFINED'),
  activeCOW: boolean(),
  isRollbackSource: boolean(),
  pitCapacity: Int64,
  repositoryCapacityUtilization: Int64,
  baseVol: text(),
  consistencyGroupId: text(),
  id: text(),
});

export const SnapshotGroup = object({
  pitGroupRef: text(),
  label: text(),
  status: oneOf('unknown', 'optimal', 'full', 'failed', 'overThreshold', '__UNDEFINED'),
  baseVolume: text(),
  repositoryVolume: text(),
  clusterSize: integer(),
  maxRepositoryCapacity: Int64,
  maxBaseCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: integer(),
  autoDeleteLimit: integer(),
  action: ActionName,
  rollbackStatus: oneOf('unknown', 'none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  consistencyGroup: boolean(),
  consistencyGroupRef: text(),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  volumeHandle: integer(),
  volcopyId: text(),
  snapshotCount: integer(),
  repositoryCapacity: Int64,
  id: text(),
  name: text(),
});
