import type {
  AsyncMirrorGroupRecord,
  AsyncMirrorMemberRecord,
  ComponentRecord,
  ConsistencyGroupRecord,
  ConsistencyGroupViewRecord,
  ControllerRecord,
  CountersRecord,
  DeclaredWorkloadRecord,
  DocumentRecord,
  DriveRecord,
  EventRecord,
  HostGroupRecord,
  HostPortRecord,
  HostRecord,
  IscsiPortRecord,
  IscsiTargetRecord,
  JobRecord,
  KeyValueRecord,
  MappingRecord,
  ParityScanRecord,
  PoolRecord,
  RepositoryRecord,
  ReservationRecord,
  SnapshotGroupRecord,
  SnapshotImageRecord,
  SnapshotVolumeRecord,
  SsdCacheRecord,
  SystemRecord,
  TrayRecord,
  UnassociatedPortRecord,
  VolumeCopyRecord,
  VolumeRecord,
  WorkloadRecord,
} from './records.js';
import { Table } from './table.js';
import { UndoLog } from './undo-log.js';

/** Everything the array knows, a table per kind of object. */
export function makeTables(undo: UndoLog) {
  const tables = {
    system: new Table<SystemRecord>(undo),
    counters: new Table<CountersRecord>(undo),
    trays: new Table<TrayRecord>(undo),
    controllers: new Table<ControllerRecord>(undo),
    /** Power supplies, fans, batteries and sensors that are not well. */
    components: new Table<ComponentRecord>(undo),
    iscsiPorts: new Table<IscsiPortRecord>(undo),
    iscsiTargets: new Table<IscsiTargetRecord>(undo),
    drives: new Table<DriveRecord>(undo),
    pools: new Table<PoolRecord>(undo),
    /** The SSD cache, if there is one. */
    ssdCaches: new Table<SsdCacheRecord>(undo),
    /** Thick and thin volumes, members of repositories included. */
    volumes: new Table<VolumeRecord>(undo),
    repositories: new Table<RepositoryRecord>(undo),
    snapshotGroups: new Table<SnapshotGroupRecord>(undo),
    snapshotImages: new Table<SnapshotImageRecord>(undo),
    snapshotVolumes: new Table<SnapshotVolumeRecord>(undo),
    consistencyGroups: new Table<ConsistencyGroupRecord>(undo),
    consistencyGroupViews: new Table<ConsistencyGroupViewRecord>(undo),
    asyncMirrorGroups: new Table<AsyncMirrorGroupRecord>(undo),
    asyncMirrorMembers: new Table<AsyncMirrorMemberRecord>(undo),
    volumeCopies: new Table<VolumeCopyRecord>(undo),
    hosts: new Table<HostRecord>(undo),
    hostGroups: new Table<HostGroupRecord>(undo),
    hostPorts: new Table<HostPortRecord>(undo),
    unassociatedPorts: new Table<UnassociatedPortRecord>(undo),
    mappings: new Table<MappingRecord>(undo),
    /** SCSI persistent reservations, by the reference of the volume or view. */
    reservations: new Table<ReservationRecord>(undo),
    /** Parity checks and repairs, those that have ended included. */
    parityScans: new Table<ParityScanRecord>(undo),
    workloads: new Table<WorkloadRecord>(undo),
    /** Reads and writes that only show in the statistics. */
    declaredWorkloads: new Table<DeclaredWorkloadRecord>(undo),
    /** Settings and records of the management software. */
    documents: new Table<DocumentRecord>(undo),
    keyValues: new Table<KeyValueRecord>(undo),
    events: new Table<EventRecord>(undo),
    jobs: new Table<JobRecord>(undo),
  };
  for (const [name, table] of Object.entries(tables)) table.name = name;
  return tables;
}

type Tables = ReturnType<typeof makeTables>;
export type TableName = keyof Tables;

export const tableNames: ReadonlySet<string> = new Set(Object.keys(makeTables(new UndoLog())));

/** The records of all tables as plain data. */
export type SavedTables = { [Name in TableName]: Tables[Name] extends Table<infer Row> ? Row[] : never };
