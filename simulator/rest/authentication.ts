import { timingSafeEqual } from 'node:crypto';
import { type HttpRequest, headerOf } from '../http/messages.js';
import { RestError } from './errors.js';
import type { Role } from './operations.js';
import { type Session, SessionStore } from './sessions.js';

export interface Principal {
  readonly user: string;
  readonly roles: readonly Role[];
  /** How the user proved who they are. */
  readonly by: 'basic' | 'session' | 'token';
}

/** Who may log in with which password: the array's users, and those of the proxy. */
export interface UserDirectory {
  matches(user: string, password: string): boolean;
  /** The user's roles; none for one that is unknown. */
  rolesOf(user: string): readonly Role[];
  /** Another value after the user's password changed; undefined for a user that is unknown. */
  credentialOf(user: string): string | undefined;
  /** Another object after any password changed. */
  readonly epoch: unknown;
  /** Whether a name and password with each request are refused: a login is needed then. */
  readonly refusesBasic?: boolean;
}

export interface LockoutSettings {
  lockoutMode: 'ip' | 'user';
  /** Minutes. */
  lockoutTime: number;
  maximumLoginAttempts: number;
}

/** How many good Basic credentials are remembered, so that not every request checks its password anew. */
const rememberedCredentials = 64;

/** How many users or addresses with wrong passwords are remembered. */
const rememberedAttempts = 10_000;

/**
 * Admits requests: Basic on each, a session cookie (with XSRF token where the session wants it), or a bearer token.
 * Too many wrong passwords lock a user or an address out for a while.
 */
export class Authentication {
  readonly sessions: SessionStore;
  readonly lockout: LockoutSettings = { lockoutMode: 'ip', lockoutTime: 10, maximumLoginAttempts: 10 };
  private readonly attempts = new Map<string, { count: number; untilMs: number }>();
  private remembered = new Map<string, { principal: Principal; epoch: unknown }>();

  constructor(
    private readonly directory: () => UserDirectory,
    private readonly now: () => number,
  ) {
    this.sessions = new SessionStore(now);
  }

  /** Who sends the request, or null where anyone may. Throws RestError unauthenticated, lockedOut or forbidden. */
  admit(request: HttpRequest, roles: readonly Role[]): Principal | null {
    const principal = this.principalOf(request);
    if (roles.length === 0) return principal ?? null;
    if (principal === undefined)
      throw new RestError(
        'unauthenticated',
        'Log in first: send Basic credentials, a session cookie or a bearer token.',
      );
    if (!principal.roles.some((role) => roles.includes(role))) {
      throw new RestError(
        'forbidden',
        `User '${principal.user}' may not do this: it takes one of the roles ${roles.join(', ')}.`,
      );
    }
    return principal;
  }

  /** Who sends a request that was answered, by what admitted it; undefined when nothing did. */
  identify(request: HttpRequest): Principal | undefined {
    const authorization = headerOf(request, 'authorization');
    const known = authorization === undefined ? undefined : this.remembered.get(authorization);
    if (known !== undefined) return known.principal;
    if (authorization !== undefined && !/^bearer\s/i.test(authorization)) return undefined;
    try {
      return this.principalOf(request);
    } catch {
      return undefined;
    }
  }

  /** Checks a password; wrong ones count towards a lockout. Throws RestError when it is wrong or the user locked out. */
  login(user: string, password: string, address: string): Principal {
    const key = this.lockout.lockoutMode === 'ip' ? `ip:${address}` : `user:${user}`;
    const attempt = this.attempts.get(key);
    if (attempt !== undefined && attempt.untilMs > this.now() && attempt.count >= this.lockout.maximumLoginAttempts) {
      throw new RestError('lockedOut', `Too many wrong passwords: locked out for ${this.lockout.lockoutTime} minutes.`);
    }
    if (!this.directory().matches(user, password)) {
      if (this.attempts.size >= rememberedAttempts) this.attempts.delete(this.attempts.keys().next().value ?? key);
      const count = attempt !== undefined && attempt.untilMs > this.now() ? attempt.count + 1 : 1;
      this.attempts.set(key, { count, untilMs: this.now() + this.lockout.lockoutTime * 60_000 });
      throw new RestError('unauthenticated', `User name or password is wrong.`);
    }
    this.attempts.delete(key);
    return this.principal(user, 'basic');
  }

  /** Opens a session for a user who logged in. */
  openSession(user: string, protectedByToken: boolean): ReturnType<SessionStore['open']> {
    return this.sessions.open(user, protectedByToken, this.directory().credentialOf(user));
  }

  /** Gives out a token; returns it with the seconds that it lasts. */
  issueToken(user: string, seconds: number): ReturnType<SessionStore['issueToken']> {
    return this.sessions.issueToken(user, seconds, this.directory().credentialOf(user));
  }

  rolesOf(user: string): readonly Role[] {
    return this.directory().rolesOf(user);
  }

  private principal(user: string, by: Principal['by']): Principal {
    return { user, roles: this.rolesOf(user), by };
  }

  /** Whether a session or token is of the user's present password. */
  private isPresent({ user, credential }: Pick<Session, 'user' | 'credential'>): boolean {
    return this.directory().credentialOf(user) === credential;
  }

  private principalOf(request: HttpRequest): Principal | undefined {
    const [authorization, cookie] = [headerOf(request, 'authorization'), headerOf(request, 'cookie')];
    if (authorization !== undefined) return this.byAuthorization(authorization, request.ip);
    return cookie === undefined ? undefined : this.bySession(request, cookie);
  }

  private byAuthorization(header: string, address: string): Principal {
    const { epoch, refusesBasic = false } = this.directory();
    const known = this.remembered.get(header);
    if (known !== undefined && known.epoch === epoch && !refusesBasic) return known.principal;
    const [scheme = '', value = ''] = header.split(/\s+/, 2);
    if (refusesBasic && scheme.toLowerCase() === 'basic')
      throw new RestError('unauthenticated', 'Basic authentication is disabled: log in, or send an access token.');
    if (scheme.toLowerCase() === 'bearer') {
      const token = this.sessions.token(value);
      if (token === undefined || !this.isPresent(token))
        throw new RestError('unauthenticated', 'The access token is unknown or has expired.');
      return this.principal(token.user, 'token');
    }
    if (scheme.toLowerCase() !== 'basic')
      throw new RestError('unauthenticated', `'${scheme}' authorization is not known: allowed are Basic and Bearer.`);
    const text = Buffer.from(value, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const principal = this.login(
      colon < 0 ? text : text.slice(0, colon),
      colon < 0 ? '' : text.slice(colon + 1),
      address,
    );
    if (this.remembered.size >= rememberedCredentials) this.remembered = new Map();
    this.remembered.set(header, { principal, epoch });
    return principal;
  }

  private bySession(request: HttpRequest, cookie: string): Principal | undefined {
    const id = /(?:^|;\s*)JSESSIONID=([^;]+)/.exec(cookie)?.[1];
    const session = id === undefined ? undefined : this.sessions.session(id);
    if (session === undefined || !this.isPresent(session)) return undefined;
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (
      changes &&
      session.xsrfToken !== null &&
      !sameText(headerOf(request, 'x-xsrf-token') ?? '', session.xsrfToken)
    ) {
      throw new RestError(
        'xsrfTokenMissing',
        "This session is protected: send its XSRF token in the header 'X-XSRF-TOKEN'.",
      );
    }
    return this.principal(session.user, 'session');
  }
}

/** Compares secrets in constant time. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
