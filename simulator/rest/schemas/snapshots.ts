import Type from 'typebox';
import { ActionName, DaysOfMonthName, DaysOfWeekName, MonthsOfYearName, ObjectTypeName } from './enums.js';
import { LUNMapping } from './hosts.js';
import { Int64, nullable, oneOf } from './types.js';
import { VolumePerms } from './volumes.js';

/** What the array answers about snapshots: the vendor's definitions, property by property. */

export const DailySchedule = Type.Object({
  timeOfDay: Type.Integer(),
  everyNMinutes: Type.Integer(),
  timesPerDay: Type.Integer(),
});

export const DaylightSavingsTime = Type.Object({
  time: Type.Integer(),
  clockMode: oneOf('unknown', 'wallClockTime', 'standardTime', 'utcTime', '__UNDEFINED'),
  month: Type.Integer(),
  dayOfMonth: Type.Integer(),
  dayOfWeek: Type.Integer(),
});

export const DeviceAsupSchedule = Type.Object({
  dailyMinTime: Type.Integer(),
  dailyMaxTime: Type.Integer(),
  weeklyMinTime: Type.Integer(),
  weeklyMaxTime: Type.Integer(),
  daysOfWeek: Type.Array(DaysOfWeekName),
});

export const SnapshotVolume = Type.Object({
  worldWideName: Type.String(),
  snapshotRef: Type.String(),
  label: Type.String(),
  status: oneOf('active', 'failed', 'disabled', 'offline', '__UNDEFINED'),
  action: oneOf('none', 'rollback', '__UNDEFINED'),
  currentManager: Type.String(),
  baseVolume: Type.String(),
  repositoryVolume: Type.String(),
  fullWarnThreshold: Type.Integer(),
  overWarnThreshold: Type.Boolean(),
  repositoryFull: Type.Boolean(),
  repFullPolicy: oneOf('failwrites', 'failsnap', '__UNDEFINED'),
  rollbackPriority: Type.Integer(),
  extentStart: Int64,
  extentSize: Int64,
  snapshotTime: Int64,
  perms: nullable(VolumePerms),
  childrenInactive: Type.Boolean(),
  volumeHandle: Type.Integer(),
  mgmtClientAttribute: Type.Integer(),
  rollbackStatus: oneOf('none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  id: Type.String(),
});

export const PITGroup = Type.Object({
  pitGroupRef: Type.String(),
  label: Type.String(),
  status: oneOf('unknown', 'optimal', 'full', 'failed', 'overThreshold', '__UNDEFINED'),
  baseVolume: Type.String(),
  repositoryVolume: Type.String(),
  clusterSize: Type.Integer(),
  maxRepositoryCapacity: Int64,
  maxBaseCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: Type.Integer(),
  autoDeleteLimit: Type.Integer(),
  action: ActionName,
  rollbackStatus: oneOf('unknown', 'none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  consistencyGroup: Type.Boolean(),
  consistencyGroupRef: Type.String(),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  volumeHandle: Type.Integer(),
  name: Type.String(),
  id: Type.String(),
});

export const PIT = Type.Object({
  pitRef: Type.String(),
  pitGroupRef: Type.String(),
  creationMethod: oneOf('unknown', 'user', 'schedule', '__UNDEFINED'),
  pitTimestamp: Int64,
  pitSequenceNumber: Int64,
  status: oneOf('unknown', 'optimal', 'failed', 'purged', '__UNDEFINED'),
  activeCOW: Type.Boolean(),
  isRollbackSource: Type.Boolean(),
  pitCapacity: Int64,
  repositoryCapacityUtilization: Int64,
  id: Type.String(),
});

export const PITViewMembership = Type.Object({
  viewType: oneOf('unknown', 'individual', 'member', '__UNDEFINED'),
  cgViewRef: Type.String(),
});

export const PITView = Type.Object({
  viewRef: Type.String(),
  worldWideName: Type.String(),
  baseVol: Type.String(),
  basePIT: Type.String(),
  boundToPIT: Type.Boolean(),
  accessMode: oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED'),
  label: Type.String(),
  status: oneOf('unknown', 'optimal', 'stopped', 'failed', 'overThreshold', 'full', '__UNDEFINED'),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  repositoryVolume: Type.String(),
  fullWarnThreshold: Type.Integer(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  perms: nullable(VolumePerms),
  volumeHandle: Type.Integer(),
  clusterSize: Type.Integer(),
  maxRepositoryCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  membership: nullable(PITViewMembership),
  mgmtClientAttribute: Type.Integer(),
  offline: Type.Boolean(),
  extendedUniqueIdentifier: Type.String(),
  name: Type.String(),
  id: Type.String(),
});

export const ScheduleDaily = Type.Object({
  dailySchedule: nullable(DailySchedule),
});

export const ScheduleWeekly = Type.Object({
  daysOfWeek: Type.Array(DaysOfWeekName),
  dailySchedule: nullable(DailySchedule),
});

export const ScheduleMonthlyByDate = Type.Object({
  daysOfMonth: Type.Array(DaysOfMonthName),
  monthsOfYear: Type.Array(MonthsOfYearName),
  dailySchedule: nullable(DailySchedule),
});

export const ScheduleMonthlyByDay = Type.Object({
  dayOfWeek: DaysOfWeekName,
  dailySchedule: nullable(DailySchedule),
  weekNumber: Type.Integer(),
  monthsOfYear: Type.Array(MonthsOfYearName),
});

export const ScheduleCalendar = Type.Object({
  scheduleMethod: oneOf('unknown', 'daily', 'weekly', 'monthlyDate', 'monthlyDay', '__UNDEFINED'),
  daily: nullable(ScheduleDaily),
  weekly: nullable(ScheduleWeekly),
  monthlyByDate: nullable(ScheduleMonthlyByDate),
  monthlyByDay: nullable(ScheduleMonthlyByDay),
});

export const Recurrence = Type.Object({
  recurrenceType: oneOf('unknown', 'unlimited', 'count', 'endDate', '__UNDEFINED'),
  recurrenceCount: Type.Integer(),
  recurrenceEndDate: Int64,
});

export const TimeZoneDescription = Type.Object({
  tzLabel: Type.String(),
  tzOffset: Type.Integer(),
  dstStart: nullable(DaylightSavingsTime),
  dstEnd: nullable(DaylightSavingsTime),
  dstAdjust: Type.Integer(),
});

export const Schedule = Type.Object({
  calendar: nullable(ScheduleCalendar),
  startDate: Int64,
  recurrence: nullable(Recurrence),
  timezone: nullable(TimeZoneDescription),
});

export const ScheduleInstance = Type.Object({
  schedRef: Type.String(),
  scheduleStatus: oneOf('unknown', 'active', 'disabled', 'completed', '__UNDEFINED'),
  action: oneOf('unknown', 'resnap', 'newpit', 'newcgpit', '__UNDEFINED'),
  targetObject: Type.String(),
  schedule: nullable(Schedule),
  creationTime: Int64,
  lastRunTime: Int64,
  nextRunTime: Int64,
  stopTime: Int64,
  id: Type.String(),
});

export const PITRepositoryUtilization = Type.Object({
  pitRef: Type.String(),
  bytesUsed: Int64,
});

export const PITGroupRepositoryUtilization = Type.Object({
  pitGroupBytesUsed: Int64,
  pitGroupBytesAvailable: Int64,
  groupRef: Type.String(),
  pitUtilization: Type.Array(PITRepositoryUtilization),
});

export const PITViewRepositoryUtilization = Type.Object({
  viewBytesUsed: Int64,
  viewBytesAvailable: Int64,
  viewRef: Type.String(),
});

export const PitViewEx = Type.Object({
  viewRef: Type.String(),
  worldWideName: Type.String(),
  baseVol: Type.String(),
  basePIT: Type.String(),
  boundToPIT: Type.Boolean(),
  accessMode: oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED'),
  label: Type.String(),
  status: oneOf('unknown', 'optimal', 'stopped', 'failed', 'overThreshold', 'full', '__UNDEFINED'),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  repositoryVolume: Type.String(),
  fullWarnThreshold: Type.Integer(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  perms: nullable(VolumePerms),
  volumeHandle: Type.Integer(),
  clusterSize: Type.Integer(),
  maxRepositoryCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  membership: nullable(PITViewMembership),
  mgmtClientAttribute: Type.Integer(),
  offline: Type.Boolean(),
  extendedUniqueIdentifier: Type.String(),
  volumeFull: Type.Boolean(),
  repositoryCapacity: Int64,
  baseVolumeCapacity: Int64,
  totalSizeInBytes: Int64,
  consistencyGroupId: Type.String(),
  volumeCopyTarget: Type.Boolean(),
  cloneCopy: Type.Boolean(),
  volumeCopySource: Type.Boolean(),
  pitBaseVolume: Type.Boolean(),
  asyncMirrorTarget: Type.Boolean(),
  asyncMirrorSource: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  remoteMirrorSource: Type.Boolean(),
  remoteMirrorTarget: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
  objectType: ObjectTypeName,
  currentControllerId: Type.String(),
  wwn: Type.String(),
  preferredControllerId: Type.String(),
  mapped: Type.Boolean(),
  listOfMappings: Type.Array(LUNMapping),
  onlineVolumeCopy: Type.Boolean(),
});

export const Snapshot = Type.Object({
  pitRef: Type.String(),
  pitGroupRef: Type.String(),
  creationMethod: oneOf('unknown', 'user', 'schedule', '__UNDEFINED'),
  pitTimestamp: Int64,
  pitSequenceNumber: Int64,
  status: oneOf('unknown', 'optimal', 'failed', 'purged', '__UNDEFINED'),
  activeCOW: Type.Boolean(),
  isRollbackSource: Type.Boolean(),
  pitCapacity: Int64,
  repositoryCapacityUtilization: Int64,
  baseVol: Type.String(),
  consistencyGroupId: Type.String(),
  id: Type.String(),
});

export const SnapshotGroup = Type.Object({
  pitGroupRef: Type.String(),
  label: Type.String(),
  status: oneOf('unknown', 'optimal', 'full', 'failed', 'overThreshold', '__UNDEFINED'),
  baseVolume: Type.String(),
  repositoryVolume: Type.String(),
  clusterSize: Type.Integer(),
  maxRepositoryCapacity: Int64,
  maxBaseCapacity: Int64,
  unusableRepositoryCapacity: Int64,
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: Type.Integer(),
  autoDeleteLimit: Type.Integer(),
  action: ActionName,
  rollbackStatus: oneOf('unknown', 'none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  consistencyGroup: Type.Boolean(),
  consistencyGroupRef: Type.String(),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  volumeHandle: Type.Integer(),
  volcopyId: Type.String(),
  snapshotCount: Type.Integer(),
  repositoryCapacity: Int64,
  id: Type.String(),
  name: Type.String(),
});
