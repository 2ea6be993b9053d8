import { readFileSync } from 'node:fs';
import { isSafeNumber, parse } from 'lossless-json';
import { buildConnector, type Dispatcher, errors, Pool } from 'undici';
import type { Configuration } from '../config.js';
import { InvalidInput, messageOf, NoAnswer, NotFound, type WebServiceDetails, WebServiceException } from '../errors.js';
import type { Runtime } from '../runtime.js';

type Method = 'GET' | 'POST' | 'DELETE';

export interface RequestOptions {
  readonly body?: unknown;
}

export type RestClientOptions = Pick<
  Configuration,
  | 'netapp_server_hostname'
  | 'netapp_server_port'
  | 'netapp_transport_type'
  | 'netapp_webservice_path'
  | 'netapp_login'
  | 'netapp_password'
  | 'netapp_bearer_token'
  | 'netapp_ssl_ca'
  | 'netapp_ssl_fingerprint'
  | 'netapp_ssl_verify'
  | 'netapp_connect_timeout'
  | 'netapp_read_timeout'
>;

/** How often what may be repeated is repeated, and how long to wait before the first time; it doubles each time. */
const repeats = 3;
const firstPauseMs = 500;

const secretNames = /password|secret|authorization|token/i;

/**
 * Requests to the web services of one management station or array. Connections are kept. GET is repeated when no answer
 * came or the server was unavailable, DELETE when no answer came (an object that is gone by then counts as deleted);
 * POST only when the request was never sent.
 */
export class RestClient {
  private readonly transport: Dispatcher;
  private readonly timeouts: { readonly headersTimeout: number; readonly bodyTimeout: number };
  private readonly authorization: string;
  private readonly origin: string;
  private systemId: string | undefined;

  constructor(
    options: RestClientOptions,
    private readonly runtime: Runtime,
  ) {
    const { netapp_transport_type: scheme, netapp_server_hostname: host, netapp_server_port: port } = options;
    this.origin = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
    if (!URL.canParse(this.origin))
      throw new InvalidInput({ reason: `The address ${this.origin} of the web services is no URL.` });
    this.servicePath = `/${options.netapp_webservice_path.replace(/^\/+|\/+$/g, '')}`;
    const login = `${options.netapp_login}:${options.netapp_password}`;
    this.authorization =
      options.netapp_bearer_token === null
        ? `Basic ${Buffer.from(login).toString('base64')}`
        : `Bearer ${options.netapp_bearer_token}`;
    const readMs = options.netapp_read_timeout * 1000;
    this.timeouts = { headersTimeout: readMs, bodyTimeout: readMs };
    this.transport = runtime.dispatcher ?? new Pool(this.origin, { connections: 16, connect: connectorOf(options) });
  }

  private readonly servicePath: string;

  /** Which storage system `system` paths are of. */
  useSystem(id: string): void {
    this.systemId = id;
  }

  /** A path below the service path, e.g. /storage-systems. Values of `at` are percent-encoded. */
  service<T>(method: Method, path: string, options?: RequestOptions): Promise<T> {
    return this.request(method, this.servicePath + path, options);
  }

  /** A path of the storage system, e.g. volumes. Throws NotFound before any request when none is set. */
  system<T>(method: Method, path: string, options?: RequestOptions): Promise<T> {
    if (this.systemId === undefined) throw new NotFound('The storage system id is not set.');
    return this.request(
      method,
      `${this.servicePath}/storage-systems/${encodeURIComponent(this.systemId)}/${path}`,
      options,
    );
  }

  /** A path of the server itself, whatever the service path is. */
  utilities<T>(method: Method, path: string, options?: RequestOptions): Promise<T> {
    return this.request(method, `/devmgr/utils${path}`, options);
  }

  /** Ends the connections that it made; a transport that was handed in is its owner's. */
  async close(): Promise<void> {
    if (this.runtime.dispatcher === undefined) await this.transport.close();
  }

