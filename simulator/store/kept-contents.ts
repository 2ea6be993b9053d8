import type { ContentJournal } from '../array/content-changes.js';
import type { StorageArray } from '../array/storage-array.js';
import { type BlockTrees, bytesIn } from '../blocks/block-trees.js';
import { TreeBuilder, treeEntries } from '../blocks/tree-entries.js';
import type { BlockLog } from './block-log.js';
import { headerBytes } from './log-file.js';
import { encodeRecord, type LogEntry } from './log-records.js';

/** Arrays by the id of their system. */
export type ArraysById = ReadonlyMap<string, StorageArray>;

/** Writes into a log what happens to the contents of arrays, and makes contents of it again. */
export class KeptContents {
  private readonly attached = new Map<string, StorageArray>();

  constructor(private readonly log: BlockLog) {}

  /** Notes from now on what happens to these arrays' contents, and to no others'. The log knows what they hold now. */
  attach(arrays: ArraysById): void {
    this.detach();
    for (const [id, array] of arrays) this.attachOne(id, array);
  }

  /** Notes nothing any more. */
  detach(): void {
    for (const array of this.attached.values()) array.contents.journal = undefined;
    this.attached.clear();
  }

  /** Arrays came or went: the log learns of it. */
  follow(arrays: ArraysById): void {
    for (const [id, array] of this.attached) {
      if (arrays.get(id) === array) continue;
      array.contents.journal = undefined;
      this.attached.delete(id);
      this.log.append(encodeRecord({ array: id, op: 'forget' }));
    }
    for (const [id, array] of arrays) {
      if (this.attached.has(id)) continue;
      this.attachOne(id, array);
      const { volumes, images, nextEpoch } = array.contents.trees();
      if (volumes.size > 0 || images.size > 0 || nextEpoch !== noTrees.nextEpoch) this.tell(id, array);
    }
  }

  /** All contents as they are now: what a log could begin with. */
  records(): Iterable<Buffer> {
    return recordsOf([...this.attached].map(([id, array]) => [id, treeEntries(array.contents.trees())] as const));
  }

  /** Bytes that `records` would come to, without what describes them. */
  get liveBytes(): number {
    return [...this.attached.values()].reduce((sum, array) => sum + bytesIn(array.contents.trees()), 0);
  }

  /**
   * Gives arrays without contents those of the log. Up to a position in its file everything is done again as it was;
   * of what follows only what hosts wrote to volumes that there are, as the rest was never acknowledged. Returns where
   * the last whole record ends; `isReached` tells whether the position was the end of one, `isSame` whether what follows
   * it is just what was done now: then the log still says how the contents came to be.
   */
  replay(
    arrays: ArraysById,
    positionBytes: number,
  ): { readonly endBytes: number; readonly isReached: boolean; readonly isSame: boolean } {
    const builder = new TreeBuilder();
    let last = headerBytes;
    let isReached = positionBytes <= headerBytes;
    const comparison = new Comparison();
    for (const { entry, data, endBytes } of this.log.records()) {
      last = endBytes;
      if (endBytes === positionBytes) isReached = true;
      const array = arrays.get(entry.array);
      if (endBytes > positionBytes) comparison.said(entry);
      if (array === undefined) continue;
      if (endBytes <= positionBytes) redo(array, entry, data, builder);
      else redoWritten(array, entry, data, comparison.journalOf(entry.array));
    }
    return { endBytes: last, isReached, isSame: comparison.isSame };
  }

  private attachOne(id: string, array: StorageArray): void {
    this.attached.set(id, array);
    array.contents.journal = {
      changed: (changes) => {
        for (const { change, data } of changes)
          this.log.append(encodeRecord({ array: id, ...change }, data === undefined ? [] : [data]));
      },
      replaced: () => this.tell(id, array),
      takesMore: () => this.log.takesMore(),
    };
  }

  private tell(id: string, array: StorageArray): void {
    for (const record of recordsOf([[id, treeEntries(array.contents.trees())]])) this.log.append(record);
  }
}

/** Compares what a log says with what is done, for each array in its order. */
class Comparison {
  /** What was said and not done yet, or done and not said yet: the beginnings that agree are taken away. */
  private readonly open = new Map<string, { readonly said: string[]; readonly done: string[] }>();

  get isSame(): boolean {
    return [...this.open.values()].every(({ said, done }) => said.length === 0 && done.length === 0);
  }

  said(entry: LogEntry): void {
    this.of(entry.array).said.push(JSON.stringify(entry));
    this.agree(entry.array);
  }

  journalOf(array: string): ContentJournal {
    return {
      changed: (changes) => {
        for (const { change } of changes) this.of(array).done.push(JSON.stringify({ array, ...change }));
        this.agree(array);
      },
      replaced: () => void this.of(array).done.push('replaced'),
      takesMore: () => true,
    };
  }

  private agree(array: string): void {
    const { said, done } = this.of(array);
    let same = 0;
    while (same < said.length && same < done.length && said[same] === done[same]) same++;
    said.splice(0, same);
    done.splice(0, same);
  }

  private of(array: string): { readonly said: string[]; readonly done: string[] } {
    const found = this.open.get(array) ?? { said: [], done: [] };
    this.open.set(array, found);
    return found;
  }
}

const noTrees: BlockTrees = { volumes: new Map(), images: new Map(), nextEpoch: 1 };

function* recordsOf(told: readonly (readonly [string, ReturnType<typeof treeEntries>])[]): Generator<Buffer> {
  for (const [array, entries] of told)
    for (const { entry, data } of entries) yield encodeRecord({ array, ...entry }, data);
}

function redo(array: StorageArray, entry: LogEntry, data: Buffer, builder: TreeBuilder): void {
  switch (entry.op) {
    case 'forget':
      array.contents.adopt(noTrees);
      break;
    case 'trees':
    case 'cluster':
    case 'volume':
    case 'image':
    case 'whole': {
      const trees = builder.take(entry, data);
      if (trees !== undefined) array.contents.adopt(trees);
      break;
    }
    default:
      array.redo(() => array.contents.redo(entry, data));
  }
}

/** What a host wrote, with all that it sets off. What the array does not take now was written to something that is gone. */
function redoWritten(array: StorageArray, entry: LogEntry, data: Buffer, told: ContentJournal): void {
  try {
    if (entry.op === 'write') array.redo(() => array.io.write(entry.ref, entry.offset, data), told);
    if (entry.op === 'unmap') array.redo(() => array.io.unmap(entry.ref, entry.offset, entry.length), told);
  } catch {
    // Nothing else of it was acknowledged, so no client has to be told.
  }
}
