import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, newFrameReader } from '../../../conformance/probe/framing.js';
import {
  decodeAhs,
  decodePdu,
  encodeAhs,
  encodeHeader,
  makePdu,
  type Pdu,
  pduKinds,
  reservedBytesSet,
} from '../../../conformance/probe/pdu.js';

const nothing = Buffer.alloc(0);

/** Headers written out by hand, byte for byte, as the standard draws them. */
const known: readonly { readonly name: string; readonly pdu: Pdu; readonly header: string }[] = [
  {
    name: 'a ping',
    pdu: makePdu('nop-out', {
      immediate: true,
      final: true,
      itt: 0x11,
      ttt: 0xffffffff,
      cmdSn: 7,
      expStatSn: 9,
      data: Buffer.from('hello'),
    }),
    header: `40 80 00 00 00 00 00 05 0000000000000000 00000011 ffffffff 00000007 00000009 ${'00'.repeat(16)}`,
  },
  {
    name: 'a READ(10)',
    pdu: makePdu('scsi-command', {
      final: true,
      read: true,
      attribute: 1,
      lun: Buffer.from('0011000000000000', 'hex'),
      itt: 0x12345678,
      expectedBytes: 4096,
      cmdSn: 1,
      expStatSn: 2,
      cdb: Buffer.from('28000000000800000800000000000000', 'hex'),
    }),
    header:
      '01 c1 0000 00 000000 0011000000000000 12345678 00001000 00000001 00000002 28000000000800000800 000000000000',
  },
  {
    name: 'a WRITE(10) with more data to follow',
    pdu: makePdu('scsi-command', { write: true, attribute: 2, expectedBytes: 8, itt: 1, data: Buffer.alloc(4) }),
    header: `01 22 0000 00 000004 0000000000000000 00000001 00000008 00000000 00000000 ${'00'.repeat(16)}`,
  },
  {
    name: 'an ABORT TASK',
    pdu: makePdu('task-request', {
      immediate: true,
      final: true,
      function: 1,
      itt: 3,
      referencedTag: 2,
      cmdSn: 5,
      expStatSn: 6,
      refCmdSn: 4,
      expDataSn: 8,
    }),
    header:
      '42 81 0000 00 000000 0000000000000000 00000003 00000002 00000005 00000006 00000004 00000008 0000000000000000',
  },
  {
    name: 'a login that moves from security to operational',
    pdu: makePdu('login-request', {
      immediate: true,
      transit: true,
      currentStage: 0,
      nextStage: 1,
      isid: Buffer.from('800102030000', 'hex'),
      tsih: 0x0a0b,
      itt: 0,
      cid: 2,
      cmdSn: 1,
    }),
    header: `43 81 00 00 00 000000 800102030000 0a0b 00000000 0002 0000 00000001 00000000 ${'00'.repeat(16)}`,
  },
  {
    name: 'a text that continues',
    pdu: makePdu('text-request', { immediate: true, more: true, itt: 4, ttt: 0xffffffff, cmdSn: 1, expStatSn: 1 }),
    header: `44 40 0000 00 000000 0000000000000000 00000004 ffffffff 00000001 00000001 ${'00'.repeat(16)}`,
  },
  {
    name: 'the last Data-Out of a burst',
    pdu: makePdu('data-out', {
      final: true,
      lun: Buffer.from('0001000000000000', 'hex'),
      itt: 5,
      ttt: 6,
      expStatSn: 7,
      dataSn: 3,
      offset: 0x2000,
      data: Buffer.alloc(512),
    }),
    header:
      '05 80 0000 00 000200 0001000000000000 00000005 00000006 00000000 00000007 00000000 00000003 00002000 00000000',
  },
  {
    name: 'a logout of the connection',
    pdu: makePdu('logout-request', { immediate: true, final: true, reason: 1, itt: 6, cid: 1, cmdSn: 2, expStatSn: 3 }),
    header: `46 81 0000 00 000000 0000000000000000 00000006 0001 0000 00000002 00000003 ${'00'.repeat(16)}`,
  },
  {
    name: 'a SNACK',
    pdu: makePdu('snack', { final: true, type: 1, itt: 7, ttt: 0xffffffff, expStatSn: 8, begin: 9, runLength: 10 }),
    header:
      '10 81 0000 00 000000 0000000000000000 00000007 ffffffff 00000000 00000008 00000000 00000000 00000009 0000000a',
  },
  {
    name: 'a ping of the target',
    pdu: makePdu('nop-in', { final: true, itt: 0xffffffff, ttt: 1, statSn: 2, expCmdSn: 3, maxCmdSn: 4 }),
    header: `20 80 0000 00 000000 0000000000000000 ffffffff 00000001 00000002 00000003 00000004 ${'00'.repeat(12)}`,
  },
  {
    name: 'a response with an underflow',
    pdu: makePdu('scsi-response', {
      final: true,
      underflow: true,
      status: 2,
      itt: 8,
      statSn: 1,
      expCmdSn: 2,
      maxCmdSn: 3,
      expDataSn: 4,
      residual: 512,
      data: Buffer.alloc(20),
    }),
    header:
      '21 82 00 02 00 000014 0000000000000000 00000008 00000000 00000001 00000002 00000003 00000004 00000000 00000200',
  },
  {
    name: 'a task response',
    pdu: makePdu('task-response', { final: true, response: 5, itt: 9, statSn: 1, expCmdSn: 2, maxCmdSn: 3 }),
    header: `22 80 05 00 00 000000 0000000000000000 00000009 00000000 00000001 00000002 00000003 ${'00'.repeat(12)}`,
  },
  {
    name: 'a login that is refused',
    pdu: makePdu('login-response', {
      isid: Buffer.from('800102030000', 'hex'),
      statSn: 1,
      expCmdSn: 2,
      maxCmdSn: 3,
      statusClass: 2,
      statusDetail: 1,
    }),
    header: `23 00 00 00 00 000000 800102030000 0000 00000000 00000000 00000001 00000002 00000003 02 01 0000 ${'00'.repeat(8)}`,
  },
  {
    name: 'a text with more to come',
    pdu: makePdu('text-response', { more: true, itt: 1, ttt: 2, statSn: 3, expCmdSn: 4, maxCmdSn: 5 }),
    header: `24 40 0000 00 000000 0000000000000000 00000001 00000002 00000003 00000004 00000005 ${'00'.repeat(12)}`,
  },
  {
    name: 'the Data-In with the status',
    pdu: makePdu('data-in', {
      final: true,
      hasStatus: true,
      overflow: true,
      itt: 1,
      ttt: 0xffffffff,
      statSn: 2,
      expCmdSn: 3,
      maxCmdSn: 4,
      dataSn: 5,
      offset: 6,
      residual: 7,
      data: Buffer.alloc(3),
    }),
    header:
      '25 85 00 00 00 000003 0000000000000000 00000001 ffffffff 00000002 00000003 00000004 00000005 00000006 00000007',
  },
  {
    name: 'a logout response',
    pdu: makePdu('logout-response', {
      final: true,
      itt: 1,
      statSn: 2,
      expCmdSn: 3,
      maxCmdSn: 4,
      time2Wait: 5,
      time2Retain: 6,
    }),
    header:
      '26 80 00 00 00 000000 0000000000000000 00000001 00000000 00000002 00000003 00000004 00000000 0005 0006 00000000',
  },
  {
    name: 'an R2T',
    pdu: makePdu('r2t', {
      final: true,
      lun: Buffer.from('0001000000000000', 'hex'),
      itt: 1,
      ttt: 2,
      statSn: 3,
      expCmdSn: 4,
      maxCmdSn: 5,
      r2tSn: 6,
      offset: 7,
      desiredBytes: 8,
    }),
    header:
      '31 80 0000 00 000000 0001000000000000 00000001 00000002 00000003 00000004 00000005 00000006 00000007 00000008',
  },
  {
    name: 'an async message that asks for a logout',
    pdu: makePdu('async', {
      final: true,
      itt: 0xffffffff,
      statSn: 1,
      expCmdSn: 2,
      maxCmdSn: 3,
      event: 1,
      parameter3: 10,
    }),
    header:
      '32 80 0000 00 000000 0000000000000000 ffffffff 00000000 00000001 00000002 00000003 01 00 0000 0000 000a 00000000',
  },
  {
    name: 'a reject',
    pdu: makePdu('reject', {
      final: true,
      reason: 4,
      itt: 0xffffffff,
      statSn: 1,
      expCmdSn: 2,
      maxCmdSn: 3,
      data: Buffer.alloc(48),
    }),
    header: `3f 80 04 00 00 000030 0000000000000000 ffffffff 00000000 00000001 00000002 00000003 ${'00'.repeat(12)}`,
  },
];

