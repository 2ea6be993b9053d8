import { parse } from 'node:querystring';
import { mediaTypeOf, receivedBody } from './body.js';
import { type Handler, type HttpRequest, HttpResponse } from './messages.js';

export interface InProcessRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

export interface InProcessAnswer {
  readonly statusCode: number;
  /** By name; a list where a header is there more than once. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Shorter than the header content-length says when the connection was cut within the body. */
  readonly rawPayload: Buffer;
}

/**
 * Answers a request of the same process without a socket and without a server's streams, which are most of what an
 * answer costs. Rejects with code ECONNRESET where a socket would be reset.
 */
export async function answerInProcess(handler: Handler, asked: InProcessRequest): Promise<InProcessAnswer> {
  const response = await handler(requestOf(asked));
  return plain(response.stream === undefined ? response : await beginningOf(response, response.stream));
}

/** A call of the same process is one answer: of a stream it is the first piece, and the stream ends. */
async function beginningOf(response: HttpResponse, stream: AsyncIterableIterator<string>): Promise<HttpResponse> {
  const first = await stream.next();
  await stream.return?.();
  return new HttpResponse(response.status, response.headers, first.done ? '' : first.value);
}

function requestOf({ method, url, headers, payload }: InProcessRequest): HttpRequest {
  const question = url.indexOf('?');
  return {
    method,
    url,
    headers,
    ip: '127.0.0.1',
    query: question < 0 ? {} : parse(url.slice(question + 1)),
    ...(payload === undefined ? { body: undefined } : receivedBody(payload, mediaTypeOf(headers['content-type']))),
  };
}

function plain({ status, headers, body, interruption }: HttpResponse): InProcessAnswer {
  if (interruption?.kind === 'reset') throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  const byName: Record<string, string | readonly string[]> = {};
  for (const [name, value] of headers) {
    const known = byName[name];
    byName[name] = known === undefined ? value : [known, value].flat();
  }
  const bytes = Buffer.from(body);
  if (interruption === undefined) return { statusCode: status, headers: byName, rawPayload: bytes };
  return {
    statusCode: status,
    headers: { ...byName, 'content-length': String(Math.max(1, bytes.length)) },
    rawPayload: bytes.subarray(0, interruption.keptBytes),
  };
}
