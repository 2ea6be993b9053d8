/** What the C library of Linux takes at most into account, less its own bookkeeping. */
const largestBytes = 32 * 2 ** 20 - 65_536;

/**
 * Lets freed memory stay with the process. The C library gives it back to the system from a size on that follows the
 * largest block that was ever freed (source: mallopt(3), M_MMAP_THRESHOLD), and what is received lies in blocks that come
 * and go with every read: given back and taken anew, each of their pages costs a fault. Freeing one large block that
 * no code touched ends that; it costs nothing by itself.
 */
export function keepFreedMemory(): void {
  Buffer.allocUnsafeSlow(largestBytes);
}
