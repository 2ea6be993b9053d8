import { hostname } from 'node:os';
import { type Handler, type HttpRequest, HttpResponse, headerOf } from './messages.js';

/** Why a request may come from a web page of another site. */
export interface Objection {
  readonly code: 'foreignHost' | 'foreignOrigin' | 'foreignSite';
  /** What was sent, what is allowed, and how to allow more. */
  readonly message: string;
}

/** The most names that are remembered as judged. */
const rememberedNames = 256;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Tells requests of programs and of own pages from those that a web page elsewhere makes a browser send: by the name that
 * the client believes to talk to (a name that was bound to this address anew is none of the allowed ones), and by what
 * browsers say about the page.
 */
export class TrustedHosts {
  private readonly names: ReadonlySet<string>;
  private readonly extra: ReadonlySet<string>;
  private readonly takesAddresses: boolean;
  private readonly judged = new Map<string, boolean>();

  /** `bound` is the address that is listened on; `allowed` are names beside it, '*' for all. */
  constructor(bound: string, allowed: readonly string[] = []) {
    this.takesAddresses = bound === '0.0.0.0' || bound === '::';
    this.extra = new Set(allowed.map((name) => name.toLowerCase()));
    const own = this.takesAddresses ? [hostname()] : [bound.includes(':') ? `[${bound}]` : bound];
    this.names = new Set([...loopbackNames, ...own.map((name) => name.toLowerCase()), ...this.extra]);
  }

  /** What speaks against a request; undefined where nothing does. Programs that send no such headers are not concerned. */
  objection(request: HttpRequest): Objection | undefined {
    const host = headerOf(request, 'host');
    if (host !== undefined && !this.isTrusted(host)) {
      return {
        code: 'foreignHost',
        message: `Requests to the host '${host}' are not taken: allowed are ${[...this.names].join(', ')}${this.takesAddresses ? ', IP addresses' : ''}, and what --allowed-host names.`,
      };
    }
    const origin = headerOf(request, 'origin');
    if (origin !== undefined && !this.isOwn(origin, host))
      return { code: 'foreignOrigin', message: `Requests from pages of '${origin}' are not taken.` };
    const site = headerOf(request, 'sec-fetch-site');
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && origin === undefined)
      return { code: 'foreignSite', message: `Requests from pages of another site ('${site}') are not taken.` };
    return undefined;
  }

  private isTrusted(host: string): boolean {
    const known = this.judged.get(host);
    if (known !== undefined) return known;
    if (this.judged.size >= rememberedNames) this.judged.clear();
    const isTrusted = this.trusts(nameOf(`http://${host}`));
    this.judged.set(host, isTrusted);
    return isTrusted;
  }

  private trusts(name: string | undefined): boolean {
    if (name === undefined) return false;
    if (this.extra.has('*') || this.names.has(name) || /^127(\.\d+){3}$/.test(name)) return true;
    return this.takesAddresses && (name.startsWith('[') || /^\d+(\.\d+){3}$/.test(name));
  }

  /** Whether a page is of this server, or of a host that was allowed by name. */
  private isOwn(origin: string, host: string | undefined): boolean {
    const name = nameOf(origin);
    if (name === undefined) return false;
    const { protocol, host: shown } = new URL(origin);
    const isSame = host !== undefined && shown === new URL(`${protocol}//${host}`).host;
    return isSame || this.extra.has(name) || this.extra.has('*');
  }
}

/** A page that is shown under trusted host names only. Links on pages elsewhere may lead to it. */
export function ownPagesOnly(hosts: TrustedHosts, page: Handler): Handler {
  return async (request) => {
    const objection = hosts.objection(request);
    if (objection?.code !== 'foreignHost') return page(request);
    return new HttpResponse(403, [['content-type', 'text/plain; charset=utf-8']], objection.message);
  };
}

/** The host of a URL, in lower case, an IPv6 address in brackets; undefined where there is none. */
function nameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname || undefined : undefined;
}
