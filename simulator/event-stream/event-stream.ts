import { randomBytes } from 'node:crypto';
import { type Clock, realClock } from '../array/clock.js';
import type { StorageArray } from '../array/storage-array.js';
import type { ControlRoutes } from '../control/control-app.js';
import type { IscsiObserver } from '../iscsi/observer.js';
import { EventBus } from './event-bus.js';
import { IscsiEvents, type WireEvent } from './iscsi-events.js';
import type { EventContent } from './live-event.js';
import { addSampler } from './sampler.js';
import { addSources, type Watched } from './sources.js';
import { streamRoute } from './stream-route.js';

/** The events of one process, and where they come in and go out. */
export interface EventStream {
  /** Adds the route that clients read. */
  addRoute(routes: ControlRoutes): void;
  /** What the iSCSI target of an array tells. */
  observerOf(array: StorageArray): IscsiObserver;
  /** Calls back with logins, ends of sessions and summaries of commands, until the answer is called. */
  onWire(listener: (event: WireEvent) => void): () => void;
  /** The clock was advanced or goes at another pace. */
  clockChanged(): void;
}

/** Makes the event stream of a process. Nothing is watched before the first reader comes. */
export function eventStream({ clock, ...watched }: Watched & { readonly clock: Clock }): EventStream {
  const bus = new EventBus({ now: () => clock.now(), newRecording: () => randomBytes(6).toString('hex') });
  addSources(bus, watched);
  const iscsi = new IscsiEvents(bus, watched.systems);
  const host = realClock();
  addSampler(bus, { systems: watched.systems, wait: (ms) => host.wait(ms), flush: () => iscsi.flush() });
  return {
    addRoute: (routes) => streamRoute(routes, bus),
    observerOf: (array) => iscsi.observerOf(array),
    onWire: (listener) =>
      bus.listen((event) => {
        if (isOfTheWire(event)) listener(event);
      }),
    clockChanged: () => bus.publish({ kind: 'clock', mode: clock.mode, nowMs: clock.now() }),
  };
}

function isOfTheWire(event: EventContent): event is WireEvent {
  return event.kind === 'login' || event.kind === 'logout' || event.kind === 'commands';
}
