/** Cuts pieces of memory into the lengths that PDUs have, without copying. */
export class DataPieces {
  private index = 0;
  private at = 0;

  constructor(private readonly pieces: readonly Uint8Array[]) {}

  /** The next so many bytes. Throws RangeError when there are not that many. */
  take(bytes: number): readonly Uint8Array[] {
    const [only] = this.pieces;
    if (this.index === 0 && this.at === 0 && only?.length === bytes && this.pieces.length === 1) {
      this.index = 1;
      return this.pieces;
    }
    const taken: Uint8Array[] = [];
    for (let left = bytes; left > 0; ) {
      const piece = this.pieces[this.index];
      if (piece === undefined) throw new RangeError(`${left} bytes of a command's data are missing`);
      const end = Math.min(piece.length, this.at + left);
      taken.push(this.at === 0 && end === piece.length ? piece : piece.subarray(this.at, end));
      left -= end - this.at;
      this.at = end;
      if (end === piece.length) {
        this.index++;
        this.at = 0;
      }
    }
    return taken;
  }
}
