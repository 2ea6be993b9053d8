import type { IncomingMessage } from 'node:http';

/** A body that was not received whole. */
export interface Unreceived {
  readonly kind: 'bodyTooLarge' | 'malformed';
  readonly message: string;
}

/**
 * Reads a request's body up to a limit. No more than that is ever held: a length that is announced beyond it is refused
 * before anything is read.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | Unreceived> {
  const tooLarge: Unreceived = {
    kind: 'bodyTooLarge',
    message: `The request body is larger than the ${limitBytes} bytes that are allowed here.`,
  };
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve(tooLarge);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const finish = (result: Buffer | Unreceived) => {
      request.off('data', take).off('end', end).off('close', cut).off('error', cut);
      resolve(result);
    };
    const take = (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > limitBytes) finish(tooLarge);
      else pieces.push(piece);
    };
    const end = () => finish(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces));
    const cut = () => finish({ kind: 'malformed', message: 'The request body ended before its announced length.' });
    request.on('data', take).on('end', end).on('close', cut).on('error', cut);
  });
}
