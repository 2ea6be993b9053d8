import { clearCluster, piecesOf, writeCluster } from './cluster-pages.js';
import {
  type BlockRoot,
  type Cluster,
  clusterBytes,
  clustersOf,
  type Epochs,
  findCluster,
  type Node,
  ownCluster,
  ownNode,
} from './tree.js';

/** What is stored on one volume, readable and writable in bytes. Unwritten space reads as zeros. */
export class VolumeContent {
  private node: Node | undefined;
  private clusters: number;
  private epoch: number;

  constructor(
    public capacityBytes: number,
    private readonly epochs: Epochs,
    root?: BlockRoot,
    epoch: number = epochs.take(),
  ) {
    this.node = root?.node;
    this.clusters = root?.clusters ?? 0;
    this.epoch = epoch;
  }

  /** A saved content goes on in the epoch that it was in. */
  static resume(capacityBytes: number, epochs: Epochs, root: BlockRoot): VolumeContent {
    return new VolumeContent(capacityBytes, epochs, root, root.epoch);
  }

  /** The content as it is, without freezing it: valid until the next write. */
  present(): BlockRoot {
    return { node: this.node, clusters: this.clusters, epoch: this.epoch };
  }

  /** Bytes of the clusters that were ever written. */
  get allocatedBytes(): number {
    return this.clusters * clusterBytes;
  }

  /** The epoch that writes go to now. */
  get currentEpoch(): number {
    return this.epoch;
  }

  private checkRange(offset: number, length: number): void {
    checkRange(this.capacityBytes, offset, length);
  }

  read(offset: number, length: number): Buffer {
    return readRoot(this.present(), this.capacityBytes, offset, length);
  }

  /** The bytes in pieces of the content's own memory: callers must not change them. */
  segments(offset: number, length: number): readonly Uint8Array[] {
    return rootSegments(this.present(), this.capacityBytes, offset, length);
  }

  write(offset: number, data: Uint8Array): void {
    this.checkRange(offset, data.length);
    for (let done = 0; done < data.length; ) {
      const number = Math.floor((offset + done) / clusterBytes);
      const at = offset + done - number * clusterBytes;
      const size = Math.min(clusterBytes - at, data.length - done);
      writeCluster(this.own(number), at, size === data.length ? data : data.subarray(done, done + size));
      done += size;
    }
  }

  /** Forgets a range: it reads as zeros again. Whole pages give their memory back. */
  unmap(offset: number, length: number): void {
    this.checkRange(offset, length);
    const end = offset + length;
    for (let from = offset; from < end; ) {
      const number = Math.floor(from / clusterBytes);
      const to = Math.min(end, (number + 1) * clusterBytes);
      if (findCluster(this.node, number) !== undefined)
        clearCluster(this.own(number), from - number * clusterBytes, to - from);
      from = to;
    }
  }

  /** Keeps the content as it is now. Costs the same for any volume and however many were kept before. */
  snapshot(): BlockRoot {
    const root = { node: this.node, clusters: this.clusters, epoch: this.epoch };
    this.epoch = this.epochs.take();
    return root;
  }

  /** Makes the content what was kept: rollback, and the result of a copy. */
  restore(root: BlockRoot): void {
    this.node = root.node;
    this.clusters = root.clusters;
    this.epoch = this.epochs.take();
  }

  /** Puts a content back to what `present` gave, for an operation that failed after a snapshot or restore. */
  revert(root: BlockRoot): void {
    this.node = root.node;
    this.clusters = root.clusters;
    this.epoch = root.epoch;
  }

  resize(capacityBytes: number): void {
    this.capacityBytes = capacityBytes;
  }

  /**
   * For each cluster of a range that the present epoch has not written yet: the epoch that wrote it last, 0 for none.
   * That is what copy-on-write has to keep before the range is written.
   */
  firstWrites(offset: number, length: number): number[] {
    this.checkRange(offset, length);
    const epochs: number[] = [];
    if (length === 0) return epochs;
    const last = Math.floor((offset + length - 1) / clusterBytes);
    for (let number = Math.floor(offset / clusterBytes); number <= last; number++) {
      const previous = findCluster(this.node, number)?.epoch ?? 0;
      if (previous !== this.epoch) epochs.push(previous);
    }
    return epochs;
  }

  /** Cluster numbers that hold something. */
  *writtenClusters(): Generator<number> {
    for (const [number, { pages }] of clustersOf(this.node)) if (pages.some((page) => page !== undefined)) yield number;
  }

  private own(number: number): Cluster {
    const present = findCluster(this.node, number);
    if (present?.epoch === this.epoch) return present;
    if (present === undefined) this.clusters++;
    this.node = ownNode(this.node, this.epoch);
    return ownCluster(this.node, number, this.epoch);
  }
}

/** What was never written, in pieces of this at most. */
const zeros = Buffer.alloc(4 * clusterBytes);

/** Bytes of a frozen content, copied. Throws RangeError for a range beyond the capacity. */
export function readRoot(root: BlockRoot | undefined, capacityBytes: number, offset: number, length: number): Buffer {
  const target = Buffer.allocUnsafe(length);
  let at = 0;
  for (const piece of rootSegments(root, capacityBytes, offset, length)) {
    target.set(piece, at);
    at += piece.length;
  }
  return target;
}

/** The same without a copy: pieces of the content's own memory. Throws RangeError for a range beyond the capacity. */
export function rootSegments(
  root: BlockRoot | undefined,
  capacityBytes: number,
  offset: number,
  length: number,
): readonly Uint8Array[] {
  checkRange(capacityBytes, offset, length);
  const pieces: Uint8Array[] = [];
  const end = offset + length;
  for (let from = offset; from < end; ) {
    const number = Math.floor(from / clusterBytes);
    let to = Math.min(end, (number + 1) * clusterBytes);
    const cluster = findCluster(root?.node, number);
    if (cluster === undefined) {
      while (to < end && to - from < zeros.length && findCluster(root?.node, to / clusterBytes) === undefined)
        to = Math.min(end, to + clusterBytes, from + zeros.length);
      pieces.push(zeros.subarray(0, to - from));
    } else {
      piecesOf(cluster, from - number * clusterBytes, to - from, zeros, pieces);
    }
    from = to;
  }
  return pieces;
}

function checkRange(capacityBytes: number, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!whole || offset + length > capacityBytes) {
    throw new RangeError(`bytes ${offset} to ${offset + length} are not within the ${capacityBytes} of the volume`);
  }
}
