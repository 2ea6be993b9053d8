import { NetAppDriverException } from '../errors.js';
import type { ArrayClient } from '../transport/array-client.js';
import { bySequence, type SnapshotImage, sequenceOf } from '../transport/array-types.js';
import type { Notes } from './notes.js';

const recordKey = 'cinder-snapshots';

/**
 * Marks by snapshot group or consistency group: the image references or sequence numbers that Cinder has deleted and the
 * array keeps for now. A decimal text is a bit set over the present images, oldest first.
 */
type Marks = Record<string, readonly string[] | string | number>;

/**
 * Turns the marks of earlier drivers, which kept all of them in one record, into notes. The record is emptied as a whole: two
 * services that do this at once write the same. Throws when the record cannot be read: that is not the same as none.
 */
export async function takeOverEarlierMarks(client: ArrayClient, notes: Notes): Promise<void> {
  if (Object.keys(await earlierMarks(client)).length === 0) return;
  // The images are read before the marks: once another service has emptied the record, images go, and bits would shift.
  const images = await client.snapshotImages();
  const marks = Object.entries(await earlierMarks(client));
  for (const [key, stored] of marks) {
    const [group = '', kind] = key.split(' ').reverse();
    const topic = kind === undefined ? 'deleted' : 'temporary';
    for (const id of idsOf(stored, group, images)) await notes.write(topic, `${group}-${id}`);
  }
  if (marks.length > 0) await client.setRecord(recordKey, '{}');
}

async function earlierMarks(client: ArrayClient): Promise<Marks> {
  const text = await client.record(recordKey);
  if (text === undefined || text === '') return {};
  try {
    const marks = JSON.parse(text) as unknown;
    if (typeof marks === 'object' && marks !== null && !Array.isArray(marks)) return marks as Marks;
  } catch {
    // Told below, as what is JSON but no marks is.
  }
  throw new NetAppDriverException(`The array's record '${recordKey}' is damaged: ${text.slice(0, 80)}`);
}

function idsOf(stored: Marks[string], group: string, images: readonly SnapshotImage[]): readonly string[] {
  if (typeof stored === 'object') return stored.map(String);
  if (!/^\d+$/.test(String(stored)))
    throw new NetAppDriverException(`The array's record '${recordKey}' has marks that are not a number: '${stored}'.`);
  const bits = BigInt(stored);
  return presentIn(group, images).filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n);
}

/** The images of a snapshot group, or the snapshots of a consistency group, oldest first. */
function presentIn(group: string, images: readonly SnapshotImage[]): string[] {
  const members = images.filter((image) => image.consistencyGroupId === group).sort(bySequence);
  if (members.length > 0) return [...new Set(members.map(sequenceOf))];
  return images
    .filter((image) => image.pitGroupRef === group)
    .sort(bySequence)
    .map((image) => image.id);
}
