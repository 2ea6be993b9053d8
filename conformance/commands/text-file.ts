import { open } from 'node:fs/promises';

/** Files that people write are not larger. */
export const mostFileBytes = 2 * 2 ** 20;

const pieceBytes = 2 ** 16;

/** A file is longer than what is read of one; the message says how long it may be. */
class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * The text of a file, pipe or device, as long as it is not longer than so many bytes. Rejects with an error whose
 * `reasonOf` completes "it cannot be read".
 */
export async function readText(path: string, mostBytes = mostFileBytes): Promise<string> {
  const file = await open(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let bytes = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
      if (bytesRead === 0) return Buffer.concat(pieces).toString('utf8');
      bytes += bytesRead;
      if (bytes > mostBytes) throw new TooLongError(`it is longer than ${mostBytes} bytes`);
      pieces.push(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Why a file cannot be read, in few words. */
export function reasonOf(error: unknown): string {
  if (error instanceof TooLongError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
