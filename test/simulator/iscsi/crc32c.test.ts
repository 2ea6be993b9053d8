import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c, crc32cOfShort } from '../../../simulator/iscsi/crc32c.js';

describe.each([
  ['the fastest there is', crc32c],
  ['plain JavaScript', crc32cOfShort],
] as const)('CRC32C by %s', (_name, checksum) => {
  it.each([
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
    ['nothing', Buffer.alloc(0), 0],
  ] as const)('of %s is what the standard says', (_what, data, expected) => {
    expect(checksum(data)).toBe(expected);
  });

  it('goes on from an earlier piece, wherever it was cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 2000 }), fc.nat(2000), (data, at) => {
        expect(checksum(data.subarray(at), checksum(data.subarray(0, at)))).toBe(crc32cOfShort(data));
      }),
    );
  });
});
