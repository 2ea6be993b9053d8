import { allPages, type Cluster, clusterBytes, pageBytes } from './tree.js';

/** So many pages of its own, written one by one, make a slab worth its memory. */
const pagesForSlab = 4;

/** Writes within one cluster, at a byte of it. The cluster is of the present epoch. */
export function writeCluster(cluster: Cluster, at: number, data: Uint8Array): void {
  const end = at + data.length;
  const first = Math.floor(at / pageBytes);
  const last = Math.floor((end - 1) / pageBytes);
  if (last > first && !cluster.ownsSlab) makeSlab(cluster);
  for (let page = first; page <= last; page++) {
    const start = Math.max(at, page * pageBytes);
    const stop = Math.min(end, (page + 1) * pageBytes);
    writePage(cluster, page, start - page * pageBytes, data.subarray(start - at, stop - at));
  }
}

function writePage(cluster: Cluster, page: number, inPage: number, piece: Uint8Array): void {
  const bit = 1 << page;
  const present = cluster.pages[page];
  if (present !== undefined && (cluster.owned & bit) !== 0) {
    present.set(piece, inPage);
    return;
  }
  if (!cluster.ownsSlab && ownPages(cluster) >= pagesForSlab) makeSlab(cluster);
  const fresh = cluster.ownsSlab ? slotOf(cluster, page) : Buffer.allocUnsafeSlow(pageBytes);
  if (piece.length < pageBytes) {
    if (present === undefined) fresh.fill(0);
    else fresh.set(present);
  }
  fresh.set(piece, inPage);
  cluster.pages[page] = fresh;
  cluster.owned |= bit;
  if (cluster.ownsSlab) cluster.inSlab |= bit;
  else cluster.inSlab &= ~bit;
}

/** Makes a range of one cluster read as zeros. */
export function clearCluster(cluster: Cluster, at: number, length: number): void {
  const end = at + length;
  for (let page = Math.floor(at / pageBytes); page * pageBytes < end; page++) {
    const start = Math.max(at, page * pageBytes);
    const stop = Math.min(end, (page + 1) * pageBytes);
    if (cluster.pages[page] === undefined) continue;
    if (stop - start < pageBytes) {
      writePage(cluster, page, start - page * pageBytes, new Uint8Array(stop - start));
    } else {
      cluster.pages[page] = undefined;
      cluster.owned &= ~(1 << page);
      cluster.inSlab &= ~(1 << page);
    }
  }
}

function slotOf({ slab }: Cluster, page: number): Buffer {
  if (slab === undefined) throw new Error('the cluster has no slab');
  return slab.subarray(page * pageBytes, (page + 1) * pageBytes);
}

/** Memory for all pages; the pages that are the cluster's own move into it. */
function makeSlab(cluster: Cluster): void {
  cluster.slab = Buffer.allocUnsafeSlow(clusterBytes);
  cluster.inSlab = 0;
  cluster.ownsSlab = true;
  for (let page = 0; 1 << page <= allPages; page++) {
    const present = cluster.pages[page];
    if (present === undefined || (cluster.owned & (1 << page)) === 0) continue;
    const place = slotOf(cluster, page);
    place.set(present);
    cluster.pages[page] = place;
    cluster.inSlab |= 1 << page;
  }
}

function ownPages({ owned }: Cluster): number {
  let count = 0;
  for (let bits = owned; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** Adds what lies in a range of one cluster to a list, in as few pieces as memory allows. */
export function piecesOf(cluster: Cluster, at: number, length: number, zeros: Buffer, pieces: Uint8Array[]): void {
  const end = at + length;
  const { slab, inSlab } = cluster;
  if (slab !== undefined && inSlab === allPages) {
    pieces.push(length === clusterBytes ? slab : slab.subarray(at, end));
    return;
  }
  for (let start = at; start < end; ) {
    const page = Math.floor(start / pageBytes);
    const kept = cluster.pages[page];
    let stop = Math.min(end, (page + 1) * pageBytes);
    if (slab !== undefined && (inSlab & (1 << page)) !== 0) {
      for (let next = page + 1; stop < end && (inSlab & (1 << next)) !== 0; next++)
        stop = Math.min(end, (next + 1) * pageBytes);
      pieces.push(slab.subarray(start, stop));
    } else if (kept === undefined) {
      pieces.push(zeros.subarray(0, stop - start));
    } else {
      const inPage = start - page * pageBytes;
      pieces.push(stop - start === pageBytes ? kept : kept.subarray(inPage, inPage + stop - start));
    }
    start = stop;
  }
}
