/**
 * Cuts what comes in pieces into lines. `tooLong` is called once, instead of further lines, when one gets longer than
 * `limitBytes`: a program that never ends its line would fill the memory.
 */
export function cutLines(
  limitBytes: number,
  line: (text: string) => void,
  tooLong: () => void,
): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let over = false;
  const keep = (piece: Buffer) => {
    pieces.push(piece);
    bytes += piece.length;
    over = bytes > limitBytes;
  };
  return (piece) => {
    let rest = piece;
    for (let end = rest.indexOf(10); end >= 0 && !over; end = rest.indexOf(10)) {
      keep(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      if (over) break;
      const text = Buffer.concat(pieces).toString();
      pieces = [];
      bytes = 0;
      line(text);
    }
    if (over && pieces.length === 0) return;
    keep(rest);
    if (!over) return;
    pieces = [];
    tooLong();
  };
}
