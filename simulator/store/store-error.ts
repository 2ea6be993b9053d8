/** The state cannot be kept on disk now: what was not acknowledged is taken back. The message says which file and why. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
