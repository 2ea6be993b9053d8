import { createHash } from 'node:crypto';
import type { Offer } from '../../../conformance/probe/index.js';

/** How long a test waits for any one answer. */
export const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** Bytes that tell where they are and which writing they are from: no two 512-byte blocks are the same. */
export function patternOf(seed: string | number, bytes: number): Buffer {
  const whole = Buffer.alloc(Math.ceil(bytes / 512) * 512);
  for (let at = 0; at < whole.length; at += 512) {
    whole.fill(createHash('sha256').update(`${seed}:${at}`).digest(), at, at + 512);
  }
  return whole.subarray(0, bytes);
}

const booleans = [false, true];
const digests = ['None', 'CRC32C'];

/** Bursts and segments, large and small. */
const lengths: readonly (Offer & { readonly name: string })[] = [
  { name: 'large', maxBurstLength: 1048576, firstBurstLength: 262144, maxRecvDataSegmentLength: 262144 },
  { name: 'small', maxBurstLength: 16384, firstBurstLength: 8192, maxRecvDataSegmentLength: 4096 },
  { name: 'odd', maxBurstLength: 66000, firstBurstLength: 3000, maxRecvDataSegmentLength: 1028 },
];

/** Every combination of what changes how data travels. */
export const offers: readonly (readonly [name: string, offer: Offer])[] = booleans.flatMap((immediateData) =>
  booleans.flatMap((initialR2T) =>
    digests.flatMap((headerDigest) =>
      digests.flatMap((dataDigest) =>
        [1, 8].flatMap((maxOutstandingR2T) =>
          lengths.map(({ name, ...bursts }): [string, Offer] => [
            `ImmediateData=${immediateData} InitialR2T=${initialR2T} HeaderDigest=${headerDigest} ` +
              `DataDigest=${dataDigest} MaxOutstandingR2T=${maxOutstandingR2T} ${name} bursts`,
            { immediateData, initialR2T, headerDigest, dataDigest, maxOutstandingR2T, ...bursts },
          ]),
        ),
      ),
    ),
  ),
);
