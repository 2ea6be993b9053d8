import type { Dispatcher } from 'undici';
import { parsed } from './http.js';

export interface ArrayAdminClientOptions {
  /** Of the server, e.g. http://127.0.0.1:8080. */
  readonly url: string;
  readonly dispatcher: Dispatcher;
  /** The storage system's id; '1' by default. */
  readonly systemId?: string;
  readonly user?: string;
  readonly password?: string;
  /** What requests to the control API must show. */
  readonly controlToken?: string;
}

export interface RestAnswer {
  readonly status: number;
  /** Parsed JSON; text where it is none; null where there is none. */
  readonly body: unknown;
}

/** A request was refused: what, with which status, and the server's own words. */
export class AdminRequestError extends Error {
  override readonly name = 'AdminRequestError';

  constructor(
    readonly request: string,
    readonly status: number,
    readonly answer: unknown,
  ) {
    super(`${request}: ${status} ${JSON.stringify(answer)}`);
  }
}

/** An array as its administrator reaches it: the web services, and where it is simulated the control API. */
export class ArrayAdminClient {
  readonly url: string;
  readonly systemId: string;
  private readonly authorization: string;
  /** Whether the array has a control API that can be asked for many looks; undefined until it was tried. */
  private hasLooks: boolean | undefined;

  constructor(private readonly options: ArrayAdminClientOptions) {
    const { url, user = 'admin', password = 'admin', systemId = '1' } = options;
    this.url = url;
    this.systemId = systemId;
    this.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** A request as it is: the path is absolute, or below the storage system. */
  async request(method: string, path: string, body?: unknown): Promise<RestAnswer> {
    const absolute = path.startsWith('/') ? path : `/devmgr/v2/storage-systems/${this.systemId}/${path}`;
    const { controlToken } = this.options;
    const answer = await this.options.dispatcher.request({
      origin: this.url,
      method: method as Dispatcher.HttpMethod,
      path: absolute,
      headers: {
        authorization: this.authorization,
        ...(controlToken === undefined ? {} : { 'x-control-token': controlToken }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: parsed(await answer.body.text()) };
  }

  /** GETs a list or object of the storage system, past faults where the array is simulated. Throws AdminRequestError. */
  async get<T>(path: string): Promise<T> {
    const [answer] = await this.looks([path]);
    if (answer === undefined || answer.status >= 300)
      throw new AdminRequestError(`GET ${path}`, answer?.status ?? 0, answer?.body);
    return answer.body as T;
  }

  /** A request of the storage system that must succeed. Throws AdminRequestError. */
  async succeed<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.request(method, path, body);
    if (answer.status >= 300) throw new AdminRequestError(`${method} ${path}`, answer.status, answer.body);
    return answer.body as T;
  }

  /**
   * What GETs would be answered: of a simulated array in one request that nothing sees or hinders, of another one by one.
   * Throws AdminRequestError where it can't be looked at.
   */
  async looks(paths: readonly string[]): Promise<RestAnswer[]> {
    if (this.hasLooks !== false) {
      const path = `/sim/v1/arrays/${encodeURIComponent(this.systemId)}/looks`;
      const { status, body } = await this.request('POST', path, { paths });
      this.hasLooks = status < 300;
      if (this.hasLooks) return body as RestAnswer[];
    }
    return Promise.all(paths.map((path) => this.request('GET', path)));
  }

  /** A request to the control API, e.g. control('POST', 'clock', {advance: '30s'}). Throws AdminRequestError. */
  control<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.succeed<T>(method, `/sim/v1/${path}`, body);
  }
}
