import { createHash } from 'node:crypto';

const blockBytes = 512;

/**
 * Bytes that tell whose they are and where: what a volume of that name is to hold at that offset. Any range can be made by
 * itself and equals that part of a larger one; no two blocks of 512 bytes are the same.
 */
export function pattern(name: string, offset: number, length: number): Buffer {
  const first = Math.floor(offset / blockBytes);
  const last = Math.ceil((offset + length) / blockBytes);
  const whole = Buffer.alloc((last - first) * blockBytes);
  for (let block = first; block < last; block += 1) {
    const at = (block - first) * blockBytes;
    whole.fill(createHash('sha256').update(`${name}:${block}`).digest(), at, at + blockBytes);
  }
  const skipped = offset - first * blockBytes;
  return whole.subarray(skipped, skipped + length);
}
