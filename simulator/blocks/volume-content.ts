import {
  type BlockRoot,
  clusterBytes,
  clustersOf,
  type Epochs,
  findCluster,
  type Node,
  ownCluster,
  ownNode,
  pageBytes,
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

  write(offset: number, data: Uint8Array): void {
    this.checkRange(offset, data.length);
    for (let done = 0; done < data.length; ) {
      const at = offset + done;
      const inPage = at % pageBytes;
      const size = Math.min(pageBytes - inPage, data.length - done);
      const cluster = this.own(Math.floor(at / clusterBytes));
      const index = pageIndex(at);
      const page = cluster.pages[index];
      const piece = data.subarray(done, done + size);
      if (page !== undefined && (cluster.owned & (1 << index)) !== 0) {
        page.set(piece, inPage);
      } else {
        const fresh = size === pageBytes ? Buffer.allocUnsafeSlow(pageBytes) : Buffer.alloc(pageBytes);
        if (page !== undefined && size < pageBytes) fresh.set(page);
        fresh.set(piece, inPage);
        cluster.pages[index] = fresh;
        cluster.owned |= 1 << index;
      }
      done += size;
    }
  }

  /** Forgets a range: it reads as zeros again. Whole pages give their memory back. */
  unmap(offset: number, length: number): void {
    this.checkRange(offset, length);
    const end = offset + length;
    for (let at = offset; at < end; ) {
      const inPage = at % pageBytes;
      const size = Math.min(pageBytes - inPage, end - at);
      const number = Math.floor(at / clusterBytes);
      if (findCluster(this.node, number) !== undefined) {
        const cluster = this.own(number);
        const index = pageIndex(at);
        const page = cluster.pages[index];
        if (size === pageBytes) {
          cluster.pages[index] = undefined;
          cluster.owned &= ~(1 << index);
        } else if (page !== undefined) {
          const fresh = Buffer.from(page);
          fresh.fill(0, inPage, inPage + size);
          cluster.pages[index] = fresh;
          cluster.owned |= 1 << index;
        }
      }
      at = findCluster(this.node, number) === undefined ? (number + 1) * clusterBytes : at + size;
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
    for (const [number] of clustersOf(this.node)) yield number;
  }

  private own(number: number) {
    this.node = ownNode(this.node, this.epoch);
    if (findCluster(this.node, number) === undefined) this.clusters++;
    return ownCluster(this.node, number, this.epoch);
  }
}

function pageIndex(offset: number): number {
  return Math.floor((offset % clusterBytes) / pageBytes);
}

/** Bytes of a frozen content. Throws RangeError for a range beyond the capacity. */
export function readRoot(root: BlockRoot | undefined, capacityBytes: number, offset: number, length: number): Buffer {
  checkRange(capacityBytes, offset, length);
  const target = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const at = offset + done;
    const inPage = at % pageBytes;
    const size = Math.min(pageBytes - inPage, length - done);
    const page = findCluster(root?.node, Math.floor(at / clusterBytes))?.pages[pageIndex(at)];
    if (page !== undefined) target.set(page.subarray(inPage, inPage + size), done);
    done += size;
  }
  return target;
}

function checkRange(capacityBytes: number, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!whole || offset + length > capacityBytes) {
    throw new RangeError(`bytes ${offset} to ${offset + length} are not within the ${capacityBytes} of the volume`);
  }
}
