import { InvalidInput } from '../errors.js';
import type { Runtime } from '../runtime.js';
import type { ArrayClient } from '../transport/array-client.js';
import type { ArrayVolume, SnapshotImage } from '../transport/array-types.js';
import { waitFor } from '../waiting.js';

/** Brings a volume back to one of its images and waits until it is. Throws InvalidInput for an image of another volume. */
export async function rollBack(
  client: ArrayClient,
  runtime: Runtime,
  volume: ArrayVolume,
  image: SnapshotImage,
  seconds: number,
): Promise<void> {
  if (image.baseVol !== volume.volumeRef)
    throw new InvalidInput({ reason: `snapshot image '${image.id}' is not of volume '${volume.label}'.` });
  await client.startRollback([image.pitRef]);
  await waitFor(runtime, `The rollback of volume '${volume.label}'`, seconds, async () => {
    const { rollbackStatus } = await client.snapshotGroup(image.pitGroupRef);
    return rollbackStatus === 'none' ? true : undefined;
  });
}
