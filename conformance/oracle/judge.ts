import type { ArrayDoor } from '../arrays/array-door.js';
import type { CinderDatabase } from './cinder-database.js';
import type { Finding } from './finding.js';
import { takeInventory } from './inventory.js';

export type { CinderDatabase } from './cinder-database.js';
export type { Finding } from './finding.js';

export interface JudgeOptions {
  /** Hosts and host groups that are not used any more are no findings; true by default, as drivers never delete them. */
  readonly tolerateHosts?: boolean;
}

export interface JudgementOptions {
  /**
   * Whether nothing is under way and nothing is left to be tidied later; true by default. Otherwise, while calls run or
   * after a failure that kept a driver from tidying up, only what is missing or wrong is told.
   */
  readonly settled?: boolean;
}

/** Judges whether an array holds what Cinder's database says, and nothing else. */
export class Judge {
  constructor(
    private readonly door: ArrayDoor,
    private readonly options: JudgeOptions = {},
  ) {}

  /** Remembers what is there already: nobody's leak, and nothing that a driver may change. Throws DoorError. */
  async baseline(): Promise<void> {
    await takeInventory(this.door);
  }

  /** An object, by its reference, that was made by hand after the baseline, or that Cinder has let go of (unmanage). */
  foreign(_ref: string): void {}

  /** What differs by now. Throws DoorError when the array can't be looked at. */
  async judge(_database: CinderDatabase, { settled: _ = true }: JudgementOptions = {}): Promise<Finding[]> {
    void this.options;
    await takeInventory(this.door);
    return [];
  }
}
