import type { StorageSystems } from '../array/storage-systems.js';
import type { EventBus } from './event-bus.js';

export interface SamplerOptions {
  readonly systems: StorageSystems;
  /** Waits in the host's time, in milliseconds. */
  readonly wait: (durationMs: number) => Promise<void>;
  /** Publishes what is summed up. */
  readonly flush: () => void;
}

const everyMs = 1000;

/** How many looks in a row without a reader let the bus go to sleep. */
const idleLooks = 60;

/** Once a second while a bus records: publishes summaries, and the percentage of jobs that only time moves on. */
export function addSampler(bus: EventBus, { systems, wait, flush }: SamplerOptions): void {
  bus.addSource(() => {
    let isOver = false;
    const seen = new Map<string, number>();
    const run = async () => {
      for (let idle = 0; idle < idleLooks; idle = bus.isFollowed ? 0 : idle + 1) {
        await wait(everyMs);
        if (isOver) return;
        flush();
        if (bus.isFollowed) publishProgress(bus, systems, seen);
      }
      bus.sleep();
    };
    void run();
    return () => {
      isOver = true;
    };
  });
}

function publishProgress(bus: EventBus, systems: StorageSystems, seen: Map<string, number>): void {
  const before = new Map(seen);
  seen.clear();
  for (const { id, array } of systems.list()) {
    if (array === null || array.tables.jobs.size === 0) continue;
    for (const job of array.tables.jobs.toJSON()) {
      const key = `${id} ${job.ref}`;
      const percent = array.jobs.percent(job);
      seen.set(key, percent);
      if (before.get(key) === percent) continue;
      const { ref, kind, objectRef } = job;
      bus.publish({ kind: 'job', array: id, change: 'changed', ref, job: kind, objectRef, percent });
    }
  }
}
