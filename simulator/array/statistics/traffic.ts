import type { Demand } from './demand.js';

/** What flows between hosts and one volume by one host port and the controller that owns the volume, as plain data. */
export interface SavedFlow extends Omit<Demand, 'readHitOps' | 'readHitBytes'> {
  readonly volumeRef: string;
  /** The controller that did the work. */
  readonly controllerRef: string;
  /** The host port; null for what came by the control API. */
  readonly portRef: string | null;
}

/**
 * Counts the traffic of hosts. Every command adds to a few numbers here; what they mean for the parts of the array is
 * worked out when someone asks.
 */
export class TrafficFlow implements SavedFlow {
  readOps = 0;
  readBytes = 0;
  writeOps = 0;
  writeBytes = 0;
  otherOps = 0;
  randomReadOps = 0;
  randomReadBytes = 0;
  randomWriteOps = 0;
  randomWriteBytes = 0;
  /** Where the last operation ended: one that begins elsewhere is random. */
  private nextOffset = 0;

  constructor(
    readonly volumeRef: string,
    readonly controllerRef: string,
    readonly portRef: string | null,
    /** Tells flows apart that were begun before the counters were reset. */
    readonly generation: number,
  ) {}

  static resume(saved: SavedFlow, generation: number): TrafficFlow {
    const { volumeRef, controllerRef, portRef, ...counts } = saved;
    return Object.assign(new TrafficFlow(volumeRef, controllerRef, portRef, generation), counts);
  }

  read(offset: number, bytes: number): void {
    this.readOps++;
    this.readBytes += bytes;
    if (offset !== this.nextOffset) {
      this.randomReadOps++;
      this.randomReadBytes += bytes;
    }
    this.nextOffset = offset + bytes;
  }

  wrote(offset: number, bytes: number): void {
    this.writeOps++;
    this.writeBytes += bytes;
    if (offset !== this.nextOffset) {
      this.randomWriteOps++;
      this.randomWriteBytes += bytes;
    }
    this.nextOffset = offset + bytes;
  }

  other(): void {
    this.otherOps++;
  }

  /** How many operations there were. */
  get ops(): number {
    return this.readOps + this.writeOps + this.otherOps;
  }

  /** What was asked so far. Reads that go on where the last operation ended were read ahead: the cache holds them. */
  demand(): Demand {
    const { readOps, readBytes, writeOps, writeBytes, otherOps } = this;
    const { randomReadOps, randomReadBytes, randomWriteOps, randomWriteBytes } = this;
    return {
      readOps,
      readBytes,
      writeOps,
      writeBytes,
      otherOps,
      randomReadOps,
      randomReadBytes,
      randomWriteOps,
      randomWriteBytes,
      readHitOps: readOps - randomReadOps,
      readHitBytes: readBytes - randomReadBytes,
    };
  }

  toJSON(): SavedFlow {
    const { readHitOps: _ops, readHitBytes: _bytes, ...counts } = this.demand();
    return { volumeRef: this.volumeRef, controllerRef: this.controllerRef, portRef: this.portRef, ...counts };
  }
}

export const noDemand: Demand = {
  readOps: 0,
  readBytes: 0,
  writeOps: 0,
  writeBytes: 0,
  otherOps: 0,
  randomReadOps: 0,
  randomReadBytes: 0,
  randomWriteOps: 0,
  randomWriteBytes: 0,
  readHitOps: 0,
  readHitBytes: 0,
};
