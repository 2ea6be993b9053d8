/** An HTTP request as plain data: no server's objects are in it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** A JSON value, a Buffer for application/octet-stream and forms with files, a MalformedBody, or undefined when there was none. */
  readonly body: unknown;
  /** The text that the body was read from; undefined where it was none. */
  readonly bodyText?: string | undefined;
  /** The client's address. */
  readonly ip: string;
  /** Whether it came over TLS. */
  readonly isSecure?: boolean | undefined;
}

/** A request's header, its first value if it is repeated; undefined when it is not there. */
export function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

/** How a connection ends before the whole response is sent. `keptBytes` of the body still arrive. */
export type Interruption = { readonly kind: 'reset' } | { readonly kind: 'truncate'; readonly keptBytes: number };

type HeaderList = readonly (readonly [name: string, value: string])[];

/** An HTTP response as plain data. */
export class HttpResponse {
  constructor(
    readonly status: number,
    /** Names in lower case; a name may be there more than once. */
    readonly headers: HeaderList = [],
    /** '' when there is none. */
    readonly body: string | Buffer = '',
    /** Present when the client must not get the whole response. */
    readonly interruption?: Interruption,
    /** What follows `body`, piece by piece as it comes to be, without an announced end. */
    readonly stream?: AsyncIterableIterator<string>,
  ) {}

  /** The first value of a header; undefined when it is not there. */
  header(name: string): string | undefined {
    return this.headers.find(([each]) => each === name)?.[1];
  }
}

/** Answers a request. Rejects only for bugs: errors are responses too. */
export type Handler<Request extends HttpRequest = HttpRequest> = (request: Request) => Promise<HttpResponse>;

/** Comes between a request and its answer: calls `next` once, never, or several times. */
export type Middleware<Request extends HttpRequest = HttpRequest> = (
  request: Request,
  next: Handler<Request>,
) => Promise<HttpResponse>;

/** A handler behind middleware; the first one sees the request first. */
export function compose<Request extends HttpRequest>(
  middleware: readonly Middleware<Request>[],
  handler: Handler<Request>,
): Handler<Request> {
  return middleware.reduceRight<Handler<Request>>((next, each) => (request) => each(request, next), handler);
}

/** A response of JSON text that is ready. */
export function jsonText(text: string | Buffer, status = 200, headers: HeaderList = []): HttpResponse {
  return new HttpResponse(status, [['content-type', 'application/json'], ...headers], text);
}

/** A response with a value as JSON. */
export function json(value: unknown, status = 200, headers: HeaderList = []): HttpResponse {
  return jsonText(JSON.stringify(value), status, headers);
}
