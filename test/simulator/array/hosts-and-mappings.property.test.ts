import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrayError } from '../../../simulator/array/errors.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { repetitions } from '../../repetitions.js';
import { gib, newArray } from '../arrays.js';

/** The reference of the n-th record of a table, going round; a reference of nothing when there is none. */
function pick(table: { toJSON(): { ref: string }[] }, n: number): string {
  const records = table.toJSON();
  return records.length === 0 ? 'F'.repeat(40) : (records[n % records.length]?.ref ?? '');
}

const small = fc.nat({ max: 7 });

type Step = (array: StorageArray) => void;

function targetOf(array: StorageArray, kind: number, n: number): string | null {
  if (kind === 0) return null;
  return kind % 2 === 1 ? pick(array.tables.hosts, n) : pick(array.tables.hostGroups, n);
}

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(small, small, fc.boolean()).map(
    ([n, g, grouped]): Step =>
      (array) => {
        array.hosts.create({
          label: `h${n}`,
          hostTypeIndex: 28,
          groupRef: grouped ? pick(array.tables.hostGroups, g) : null,
          ports: [{ type: 'iscsi', address: `iqn.2000-01.com.example:${g}`, label: `p${g}` }],
        });
      },
  ),
  small.map(
    (n): Step =>
      (array) =>
        void array.hostGroups.create(`g${n}`),
  ),
  fc.tuple(small, small).map(
    ([n, g]): Step =>
      (array) => {
        array.hosts.move(pick(array.tables.hosts, n), g === 0 ? null : pick(array.tables.hostGroups, g));
      },
  ),
  fc.tuple(small, small).map(
    ([n, g]): Step =>
      (array) => {
        array.hostGroups.update(pick(array.tables.hostGroups, g), { addHostRefs: [pick(array.tables.hosts, n)] });
      },
  ),
  fc.tuple(small, small, small, fc.option(fc.nat({ max: 9 }), { nil: undefined })).map(
    ([v, k, n, lun]): Step =>
      (array) => {
        array.mappings.create({ mappableRef: pick(array.tables.volumes, v), targetRef: targetOf(array, k, n), lun });
      },
  ),
  fc.tuple(small, small, small, fc.option(fc.nat({ max: 9 }), { nil: undefined })).map(
    ([m, k, n, lun]): Step =>
      (array) => {
        array.mappings.move(pick(array.tables.mappings, m), { targetRef: targetOf(array, k, n), lun });
      },
  ),
  small.map(
    (n): Step =>
      (array) =>
        array.mappings.delete(pick(array.tables.mappings, n)),
  ),
  small.map(
    (n): Step =>
      (array) =>
        array.hosts.delete(pick(array.tables.hosts, n)),
  ),
  small.map(
    (n): Step =>
      (array) =>
        array.hostGroups.delete(pick(array.tables.hostGroups, n)),
  ),
  fc.tuple(small, small).map(
    ([n, p]): Step =>
      (array) => {
        array.hosts.update(pick(array.tables.hosts, n), { removePortRefs: [pick(array.tables.hostPorts, p)] });
      },
  ),
  small.map(
    (n): Step =>
      (array) =>
        array.iscsiTarget.sawInitiator(`iqn.2000-01.com.example:${n}`),
  ),
  small.map(
    (n): Step =>
      (array) =>
        array.volumes.delete(pick(array.tables.volumes, n)),
  ),
);

describe('hosts, groups and mappings', () => {
  it('keep every invariant through any sequence of operations, and change nothing when they refuse', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 40 }), (sequence) => {
        const { array, poolRef } = newArray();
        for (let n = 0; n < 8; n++) array.volumes.create({ label: `v${n}`, poolRef, capacityBytes: gib });
        for (const step of sequence) {
          const before = JSON.stringify(array.save().tables);
          try {
            step(array);
          } catch (error) {
            expect(error).toBeInstanceOf(ArrayError);
            expect(JSON.stringify(array.save().tables)).toBe(before);
          }
          expect(array.check()).toEqual([]);
        }
      }),
      { numRuns: repetitions(20, 60), seed: 1 },
    );
  });
});
