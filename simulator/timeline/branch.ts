import type { Clock } from '../array/clock.js';
import { savedFormat } from '../array/saved-array.js';
import { StorageArray } from '../array/storage-array.js';
import type { SavedTables } from '../array/tables.js';
import { copyBlockTrees } from '../blocks/block-trees.js';
import type { ContentsThen } from './timeline.js';

const nothing = new Uint8Array();

/** A new array that goes on from a moment of another one's past; resetting it leads back to that moment. */
export function branchOf(
  { tables, contents }: { readonly tables: SavedTables; readonly contents: ContentsThen },
  clock: Clock,
): StorageArray {
  const array = StorageArray.from({ format: savedFormat, tables }, clock);
  array.contents.adopt(copyBlockTrees(contents.state.contents));
  array.redo(() => {
    for (const { change, data } of contents.changes) array.contents.redo(change, data ?? nothing);
  });
  array.setResetBaseline();
  return array;
}
