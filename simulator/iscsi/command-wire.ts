import type { SessionParameters } from './negotiation.js';

/** What sends the answers of commands. */
export interface CommandWire {
  readonly parameters: SessionParameters;
  send(header: Buffer, pieces?: readonly Uint8Array[], dataBytes?: number): void;
  /** Puts the serial numbers into a header that bears no status. */
  stamp(header: Buffer): void;
  /** The same for one that bears a status, which takes a serial number. */
  stampStatus(header: Buffer): void;
  reject(header: Buffer, reason: number): void;
  /** Whether so much may be sent now; where it is sent as it lies in memory it always may. */
  hasRoomToSend(bytes: number): boolean;
  /** A command failed in a way that must not be: the connection ends. */
  destroy(): void;
}
