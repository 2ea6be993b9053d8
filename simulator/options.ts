import type { Clock } from './array/clock.js';
import type { ArrayPreset } from './array/preset.js';
import type { Disk } from './store/disk.js';

/** How a simulator is started; each option is also one of the command line's. */
export interface SimulatorOptions {
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** The port to listen on; 0 takes any free one. 8080 by default. */
  readonly port?: number;
  /** false leaves the host ports as the preset has them, without a listener. */
  readonly iscsi?: boolean;
  /** The address that the host ports listen on and report; 127.0.0.1 by default. */
  readonly iscsiHost?: string;
  /** The first iSCSI port, the others follow; 0 (default here) takes any free ones. */
  readonly iscsiPort?: number;
  /** Where an iSCSI port is taken, any free one will do. */
  readonly iscsiAnyPort?: boolean;
  /** Bytes that all iSCSI sessions together may keep of what is sent to them; 256 MiB by default. */
  readonly iscsiMemoryBytes?: number;
  readonly mode?: 'embedded' | 'proxy';
  /** A preset by name or as data. */
  readonly preset?: string | ArrayPreset;
  /** The firmware's release instead of the preset's: 08.42, 11.70, 11.80, 11.90 or 12.00. */
  readonly firmware?: string;
  readonly seed?: number;
  /** The administrator's password; 'admin' by default. */
  readonly user?: string;
  readonly password?: string;
  /** Serve HTTPS, with a certificate made at start, instead of HTTP. */
  readonly tls?: boolean;
  /** Serve HTTPS at this port (0 takes any free one) beside HTTP. */
  readonly tlsPort?: number;
  /** A file that keeps the state. */
  readonly state?: string;
  /** How the files of the state are written; for tests of disks that fail. */
  readonly stateFiles?: {
    /** What they are written with; the operating system's disk by default. */
    readonly disk?: Disk;
    /** A log of blocks that is smaller is not rewritten, in bytes; 64 MiB by default. */
    readonly leastLogBytes?: number;
  };
  /** Goes on with what is readable of a state that is damaged; copies of its files are kept. */
  readonly recover?: boolean;
  /** How long-lived work proceeds: instant (default here), timed[:bytes/s], polls:n, stuck, fail-at:percent. */
  readonly jobs?: string;
  /** How often the statistics are collected, in seconds of the array's time: 1 to 86400; 60 by default. */
  readonly statisticsIntervalSeconds?: number;
  readonly clock?: 'real' | 'manual' | { readonly scale: number } | Clock;
  readonly pools?: number;
  readonly volumes?: number;
  readonly hosts?: number;
  /** HTTP connections that may be open at a time; 4096 by default. */
  readonly maxConnections?: number;
  /** What requests to /sim/v1 must show; none by default. */
  readonly controlToken?: string;
  /** Host names that clients may use beside those of loopback and of `host`; '*' for all. */
  readonly allowedHosts?: readonly string[];
  readonly logLevel?: string;
  /** false makes a simulator without a socket: use `app.inject`. */
  readonly listen?: boolean;
}

/** An option that cannot be; the message says which, its value, and what is allowed. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
