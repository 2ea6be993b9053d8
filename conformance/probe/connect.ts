import { openConnection } from './connection.js';
import type { Rule } from './errors.js';
import { type LoginOptions, login } from './login.js';
import { parsePortal } from './portal.js';
import { ProbeSession, type SessionOptions } from './session.js';

export interface ConnectOptions extends LoginOptions, SessionOptions {
  /** `address:port`, `[address]:port`; the port is 3260 where none is given. */
  readonly portal: string;
  /** Rules whose breach is noted in `tolerated` and nothing more. */
  readonly tolerate?: readonly Rule[];
}

/**
 * Opens a connection, logs in and runs the session. Rejects with ConnectionClosed, LoginRefused, TargetNotAuthentic,
 * ProtocolViolation or Timeout; nothing is left open then.
 */
export async function connect(options: ConnectOptions): Promise<ProbeSession> {
  const connection = await openConnection(parsePortal(options.portal), options);
  return new ProbeSession(connection, await login(connection, options), options);
}
