import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What the driver needs of the world around it, so that tests need not wait. */
export interface Runtime {
  /** Waits that many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** The time in milliseconds; only differences matter. */
  now(): number;
  /** Brings `now` up to date, where it is known from answers only. */
  readTime?(): Promise<void>;
  /** A UUID that no other client has. */
  randomUuid(): string;
  readonly logger: Logger;
  /** Carries the requests; by default connections to the array, as the configuration says. */
  readonly dispatcher?: Dispatcher | undefined;
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export function runtimeOf(given: Partial<Runtime>): Runtime {
  return {
    sleep: given.sleep ?? ((milliseconds) => sleep(milliseconds)),
    now: given.now ?? (() => Math.floor(process.uptime() * 1000)),
    ...(given.readTime === undefined ? {} : { readTime: given.readTime }),
    randomUuid: given.randomUuid ?? randomUUID,
    logger: given.logger ?? silent,
    dispatcher: given.dispatcher,
  };
}