  private async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const { logger } = this.runtime;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once<T>(method, path, options);
      } catch (error) {
        if (method === 'DELETE' && attempt > 0 && error instanceof WebServiceException && error.statusCode === 404)
          return undefined as T;
        if (attempt >= repeats || !mayRepeat(method, error)) throw error;
        logger.warn(`${method} ${path}: ${messageOf(error)} Trying again.`);
        await this.runtime.sleep(firstPauseMs * 2 ** attempt);
      }
    }
  }

  private async once<T>(method: Method, path: string, { body }: RequestOptions): Promise<T> {
    const { logger } = this.runtime;
    const started = this.runtime.now();
    let statusCode: number;
    let text: string;
    try {
      const answer = await this.transport.request({
        origin: this.origin,
        ...this.timeouts,
        method,
        path,
        headers: {
          accept: 'application/json',
          authorization: this.authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body, wideNumbers) }),
      });
      statusCode = answer.statusCode;
      text = await answer.body.text();
      await this.giveUpLate(started);
    } catch (error) {
      throw new NoAnswer(`${method} ${path}: the web services gave no answer (${messageOf(error)}).`, { cause: error });
    }
    logger.debug(
      `${method} ${path}${body === undefined ? '' : ` ${masked(body)}`} -> ${statusCode} in ${this.runtime.now() - started} ms`,
    );
    const parsed = parsedJson(text);
    if (statusCode >= 300) throw new WebServiceException({ method, path, statusCode, ...said(parsed) });
    // What a GET asks for has a body: one that was lost on the way does not say that there is no such object.
    if (parsed === undefined && (text !== '' || method === 'GET'))
      throw new NoAnswer(`${method} ${path}: the answer (${statusCode}) is empty, or no JSON.`);
    return parsed as T;
  }

  /** Sockets know real time only: where time is another one, an answer that took too long of it is a timeout. */
  private async giveUpLate(startedMs: number): Promise<void> {
    if (this.runtime.readTime === undefined) return;
    await this.runtime.readTime();
    if (this.runtime.now() - startedMs > this.timeouts.headersTimeout) throw new errors.HeadersTimeoutError();
  }
}

function mayRepeat(method: Method, error: unknown): boolean {
  if (error instanceof NoAnswer) return method !== 'POST' || neverSent(error.cause);
  return method === 'GET' && error instanceof WebServiceException && [502, 503, 504].includes(error.statusCode);
}

/** Whether it failed while connecting: the array has seen nothing. */
function neverSent(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  return ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
}

/** Whole numbers beyond what a number holds become BigInt; the usual text takes the fast way. */
function parsedJson(text: string): unknown {
  try {
    if (!/[:[,]\s*-?\d{16,}/.test(text)) return JSON.parse(text) as unknown;
    return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : BigInt(digits)));
  } catch {
    return undefined;
  }
}

function wideNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** What a CallResponse says. */
function said(body: unknown): Pick<WebServiceDetails, 'retcode' | 'errorMessage' | 'codeType'> {
  const { retcode, errorMessage, codeType } = Object(body) as Record<string, unknown>;
  return { retcode: textOf(retcode), errorMessage: textOf(errorMessage), codeType: textOf(codeType) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function masked(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => (secretNames.test(key) ? '****' : wideNumbers(key, value)));
}

/** Connects with the certificate verified: by the system's authorities, one's own, or its fingerprint. */
function connectorOf(options: RestClientOptions): buildConnector.connector {
  const { netapp_ssl_ca: ca, netapp_ssl_fingerprint: fingerprint, netapp_ssl_verify: verify } = options;
  const connect = buildConnector({
    timeout: options.netapp_connect_timeout * 1000,
    rejectUnauthorized: verify && fingerprint === null,
    ...(ca === null ? {} : { ca: ca.includes('-----BEGIN') ? ca : readCa(ca) }),
  });
  if (fingerprint === null) return connect;
  const wanted = fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
  return (target, done) =>
    connect(target, (error, socket) => {
      if (error !== null) return done(error, null);
      if ('getPeerCertificate' in socket) {
        const found = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '') ?? '';
        if (found !== wanted) {
          socket.destroy();
          return done(new Error(`the server's certificate has the fingerprint ${found}, not ${wanted}`), null);
        }
      }
      return done(null, socket);
    });
}

function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidInput({ reason: `netapp_ssl_ca: ${path} cannot be read (${messageOf(error)}).` });
  }
}