describe('a PDU', () => {
  it.each(known)('$name has the bytes of the standard', ({ pdu, header }) => {
    const bytes = Buffer.from(header.replaceAll(' ', ''), 'hex');
    expect(bytes).toHaveLength(48);
    expect(encodeHeader(pdu).toString('hex')).toBe(bytes.toString('hex'));
    expect(decodePdu(bytes, pdu.ahs, pdu.data)).toEqual(pdu);
    expect(reservedBytesSet(bytes, pdu)).toEqual([]);
  });

  it('is known in every kind', () => {
    expect(new Set(known.map(({ pdu }) => pdu.kind))).toEqual(new Set(pduKinds));
  });

  it('of an unknown opcode keeps its header', () => {
    const header = Buffer.alloc(48, 0x1c);
    expect(decodePdu(header, nothing, nothing)).toMatchObject({ kind: 'unknown', opcode: 0x1c, header });
  });

  it('tells which reserved bytes are not zero', () => {
    const header = encodeHeader(makePdu('r2t', { final: true }));
    header[2] = 1;
    header[1] = 0x81;
    expect(reservedBytesSet(header, decodePdu(header, nothing, nothing))).toEqual([1, 2]);
  });

  it('carries additional headers, each padded for itself', () => {
    const ahs = Buffer.concat([encodeAhs(1, Buffer.alloc(6, 0xaa)), encodeAhs(2, Buffer.from('0000001000', 'hex'))]);
    expect(ahs.toString('hex')).toBe('000601aaaaaaaaaaaa000000' + '0005020000001000');
    expect(decodeAhs(ahs)).toEqual([
      { type: 1, specific: Buffer.alloc(6, 0xaa) },
      { type: 2, specific: Buffer.from('0000001000', 'hex') },
    ]);
    expect(() => decodeAhs(Buffer.from('00090100', 'hex'))).toThrow(RangeError);
  });
});

