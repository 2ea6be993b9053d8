import { InvalidConnectorException, InvalidVolume } from './errors.js';
import type { Connector, Volume } from './model.js';

/** Checks of what a caller hands over, before anything is asked of the array. */

/** What the largest volume could have at most, in GiB, for any array: sizes stay whole numbers in bytes. */
const maxSizeGib = 2 ** 23;

/** Throws InvalidVolume for what is no size. */
export function checkSize(size: unknown): void {
  if (!Number.isInteger(size) || Number(size) < 1 || Number(size) > maxSizeGib)
    throw new InvalidVolume({
      reason: `a size is a whole number of GiB from 1 to ${maxSizeGib}, not ${JSON.stringify(size)}.`,
    });
}

/** What a volume is to have in all. Throws InvalidVolume for what is less than it has, or no size. */
export function checkNewSize(volume: Volume, newSize: number): void {
  checkSize(newSize);
  if (newSize < volume.size)
    throw new InvalidVolume({ reason: `the new size, ${newSize} GiB, is less than the present ${volume.size} GiB.` });
}

/** The initiator of a connector. Throws InvalidConnectorException when it has none. */
export function initiatorOf(connector: Connector | null | undefined): string {
  const initiator = typeof connector?.initiator === 'string' ? connector.initiator.trim() : '';
  if (initiator === '') throw new InvalidConnectorException({ missing: 'initiator' });
  return initiator;
}
