import { ArrayError, ObjectNotFound } from './errors.js';
import { checkLabel } from './labels.js';
import type { HostGroupRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/** Host groups (clusters): hosts that see the same volumes. */
export class HostGroups {
  private readonly byLabel: (label: string) => ReadonlySet<string>;

  constructor(private readonly array: StorageArray) {
    this.byLabel = array.tables.hostGroups.index((group) => group.label);
  }

  require(ref: string): HostGroupRecord {
    const group = this.array.tables.hostGroups.get(ref.toUpperCase());
    if (group === undefined) throw new ObjectNotFound('partNodeNonexistent', 'host group', ref);
    return group;
  }

  create(label: string, hostRefs: readonly string[] = []): HostGroupRecord {
    return this.array.transact(() => {
      this.checkFreeLabel(label);
      const { hostGroups } = this.array.system.limits;
      if (this.array.tables.hostGroups.size >= hostGroups) {
        throw new ArrayError('partCrteFailTblFull', `The array has ${hostGroups} host groups: it can have no more.`);
      }
      const group = this.array.tables.hostGroups.put({ ref: this.array.newRef('hostGroup'), label });
      for (const hostRef of hostRefs) this.array.hosts.move(hostRef, group.ref);
      return group;
    });
  }

  /** Renames the group and adds hosts; hosts that are not named stay. */
  update(ref: string, changes: { readonly label?: string; readonly addHostRefs?: readonly string[] }): HostGroupRecord {
    return this.array.transact(() => {
      const group = this.require(ref);
      if (changes.label !== undefined && changes.label !== group.label) this.checkFreeLabel(changes.label);
      for (const hostRef of changes.addHostRefs ?? []) this.array.hosts.move(hostRef, group.ref);
      return this.array.tables.hostGroups.put({ ref: group.ref, label: changes.label ?? group.label });
    });
  }

  /** Deletes a group with its hosts and their mappings (source: the vendor's documents). */
  delete(ref: string): void {
    this.array.transact(() => {
      const group = this.require(ref);
      for (const host of this.array.hosts.inGroup(group.ref)) this.array.hosts.delete(host.ref);
      this.array.mappings.dropTarget(group.ref);
      this.array.tables.hostGroups.delete(group.ref);
    });
  }

  private checkFreeLabel(label: string): void {
    checkLabel(label, 'partLabelInvalid');
    if (this.byLabel(label).size > 0) {
      throw new ArrayError('partDupId', `There is a host group '${label}' already: the name must be unique.`, 'name');
    }
  }
}
