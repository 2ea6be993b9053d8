import { randomBytes } from 'node:crypto';

export interface Session {
  readonly user: string;
  /** What the user's password was known by when it began. */
  readonly credential: string | undefined;
  /** What changing requests of the session must carry; null when it is not protected. */
  readonly xsrfToken: string | null;
  lastUsedMs: number;
}

export interface AccessToken {
  readonly user: string;
  readonly credential: string | undefined;
  readonly expiresMs: number;
}

/** How many sessions and tokens there may be: beyond that the one that was used or given out longest ago ends. */
const most = 1000;

/** Sessions of people who logged in, and access tokens that were given out. Both live with the server, not the array. */
export class SessionStore {
  /** Minutes without a request after which a session is over; 0 never. */
  inactivityMinutes = 30;
  private readonly sessions = new Map<string, Session>();
  private readonly tokens = new Map<string, AccessToken>();

  constructor(private readonly now: () => number) {}

  open(user: string, protectedByToken: boolean, credential: string | undefined): { id: string; session: Session } {
    const id = randomBytes(16).toString('hex').toUpperCase();
    const session = {
      user,
      credential,
      xsrfToken: protectedByToken ? randomBytes(16).toString('hex') : null,
      lastUsedMs: this.now(),
    };
    keep(this.sessions, id, session);
    return { id, session };
  }

  session(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session === undefined) return undefined;
    if (this.inactivityMinutes > 0 && this.now() - session.lastUsedMs > this.inactivityMinutes * 60_000) {
      this.sessions.delete(id);
      return undefined;
    }
    session.lastUsedMs = this.now();
    // Behind those that were used before.
    this.sessions.delete(id);
    this.sessions.set(id, session);
    return session;
  }

  close(id: string): void {
    this.sessions.delete(id);
  }

  closeAll(): void {
    this.sessions.clear();
  }

  /** Gives out a token; returns it with the whole seconds that it lasts, one at least. */
  issueToken(user: string, seconds: number, credential: string | undefined): { accessToken: string; duration: number } {
    const duration = Math.max(1, Math.floor(seconds));
    const accessToken = randomBytes(32).toString('base64url');
    keep(this.tokens, accessToken, { user, credential, expiresMs: this.now() + duration * 1000 });
    return { accessToken, duration };
  }

  token(text: string): AccessToken | undefined {
    const token = this.tokens.get(text);
    if (token !== undefined && token.expiresMs <= this.now()) {
      this.tokens.delete(text);
      return undefined;
    }
    return token;
  }

  revokeTokens(): void {
    this.tokens.clear();
  }
}

function keep<T>(all: Map<string, T>, key: string, value: T): void {
  const [oldest] = all.keys();
  if (all.size >= most && oldest !== undefined) all.delete(oldest);
  all.set(key, value);
}
