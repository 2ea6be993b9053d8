import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repetitions } from '../../../repetitions.js';
import { be, openScsiLab, pattern } from './scsi-lab.js';

const blocks = 2048;
const blockBytes = 512;

/** One block, many, none; near the beginning, around the end and far beyond it. */
const lba = fc.oneof(
  fc.nat(300),
  fc.integer({ min: blocks - 6, max: blocks + 2 }),
  fc.constantFrom(2 ** 31, 2 ** 32 - 1),
);
const count = fc.oneof(fc.nat(9), fc.constantFrom(200, 255));
const seed = fc.nat(255);
const place = fc.record({ lba, count, seed });

interface Place {
  readonly lba: number;
  readonly count: number;
  readonly seed: number;
}

interface Expected {
  readonly end: string;
  readonly data?: Buffer;
}

/** A command by its CDB and data, and what it does to a volume that is plain memory. */
interface Modelled {
  readonly name: string;
  readonly cdb: string;
  readonly data?: Buffer;
  readonly run: (memory: Buffer) => Expected;
}

const bytesOf = ({ count: length }: Place) => length * blockBytes;
const dataOf = (at: Place) => pattern(at.seed, bytesOf(at));
const slice = (memory: Buffer, { lba: first, count: length }: Place) =>
  memory.subarray(first * blockBytes, (first + length) * blockBytes);
const notNone = (at: Place): Place => ({ ...at, count: at.count || 1 });
const good: Expected = { end: 'good' };

/** The content of the blocks is the data, again and again. */
function put(memory: Buffer, at: Place, data: Buffer): Expected {
  const blocksOf = slice(memory, at);
  if (blocksOf.length > 0) blocksOf.fill(data);
  return good;
}

/** The end of the volume is the same for all. */
const within =
  (at: Place, run: (memory: Buffer) => Expected) =>
  (memory: Buffer): Expected =>
    at.lba + at.count > blocks ? { end: '5/21/00' } : run(memory);

const forms = {
  6: (code: number, { lba: first, count: length }: Place) =>
    `${be(code, 1)} ${be(first & 0x1fffff, 3)} ${be(length & 0xff, 1)}`,
  10: (code: number, { lba: first, count: length }: Place, flags = 0) =>
    `${be(code, 1)} ${be(flags, 1)} ${be(first, 4)} 00 ${be(length, 2)}`,
  12: (code: number, { lba: first, count: length }: Place, flags = 0) =>
    `${be(code, 1)} ${be(flags, 1)} ${be(first, 4)} ${be(length, 4)}`,
  16: (code: number, { lba: first, count: length }: Place, flags = 0) =>
    `${be(code, 1)} ${be(flags, 1)} ${be(first, 8)} ${be(length, 4)}`,
};

/** Of six bytes: 21 bits of address, and 0 blocks are 256. */
const short = (at: Place): Place => ({ ...at, lba: at.lba & 0x1fffff, count: at.count || 256 });

const readCodes = [
  [10, 0x28],
  [12, 0xa8],
  [16, 0x88],
] as const;
const writeCodes = [
  [10, 0x2a],
  [12, 0xaa],
  [16, 0x8a],
  [10, 0x2e],
  [12, 0xae],
  [16, 0x8e],
] as const;
const verifyCodes = [
  [10, 0x2f],
  [12, 0xaf],
  [16, 0x8f],
] as const;

function writing(name: string, cdb: string, at: Place): Modelled {
  const data = dataOf(at);
  return { name, cdb, data, run: within(at, (memory) => put(memory, at, data)) };
}

