import { ArrayError, ObjectNotFound } from './errors.js';
import type { Tag, WorkloadRecord } from './records.js';
import { hex, nullRef } from './refs.js';
import type { StorageArray } from './storage-array.js';

/** Workloads: names with attributes that volumes are tagged with. */
export class Workloads {
  constructor(private readonly array: StorageArray) {}

  require(ref: string): WorkloadRecord {
    const workload = this.array.tables.workloads.get(ref.toUpperCase());
    if (workload === undefined) throw new ObjectNotFound('illegalParam', 'workload', ref);
    return workload;
  }

  create(name: string, attributes: readonly Tag[]): WorkloadRecord {
    return this.array.transact(() => {
      this.checkFreeName(name);
      const ref = `42000000${hex(this.array.takeCounter('workload'), 8)}${nullRef.slice(16)}`;
      return this.array.tables.workloads.put({ ref, name, attributes });
    });
  }

  update(ref: string, changes: { readonly name?: string; readonly attributes?: readonly Tag[] }): WorkloadRecord {
    return this.array.transact(() => {
      const workload = this.require(ref);
      if (changes.name !== undefined && changes.name !== workload.name) this.checkFreeName(changes.name);
      return this.array.tables.workloads.put({
        ref: workload.ref,
        name: changes.name ?? workload.name,
        attributes: changes.attributes ?? workload.attributes,
      });
    });
  }

  /** A new workload with the attributes of another; its volumes become those of the new one if they are to move. */
  copy(ref: string, newName: string, movesVolumes = false): WorkloadRecord {
    return this.array.transact(() => {
      const source = this.require(ref);
      const made = this.create(newName, source.attributes);
      if (!movesVolumes) return made;
      for (const { ref, tags } of this.array.tables.volumes.toJSON())
        if (tags.some((tag) => isTagOf(tag, source)))
          this.array.volumes.update(ref, {
            tags: tags.map((tag) => (isTagOf(tag, source) ? { ...tag, value: made.ref } : tag)),
          });
      return made;
    });
  }

  delete(ref: string): void {
    this.array.transact(() => this.array.tables.workloads.delete(this.require(ref).ref));
  }

  private checkFreeName(name: string): void {
    if (name === '') throw new ArrayError('illegalParam', 'A workload has a name.', 'name');
    if (this.array.tables.workloads.toJSON().some((workload) => workload.name === name)) {
      throw new ArrayError(
        'workloadInvalidDuplicate',
        `There is a workload '${name}' already: the name must be unique.`,
        'name',
      );
    }
  }
}

/** The tag by which a volume belongs to a workload (source: what vendor's clients write). */
function isTagOf({ key, value }: Tag, workload: WorkloadRecord): boolean {
  return key === 'workloadId' && value.toUpperCase() === workload.ref;
}
