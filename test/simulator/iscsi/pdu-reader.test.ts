import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32cOfShort } from '../../../simulator/iscsi/crc32c.js';
import { PduReader, StreamError } from '../../../simulator/iscsi/pdu-reader.js';

interface Pdu {
  readonly header: Buffer;
  readonly data: Buffer;
}

/** A PDU on the wire, put together here byte by byte. */
function onWire({ header, data }: Pdu, digests: { header: boolean; data: boolean }): Buffer {
  const pad = Buffer.alloc((4 - (data.length % 4)) % 4);
  const digest = (...parts: Buffer[]) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32cOfShort(Buffer.concat(parts)));
    return sum;
  };
  return Buffer.concat([
    header,
    ...(digests.header ? [digest(header)] : []),
    data,
    pad,
    ...(digests.data && data.length > 0 ? [digest(data, pad)] : []),
  ]);
}

function pdu(opcode: number, data: Buffer, additional = Buffer.alloc(0)): Pdu {
  const header = Buffer.alloc(48);
  header[0] = opcode;
  header[4] = additional.length / 4;
  header.writeUIntBE(data.length, 5, 3);
  return { header: Buffer.concat([header, additional]), data };
}

function readerOf(place?: (header: Buffer, bytes: number) => Buffer | undefined) {
  const got: Pdu[] = [];
  const damaged: number[] = [];
  const reader = new PduReader(
    {
      receive: (header, data) => got.push({ header: Buffer.from(header), data: Buffer.from(data) }),
      damaged: (header) => damaged.push(header[0] ?? 0),
      ...(place === undefined ? {} : { place }),
    },
    65_536,
  );
  return { reader, got, damaged };
}

const never = () => false;

describe('reading PDUs', () => {
  it('finds each in a stream cut anywhere, with and without digests and additional headers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(63), fc.uint8Array({ maxLength: 300 }), fc.nat(3)), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }),
        (pdus, header, data, cuts) => {
          const sent = pdus.map(([opcode, bytes, words]) =>
            pdu(opcode, Buffer.from(bytes), Buffer.alloc(words * 4, 7)),
          );
          const stream = Buffer.concat(sent.map((each) => onWire(each, { header, data })));
          const { reader, got, damaged } = readerOf();
          reader.headerDigest = header;
          reader.dataDigest = data;
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const length = cuts[turn % cuts.length] ?? 1;
            reader.push(stream.subarray(at, at + length), never);
            at += length;
          }
          expect(got).toEqual(sent);
          expect(damaged).toEqual([]);
        },
      ),
    );
  });

  it('puts data that comes in pieces where it is told to', () => {
    const place = Buffer.alloc(100);
    const { reader, got } = readerOf((_header, bytes) => place.subarray(10, 10 + bytes));
    const stream = onWire(pdu(5, Buffer.alloc(50, 9)), { header: false, data: false });
    reader.push(stream.subarray(0, 60), never);
    reader.push(stream.subarray(60), never);
    expect(place.subarray(10, 60)).toEqual(Buffer.alloc(50, 9));
    expect(got).toHaveLength(1);
  });

  it('gives a stream up whose header digest is wrong', () => {
    const { reader, got } = readerOf();
    reader.headerDigest = true;
    const stream = onWire(pdu(0, Buffer.alloc(0)), { header: true, data: false });
    stream.writeUInt8(stream.readUInt8(3) ^ 1, 3);
    expect(() => reader.push(stream, never)).toThrow(StreamError);
    expect(got).toEqual([]);
  });

  it('says which PDU has damaged data, and goes on behind it', () => {
    const { reader, got, damaged } = readerOf();
    reader.dataDigest = true;
    const bad = onWire(pdu(5, Buffer.alloc(8)), { header: false, data: true });
    bad.writeUInt8(1, 50);
    reader.push(Buffer.concat([bad, onWire(pdu(0, Buffer.alloc(3)), { header: false, data: true })]), never);
    expect(damaged).toEqual([5]);
    expect(got.map((each) => each.header[0])).toEqual([0]);
  });

  it('gives up on a data segment larger than agreed', () => {
    const { reader } = readerOf();
    expect(() => reader.push(pdu(1, Buffer.alloc(65_537)).header, never)).toThrow(/65537 bytes, allowed are 65536/);
  });
});
