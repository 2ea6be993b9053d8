import { createHash } from 'node:crypto';
import type { VolumeRecord, WorkloadRecord } from '../../array/records.js';
import type { Totals } from '../../array/statistics/counters.js';
import type { StorageArray } from '../../array/storage-array.js';

/** A moment as rows of statistics have it: whole seconds, with the offset. */
function observed(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}.000+00:00`;
}

export function times(timeMs: number): { readonly observedTime: string; readonly observedTimeInMS: string } {
  const seconds = Math.floor(timeMs / 1000) * 1000;
  return { observedTime: observed(seconds), observedTimeInMS: String(seconds) };
}

/** What the rows of one answer have in common. */
export function headOf(array: StorageArray, { timeMs }: Totals) {
  const { resetMs, sourceController } = array.statistics;
  return {
    ...times(timeMs),
    lastResetTime: observed(resetMs),
    lastResetTimeInMS: String(resetMs),
    sourceController,
  };
}

/** The array in the rows of statistics: its serial number in hex, and the end of its WWN (source: recorded arrays). */
export function arrayWwn(array: StorageArray): string {
  const { chassisSerialNumber, wwn } = array.system;
  return Buffer.from(chassisSerialNumber.padEnd(12).slice(0, 12)).toString('hex').toUpperCase() + wwn.slice(-8);
}

/** Changes when the members do. */
export function hashOf(memberIds: readonly string[]): string {
  return createHash('md5').update(memberIds.join()).digest('hex').toUpperCase();
}

/** The volumes that have statistics: those of users. */
export function* userVolumes(array: StorageArray): Generator<VolumeRecord> {
  for (const volume of array.tables.volumes.values())
    if (volume.kind === 'thin' || volume.use === 'standardVolume') yield volume;
}

/** The reference of the workload that a volume is tagged with; '' for none. */
export function workloadOf({ tags }: VolumeRecord): string {
  return tags.find(({ key }) => key === 'workloadId')?.value ?? '';
}

/** The application that a workload is of: what its profile says. */
function applicationOf(workload: WorkloadRecord): string | undefined {
  return workload.attributes.find(({ key }) => key === 'profileId')?.value;
}

interface Group {
  readonly id: string;
  readonly volumes: readonly VolumeRecord[];
}

/** What volumes are summed up by. */
export function groupsOf(array: StorageArray, kind: 'storagePool' | 'workload' | 'application'): Group[] {
  const volumes = [...userVolumes(array)];
  const workloads = array.tables.workloads.toJSON();
  if (kind === 'storagePool')
    return array.tables.pools
      .toJSON()
      .map(({ ref }) => ({ id: ref, volumes: volumes.filter((volume) => volume.poolRef === ref) }));
  if (kind === 'workload')
    return workloads.map(({ ref }) => ({ id: ref, volumes: volumes.filter((volume) => workloadOf(volume) === ref) }));
  const applications = new Set(workloads.flatMap((workload) => applicationOf(workload) ?? []));
  return [...applications].map((id) => {
    const refs = new Set(workloads.filter((each) => applicationOf(each) === id).map(({ ref }) => ref));
    return { id, volumes: volumes.filter((volume) => refs.has(workloadOf(volume))) };
  });
}
