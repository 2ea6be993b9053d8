import { ArrayError, ObjectNotFound } from './errors.js';
import type { MappingRecord, SnapshotVolumeRecord, VolumeRecord } from './records.js';
import { hex, nullRef, wwnOf } from './refs.js';
import type { StorageArray } from './storage-array.js';

export interface NewMapping {
  readonly mappableRef: string;
  /** A host or host group; null is the default group. */
  readonly targetRef: string | null;
  /** Without it, or 0, the array takes the next free one above 0. */
  readonly lun?: number;
}

/** What can be mapped: a volume, a snapshot volume or the access volume. */
export interface Mappable {
  readonly ref: string;
  readonly label: string;
  readonly wwn: string;
  readonly handle: number;
  readonly capacityBytes: number;
  readonly kind: 'volume' | 'thinVolume' | 'snapshotVolume' | 'accessVolume';
}

/** The LUN of the access volume (for in-band management); the array gives it to others only when no other is free. */
export const accessVolumeLun = 7;
export const accessVolumeHandle = 16_384;

/** LUN mappings: which host or host group sees a volume, and as which LUN. A volume has one mapping at most. */
export class Mappings {
  private readonly byMappable: (ref: string) => ReadonlySet<string>;
  private readonly byTarget: (ref: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byMappable = array.tables.mappings.index((mapping) => mapping.mappableRef);
    this.byTarget = array.tables.mappings.index((mapping) => mapping.targetRef ?? nullRef);
  }

  /** Maps the access volume to the default group, as a new array does. */
  furnish(): void {
    this.array.tables.mappings.put({
      ref: `88${nullRef.slice(2)}`,
      mappableRef: this.accessVolumeRef,
      targetRef: null,
      lun: accessVolumeLun,
      ssid: accessVolumeHandle,
    });
  }

  get accessVolumeRef(): string {
    return `21000000${this.array.system.wwn}`;
  }

  require(ref: string): MappingRecord {
    const mapping = this.array.tables.mappings.get(ref.toUpperCase());
    if (mapping === undefined) throw new ObjectNotFound('partMappingNonexistent', 'LUN mapping', ref);
    return mapping;
  }

  ofMappable(ref: string): MappingRecord[] {
    return [...this.byMappable(ref)].map((each) => this.require(each));
  }

  ofTarget(ref: string | null): MappingRecord[] {
    return [...this.byTarget(ref ?? nullRef)].map((each) => this.require(each));
  }

  /** All that a host sees: its own mappings and its group's; the default group's when there are none of these. */
  visibleTo(hostRef: string): MappingRecord[] {
    const specific = this.specificTo(hostRef);
    return specific.length > 0 ? specific : this.ofTarget(null);
  }

  private specificTo(hostRef: string): MappingRecord[] {
    const { groupRef } = this.array.hosts.require(hostRef);
    return groupRef === null ? this.ofTarget(hostRef) : [...this.ofTarget(hostRef), ...this.ofTarget(groupRef)];
  }

  /** What can be mapped under a reference, label or WWN. */
  mappable(id: string): Mappable {
    const { accessVolumeRef } = this;
    if (id.toUpperCase() === accessVolumeRef) {
      const wwn = wwnOf(accessVolumeRef);
      return {
        ref: accessVolumeRef,
        label: 'Access',
        wwn,
        handle: accessVolumeHandle,
        capacityBytes: 0,
        kind: 'accessVolume',
      };
    }
    const volume = this.array.volumes.find(id);
    if (volume?.kind === 'thick' && volume.use !== 'standardVolume') {
      throw new ArrayError(
        'cannotMapVolume',
        `Volume '${volume.label}' is a repository volume: it cannot be mapped.`,
        'mappableObjectId',
      );
    }
    if (volume !== undefined) return mappableOf(volume, volume.kind === 'thin' ? 'thinVolume' : 'volume');
    const view = this.array.snapshotVolumes.find(id);
    if (view === undefined) throw new ObjectNotFound('partVolumeNonexistent', 'volume', id);
    return mappableOf(view, 'snapshotVolume');
  }

  create(wanted: NewMapping): MappingRecord {
    return this.array.transact(() => {
      const mappable = this.mappable(wanted.mappableRef);
      const targetRef = this.target(wanted.targetRef);
      const isAccess = mappable.ref === this.accessVolumeRef;
      const [present] = this.ofMappable(mappable.ref);
      if (present !== undefined && !isAccess) {
        throw new ArrayError(
          'duplicateVolMapping',
          `Volume '${mappable.label}' is mapped already, as LUN ${present.lun}: it can have one mapping.`,
          'mappableObjectId',
        );
      }
      if (isAccess && this.ofTarget(targetRef).some((mapping) => mapping.mappableRef === mappable.ref)) {
        throw new ArrayError(
          'duplicateVolMapping',
          'The access volume is mapped to that target already.',
          'mappableObjectId',
        );
      }
      const lun = this.lunFor(targetRef, wanted.lun);
      const number = this.array.takeCounter('mapping');
      const mapping = this.array.tables.mappings.put({
        ref: mappingRef(number),
        mappableRef: mappable.ref,
        targetRef,
        lun,
        ssid: mappable.handle,
      });
      this.touch(mappable.ref);
      return mapping;
    });
  }

