import fc from 'fast-check';
import { rawPdu } from '../simulator/iscsi/raw-initiator.js';

/** How far an initiator has got before it sends what is tried. */
export const wireStates = [
  'connected',
  'security negotiation',
  'CHAP',
  'operational negotiation',
  'full feature phase',
  'digests',
  'discovery',
  'write that waits for data',
  'read that is under way',
  'text negotiation',
  'logged out',
] as const;

export interface IscsiInput {
  readonly state: (typeof wireStates)[number];
  /** PDUs one after the other, in hex. */
  readonly pdus: readonly string[];
  /** The lengths of the pieces in which they are sent, in turn. */
  readonly pieces: readonly number[];
}

const texts = [
  'SendTargets=All\0',
  'SendTargets=\0SendTargets=\0',
  'InitiatorName=iqn.1993-08.org.debian:01:raw\0SessionType=Normal\0',
  'AuthMethod=CHAP,None\0',
  'CHAP_A=5\0',
  'CHAP_N=x\0CHAP_R=0x00\0CHAP_I=1\0CHAP_C=0b////\0',
  'HeaderDigest=CRC32C,None\0DataDigest=CRC32C\0',
  'MaxRecvDataSegmentLength=0\0FirstBurstLength=16777216\0MaxBurstLength=-1\0',
  'ErrorRecoveryLevel=2\0MaxConnections=65535\0MaxOutstandingR2T=0\0',
  '=\0==\0\0\0',
  'X-a=b\0__proto__=1\0constructor=\0',
  'TargetName=iqn.a\0TargetName=iqn.b\0',
  'no zero at the end',
];

const cdb = fc.oneof(
  fc.tuple(
    fc.constantFrom(0x00, 0x03, 0x12, 0x1a, 0x25, 0x28, 0x2a, 0x2e, 0x35, 0x41, 0x42, 0x4d, 0x55, 0x5a, 0x5e, 0x5f),
    fc.array(fc.nat(255), { minLength: 9, maxLength: 9 }),
  ),
  fc.tuple(
    fc.constantFrom(0x83, 0x84, 0x88, 0x89, 0x8a, 0x8e, 0x8f, 0x91, 0x93, 0x9e, 0xa0, 0xa3, 0xa4, 0xa8, 0xaa, 0x48),
    fc.array(fc.nat(255), { minLength: 15, maxLength: 15 }),
  ),
  fc.constantFrom<[number, number[]]>(
    [0x28, [0, 0, 0, 0, 0, 0, 0, 8, 0]],
    [0x2a, [8, 0, 0, 0, 0, 0, 0, 8, 0]],
    [0x12, [1, 0x83, 4, 0, 0]],
    [0x12, [0, 0, 0, 96, 0]],
    [0x42, [0, 0, 0, 0, 0, 0, 0, 24, 0]],
  ),
);

const flags = fc.constantFrom(0x80, 0x81, 0x84, 0x87, 0x83, 0xa1, 0xc1, 0xe1, 0x41, 0x00, 0x40, 0x04, 0x85);
const serial = fc.constantFrom(1, 2, 3, 4, 5, 40, 200, 0xffffffff, 0x80000000, 0);

/** PDUs of all that initiators send, with fields that make some sense. */
const sensible = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        cdb,
        flags,
        serial,
        lun: fc.constantFrom(0, 1, 2, 7, 255),
        tag: fc.nat(6),
        bytes: fc.constantFrom(0, 4, 8, 24, 512, 4096, 2 ** 20, 0xffffffff),
        data: fc.constantFrom(0, 4, 24, 512, 4096),
      })
      .map(({ cdb: [operation, rest], flags, serial, lun, tag, bytes, data }) =>
        rawPdu({
          opcode: 0x01,
          flags,
          lun,
          tag,
          words: { 20: bytes, 24: serial },
          cdb: [operation, ...rest],
          data: Buffer.alloc(data, operation),
        }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        opcode: fc.constantFrom(0x03, 0x04),
        immediate: fc.boolean(),
        flags,
        serial,
        text: fc.array(fc.constantFrom(...texts), { maxLength: 3 }),
        tag: fc.constantFrom(1, 2, 0xffffffff),
        transfer: fc.constantFrom(0xffffffff, 0, 1),
      })
      .map(({ opcode, immediate, flags, serial, text, tag, transfer }) =>
        rawPdu({
          opcode,
          immediate,
          flags,
          tag,
          words: { 20: transfer, 24: serial, 28: 1 },
          data: Buffer.from(text.join('')),
        }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        flags: fc.constantFrom(0x80, 0x00),
        tag: fc.nat(6),
        transfer: fc.constantFrom(0, 1, 2, 0xffffffff),
        number: fc.nat(3),
        offset: fc.constantFrom(0, 512, 4096, 0xfffffe00),
        bytes: fc.constantFrom(0, 1, 512, 4096, 70_000),
      })
      .map(({ flags, tag, transfer, number, offset, bytes }) =>
        rawPdu({
          opcode: 0x05,
          flags,
          lun: 0,
          tag,
          words: { 20: transfer, 36: number, 40: offset },
          data: Buffer.alloc(bytes, 7),
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        what: fc.integer({ min: 0x80, max: 0x8f }),
        immediate: fc.boolean(),
        tag: fc.nat(6),
        of: fc.nat(6),
        serial,
      })
      .map(({ what, immediate, tag, of, serial }) =>
        rawPdu({ opcode: 0x02, immediate, flags: what, tag, words: { 20: of, 24: serial, 32: serial } }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        opcode: fc.constantFrom(0x00, 0x06, 0x10, 0x1c, 0x1f, 0x3f, 0x21),
        immediate: fc.boolean(),
        flags,
        tag: fc.constantFrom(1, 3, 0xffffffff),
        serial,
        data: fc.constantFrom(0, 4, 5000),
      })
      .map(({ opcode, immediate, flags, tag, serial, data }) =>
        rawPdu({ opcode, immediate, flags, tag, words: { 20: 0xffffffff, 24: serial }, data: Buffer.alloc(data, 1) }),
      ),
  },
);

/** The same with some bytes of the header changed; without a change of the length mostly, or nothing would follow. */
const mutated = fc
  .tuple(
    sensible,
    fc.array(fc.tuple(fc.nat(47), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x40)), { maxLength: 3 }),
    fc.nat(15),
  )
  .map(([pdu, changes, chance]) => {
    const copy = Buffer.from(pdu);
    for (const [at, value] of changes) if (chance === 0 || at < 4 || at > 7) copy[at] = value;
    return copy.toString('hex');
  });

export const iscsiInputs: fc.Arbitrary<IscsiInput> = fc.record({
  state: fc.constantFrom(...wireStates),
  pdus: fc.array(mutated, { minLength: 1, maxLength: 10 }),
  pieces: fc.array(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(100_000)), { minLength: 1, maxLength: 4 }),
});