const command: fc.Arbitrary<Modelled> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...readCodes), place, fc.constantFrom(0, 0x08, 0x10, 0x18))
    .map(([[form, code], at, flags]) => ({
      name: `READ(${form})`,
      cdb: forms[form](code, at, flags),
      run: within(at, (memory) => ({ end: 'good', data: Buffer.from(slice(memory, at)) })),
    })),
  place.map(short).map((at) => ({
    name: 'READ(6)',
    cdb: forms[6](0x08, at),
    run: within(at, (memory: Buffer) => ({ end: 'good', data: Buffer.from(slice(memory, at)) })),
  })),
  place.map(short).map((at) => writing('WRITE(6)', forms[6](0x0a, at), at)),
  fc
    .tuple(fc.constantFrom(...writeCodes), place)
    .map(([[form, code], at]) => writing(`WRITE ${be(code, 1)}`, forms[form](code, at), at)),
  fc.tuple(fc.constantFrom(...verifyCodes), place, fc.boolean()).map(([[form, code], at, one]) => {
    const data = one ? pattern(at.seed, blockBytes) : dataOf(at);
    const due = one ? Buffer.concat(Array.from({ length: at.count }, () => data)) : data;
    return {
      name: `VERIFY(${form}) with data`,
      cdb: forms[form](code, at, one ? 0x06 : 0x02),
      data: at.count === 0 ? Buffer.alloc(0) : data,
      run: within(at, (memory) => (slice(memory, at).equals(due) ? good : { end: 'e/1d/00' })),
    };
  }),
  place.map((at) => ({
    name: 'ORWRITE',
    cdb: forms[16](0x8b, at),
    data: dataOf(at),
    run: within(at, (memory: Buffer) => {
      const there = slice(memory, at);
      dataOf(at).forEach((bits, index) => {
        there[index] = there.readUInt8(index) | bits;
      });
      return good;
    }),
  })),
  fc.tuple(place, seed).map(([at, compared]) => {
    const [compare, write] = [pattern(compared, bytesOf(at)), dataOf(at)];
    return {
      name: 'COMPARE AND WRITE',
      cdb: `89 00 ${be(at.lba, 8)} 000000 ${be(at.count, 1)}`,
      data: Buffer.concat([compare, write]),
      run: within(at, (memory: Buffer) => {
        if (!slice(memory, at).equals(compare)) return { end: 'e/1d/00' };
        write.copy(slice(memory, at));
        return good;
      }),
    };
  }),
  fc
    .tuple(fc.constantFrom([10, 0x41] as const, [16, 0x93] as const), place, fc.constantFrom(0, 0x08))
    .map(([[form, code], at, unmap]) => {
      const block = unmap === 0 ? pattern(at.seed, blockBytes) : Buffer.alloc(blockBytes);
      // No blocks mean all to the end.
      const named = at.count === 0 ? { ...at, count: Math.max(0, blocks - at.lba) } : at;
      return {
        name: `WRITE SAME(${form})`,
        cdb: forms[form](code, at, unmap),
        data: block,
        run: within(at, (memory: Buffer) => put(memory, named, block)),
      };
    }),
  place.map(notNone).map((at) => ({
    name: 'WRITE SAME(16) without data',
    cdb: forms[16](0x93, at, 0x01),
    run: within(at, (memory: Buffer) => put(memory, at, Buffer.alloc(1))),
  })),
  fc.array(place, { maxLength: 4 }).map((places) => {
    const list = places.map((at) => `${be(at.lba, 8)} ${be(at.count, 4)} 00000000`).join('');
    const bytes = 8 + 16 * places.length;
    return {
      name: 'UNMAP',
      cdb: `42 00 00000000 00 ${be(bytes, 2)} 00`,
      data: Buffer.from(`${be(bytes - 2, 2)}${be(bytes - 8, 2)}00000000${list}`.replaceAll(' ', ''), 'hex'),
      run: (memory: Buffer) => {
        if (places.some((at) => at.lba + at.count > blocks)) return { end: '5/21/00' };
        for (const at of places) slice(memory, at).fill(0);
        return good;
      },
    };
  }),
);

describe('a volume behind SCSI commands', () => {
  it('is as good as plain memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 60 }), async (commands) => {
        const lab = openScsiLab();
        const { ref } = lab.volume({ mib: 1 });
        lab.array.volumes.update(ref, { hostUnmapEnabled: true });
        const host = lab.host();
        const memory = Buffer.alloc(blocks * blockBytes);
        for (const { name, cdb, data, run } of commands) {
          const expected = run(memory);
          const answer = await host.send(cdb, data);
          expect([name, answer.end]).toEqual([name, expected.end]);
          if (expected.data !== undefined) expect(answer.data.equals(expected.data)).toBe(true);
        }
        expect(lab.array.io.read(ref, 0, memory.length).equals(memory)).toBe(true);
      }),
      { numRuns: repetitions(12, 40) },
    );
  });
});
