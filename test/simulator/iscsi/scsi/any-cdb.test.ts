import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../simulator/iscsi/scsi/types.js';
import { repetitions } from '../../../repetitions.js';
import { openScsiLab, pattern, type ScsiLab } from './scsi-lab.js';

const statuses = new Set([0x00, 0x02, 0x08, 0x18, 0x28, 0x40]);
/** Opcodes that may change what is stored. */
const writers = new Set([0x0a, 0x2a, 0x2e, 0x41, 0x42, 0x48, 0x83, 0x89, 0x8a, 0x8b, 0x8e, 0x93, 0x9c, 0xaa, 0xae]);

/** Opcodes of the standard more often than others, small numbers more often than large ones. */
const opcode = fc.oneof(
  { weight: 1, arbitrary: fc.nat(255) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...writers,
      ...[0x00, 0x03, 0x08, 0x12, 0x15, 0x16, 0x17, 0x1a, 0x1b, 0x1d, 0x1e, 0x25, 0x28, 0x2f, 0x34, 0x35, 0x37, 0x4d],
      ...[0x55, 0x56, 0x57, 0x5a, 0x5e, 0x5f, 0x84, 0x88, 0x8f, 0x90, 0x91, 0x9e, 0xa0, 0xa3, 0xa4, 0xa8, 0xaf, 0xb7],
    ),
  },
);
const byte = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(32), fc.nat(255));
const cdb = fc
  .tuple(opcode, fc.array(byte, { minLength: 15, maxLength: 15 }))
  .map(([code, rest]) => Buffer.from([code, ...rest]));
/** Lists have lengths and offsets in them: small numbers again. */
const parameters = fc.array(byte, { minLength: 0, maxLength: 96 }).map((bytes) => Buffer.from(bytes));

function checkOutcome({ status, sense, dataIn = [], dataInBytes = 0 }: Outcome): void {
  expect(statuses).toContain(status);
  expect(dataIn.reduce((sum, piece) => sum + piece.length, 0)).toBe(dataInBytes);
  expect(sense !== undefined).toBe(status === 0x02);
  if (sense === undefined) return;
  const isFixed = ((sense[0] ?? 0) & 0x7f) === 0x70;
  expect(isFixed ? 0x70 : sense[0]).toBe(isFixed ? 0x70 : 0x72);
  expect(sense.length).toBe(8 + sense.readUInt8(7));
  // Internal target failure: what no initiator should be able to bring about.
  expect(isFixed ? sense.readUInt16BE(12) : sense.readUInt16BE(2)).not.toBe(0x4400);
}

const stored = ({ array }: ScsiLab, refs: readonly string[]) => refs.map((ref) => array.io.read(ref, 0, 2 ** 20));

describe('whatever is sent', () => {
  it('ends with a status, and changes nothing that it may not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cdb, parameters, fc.nat(3), fc.nat(1)), { minLength: 1, maxLength: 60 }),
        async (commands) => {
          const lab = openScsiLab();
          const { ref: thin } = lab.volume({ thin: true, mib: 1024 });
          const { ref: thick } = lab.volume({ blockBytes: 4096 });
          for (const ref of [thin, thick]) lab.array.io.write(ref, 0, pattern(3, 2 ** 20));
          const hosts = [lab.host(), lab.host({ isid: '800000000002', controller: 1 })];
          let before = stored(lab, [thin, thick]);
          for (const [bytes, list, lun, who] of commands) {
            const { nexus } = hosts[who] ?? { nexus: undefined };
            if (nexus === undefined) throw new Error('no such host');
            const step = await lab.target.begin(nexus, lun, Buffer.from(bytes));
            if ('finish' in step) {
              expect(step.dataOutBytes).toBeGreaterThanOrEqual(0);
              expect(step.dataOutBytes).toBeLessThanOrEqual(16 * 2 ** 20);
              const data = Buffer.alloc(step.dataOutBytes);
              list.copy(data);
              checkOutcome(await step.finish(data));
            } else checkOutcome(step);
            const after = stored(lab, [thin, thick]);
            if (!writers.has(bytes.readUInt8(0)))
              expect(after.every((each, at) => before[at]?.equals(each))).toBe(true);
            before = after;
          }
          expect(lab.array.check()).toEqual([]);
        },
      ),
      { numRuns: repetitions(15, 40) },
    );
  });

  it('to a number without a unit is answered, too', () => {
    const lab = openScsiLab();
    const { nexus } = lab.host();
    fc.assert(
      fc.property(cdb, fc.option(fc.nat(300), { nil: undefined }), (bytes, lun) => {
        const step = lab.target.begin(nexus, lun, bytes);
        if (step instanceof Promise || 'finish' in step) throw new Error('there is no unit to wait for');
        checkOutcome(step);
      }),
      { numRuns: repetitions(100, 300) },
    );
  });
});