describe('the stream of PDUs', () => {
  it('has the header, its digest, the data, its padding and the digest of both', () => {
    const pdu = makePdu('nop-out', { data: Buffer.from('hello') });
    const bytes = Buffer.concat(encodeFrame(pdu, { header: true, data: true }));
    expect(bytes).toHaveLength(48 + 4 + 8 + 4);
    expect(bytes.subarray(52, 60).toString('latin1')).toBe('hello\0\0\0');
    const reader = newFrameReader();
    reader.push(bytes);
    expect(reader.next({ header: true, data: true }, 5)?.pdu).toEqual(pdu);
  });

  it.each([
    ['a wrong header digest', { headerDigest: true }, 'header digest'],
    ['a wrong data digest', { dataDigest: true }, 'data digest'],
    ['padding other than zeros', { padding: 1 }, 'padding'],
  ])('names %s', (_name, corruptResponse, rule) => {
    const digests = { header: true, data: true };
    const reader = newFrameReader();
    for (const part of encodeFrame(makePdu('nop-out', { data: Buffer.alloc(1) }), digests, corruptResponse))
      reader.push(part);
    expect(() => reader.next(digests, 100)).toThrow(expect.objectContaining({ rule }));
  });

  it('names a data segment that is too long before it has come', () => {
    const reader = newFrameReader();
    reader.push(encodeHeader(makePdu('data-in', { data: Buffer.alloc(513) })));
    expect(() => reader.next({ header: false, data: false }, 512)).toThrow('513 bytes of data where 512 are allowed');
  });

  it('gives back what was put in, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyPdu, { minLength: 1, maxLength: 6 }),
        fc.record({ header: fc.boolean(), data: fc.boolean() }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        (pdus, digests, cuts) => {
          const bytes = Buffer.concat(pdus.flatMap((pdu) => encodeFrame(pdu, digests)));
          const reader = newFrameReader();
          const found: Pdu[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const length = cuts[turn % cuts.length] ?? 1;
            reader.push(bytes.subarray(at, at + length));
            at += length;
            for (let frame = reader.next(digests, 4096); frame; frame = reader.next(digests, 4096)) {
              found.push(frame.pdu);
              expect(reservedBytesSet(frame.header, frame.pdu)).toEqual([]);
            }
          }
          expect(found).toEqual(pdus);
          expect(reader.pendingBytes).toBe(0);
        },
      ),
    );
  });
});

/** Any PDU: its fields are whatever its kind reads from a header of random bytes. */
const anyPdu: fc.Arbitrary<Pdu> = fc
  .record({
    kind: fc.constantFrom(...pduKinds),
    header: fc.uint8Array({ minLength: 48, maxLength: 48 }),
    ahs: fc.uint8Array({ maxLength: 5 }).map((bytes) => (bytes.length === 0 ? nothing : encodeAhs(1, bytes))),
    data: fc.uint8Array({ maxLength: 600 }),
  })
  .map(({ kind, header, ahs, data }) => {
    const bytes = Buffer.from(header);
    bytes[0] = (encodeHeader(makePdu(kind) as Pdu)[0] ?? 0) | ((bytes[0] ?? 0) & 0x40);
    return decodePdu(bytes, ahs, Buffer.from(data));
  });