  /** Gives a mapping another target or LUN. */
  move(ref: string, to: { readonly targetRef: string | null; readonly lun?: number }): MappingRecord {
    return this.array.transact(() => {
      const mapping = this.require(ref);
      const targetRef = this.target(to.targetRef);
      const wanted = to.lun === undefined && targetRef === mapping.targetRef ? mapping.lun : to.lun;
      const lun = this.lunFor(targetRef, wanted, mapping.ref);
      this.touch(mapping.mappableRef);
      return this.array.tables.mappings.put({ ...mapping, targetRef, lun });
    });
  }

  delete(ref: string): void {
    this.array.transact(() => this.drop(this.require(ref)));
  }

  dropMappable(ref: string): void {
    for (const mapping of this.ofMappable(ref)) this.drop(mapping);
  }

  dropTarget(ref: string): void {
    for (const mapping of this.ofTarget(ref)) this.drop(mapping);
  }

  /** Throws ArrayError partLunCollision when a host's own LUNs collide with those of a group that it is to join. */
  checkJoin(hostRef: string, groupRef: string): void {
    const taken = new Map(this.ofTarget(groupRef).map((mapping) => [mapping.lun, mapping]));
    for (const mapping of this.ofTarget(hostRef)) {
      if (taken.has(mapping.lun)) {
        throw new ArrayError(
          'partLunCollision',
          `Host and host group both use LUN ${mapping.lun}: the host cannot join.`,
          'groupId',
        );
      }
    }
  }

  problems(): string[] {
    const problems: string[] = [];
    for (const mapping of this.array.tables.mappings.values()) {
      const isAccess = mapping.mappableRef === this.accessVolumeRef;
      const exists =
        this.array.tables.volumes.has(mapping.mappableRef) ||
        this.array.tables.snapshotVolumes.has(mapping.mappableRef);
      if (!isAccess && !exists) problems.push(`mapping ${mapping.ref} is of a volume that does not exist`);
      if (!isAccess && this.byMappable(mapping.mappableRef).size !== 1)
        problems.push(`volume ${mapping.mappableRef} has more than one mapping`);
      const { targetRef } = mapping;
      if (
        targetRef !== null &&
        !this.array.tables.hosts.has(targetRef) &&
        !this.array.tables.hostGroups.has(targetRef)
      ) {
        problems.push(`mapping ${mapping.ref} is to a target that does not exist`);
      }
    }
    for (const host of this.array.tables.hosts.values()) {
      const luns = this.specificTo(host.ref).map((mapping) => mapping.lun);
      if (new Set(luns).size !== luns.length) problems.push(`host ${host.label} sees two volumes under one LUN`);
    }
    return problems;
  }

  private drop(mapping: MappingRecord): void {
    this.array.tables.mappings.delete(mapping.ref);
    this.touch(mapping.mappableRef);
  }

  private touch(mappableRef: string): void {
    this.array.tables.volumes.touch(mappableRef);
    this.array.tables.snapshotVolumes.touch(mappableRef);
  }

  private target(ref: string | null): string | null {
    if (ref === null || ref === '' || ref === nullRef) return null;
    const upper = ref.toUpperCase();
    if (this.array.tables.hosts.has(upper) || this.array.tables.hostGroups.has(upper)) return upper;
    throw new ArrayError('partNodeNonexistent', `There is no host or host group '${ref}'.`, 'targetId');
  }

  /** The mappings whose LUNs a new mapping of a target must not have. */
  private rivals(targetRef: string | null): MappingRecord[] {
    if (targetRef === null) return this.ofTarget(null);
    if (this.array.tables.hosts.has(targetRef)) return this.specificTo(targetRef);
    const members = this.array.hosts.inGroup(targetRef);
    return [...this.ofTarget(targetRef), ...members.flatMap((host) => this.ofTarget(host.ref))];
  }

  private lunFor(targetRef: string | null, wanted: number | undefined, except?: string): number {
    const { lunsPerHost } = this.array.system.limits;
    const taken = new Set<number>();
    for (const mapping of this.rivals(targetRef)) if (mapping.ref !== except) taken.add(mapping.lun);
    if (wanted === undefined || wanted === 0) {
      for (let lun = 1; lun < lunsPerHost; lun++) if (lun !== accessVolumeLun && !taken.has(lun)) return lun;
      if (!taken.has(accessVolumeLun) && accessVolumeLun < lunsPerHost) return accessVolumeLun;
      throw new ArrayError(
        'maxVolMappingExceeded',
        `All LUNs from 1 to ${lunsPerHost - 1} of the target are taken.`,
        'lun',
      );
    }
    if (!Number.isInteger(wanted) || wanted < 0 || wanted >= lunsPerHost) {
      throw new ArrayError('invalidLun', `The LUN is ${wanted}: allowed are 0 to ${lunsPerHost - 1}.`, 'lun');
    }
    if (taken.has(wanted))
      throw new ArrayError('partLunCollision', `LUN ${wanted} is taken on that host or host group.`, 'lun');
    return wanted;
  }
}

function mappableOf(record: VolumeRecord | SnapshotVolumeRecord, kind: Mappable['kind']): Mappable {
  const { ref, label, wwn, handle, capacityBytes } = record;
  return { ref, label, wwn, handle, capacityBytes, kind };
}

/** References of mappings carry their number in little-endian order. */
function mappingRef(number: number): string {
  const bytes = hex(number, 8).match(/../g) ?? [];
  return `88000000${bytes.reverse().join('')}${nullRef.slice(16)}`;
}
