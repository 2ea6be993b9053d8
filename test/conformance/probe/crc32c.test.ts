import { describe, expect, it } from 'vitest';
import { crc32c, digestOf } from '../../../conformance/probe/crc32c.js';

describe('crc32c', () => {
  it.each([
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
    ['the digits 1 to 9', Buffer.from('123456789'), 0xe3069283],
  ])('knows the digest of %s', (_name, bytes, crc) => {
    expect(crc32c(bytes)).toBe(crc);
    expect(crc32c(bytes.subarray(0, 5), bytes.subarray(5))).toBe(crc);
  });

  it('stands on the wire with its least significant byte first', () => {
    expect(digestOf(Buffer.alloc(32)).toString('hex')).toBe('aa36918a');
  });
});
