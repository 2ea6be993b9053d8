import type { Totals } from './counters.js';

/** The totals at the ends of the last intervals, oldest first. They are made when someone looks, or something changes. */
export class Collections {
  private samples: Totals[] = [];
  private anchorMs = 0;
  private intervalMs = 1;
  /** When the next one is due. */
  nextMs = Number.POSITIVE_INFINITY;

  constructor(private readonly most: number) {}

  /** Forgets what there is; the first collection is one interval away. */
  restart(anchorMs: number, intervalMs: number): void {
    this.samples = [];
    this.anchorMs = anchorMs;
    this.intervalMs = intervalMs;
    this.nextMs = anchorMs + intervalMs;
  }

  /** Makes the collections whose time has come. Nothing may have changed since the last one was due. */
  keepUp(nowMs: number, totalsAt: (timeMs: number) => Totals): void {
    if (nowMs < this.nextMs) return;
    const passed = Math.floor((nowMs - this.anchorMs) / this.intervalMs);
    const first = Math.max(this.nextMs, this.anchorMs + (passed - this.most + 1) * this.intervalMs);
    const last = this.anchorMs + passed * this.intervalMs;
    for (let timeMs = first; timeMs <= last; timeMs += this.intervalMs) this.samples.push(totalsAt(timeMs));
    this.samples.splice(0, this.samples.length - this.most);
    this.nextMs = last + this.intervalMs;
  }

  get interval(): number {
    return this.intervalMs;
  }

  get latest(): Totals | undefined {
    return this.samples.at(-1);
  }

  /** The intervals between two collections, latest first. */
  windows(): CollectedWindow[] {
    return this.samples
      .flatMap((end, index) => {
        const start = this.samples[index - 1];
        return start === undefined ? [] : [{ start, end }];
      })
      .reverse();
  }
}

export interface CollectedWindow {
  readonly start: Totals;
  readonly end: Totals;
}
