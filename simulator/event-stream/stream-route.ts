import { ControlError, type ControlRoutes } from '../control/control-app.js';
import { HttpResponse, headerOf } from '../http/messages.js';
import type { EventBus } from './event-bus.js';
import { eventKinds } from './live-event.js';

/** How many read at a time. */
const mostReaders = 64;

/** Server-sent events of what happens in the process. */
export function streamRoute(routes: ControlRoutes, bus: EventBus): void {
  routes.on(
    {
      method: 'GET',
      path: '/events/stream',
      summary:
        'What happens, as server-sent events; resumes by Last-Event-ID (or ?lastEventId); ?array=ID, ?kinds=request,fault',
    },
    ({ query, request }) => {
      if (bus.readerCount >= mostReaders)
        throw new ControlError(503, 'tooManyReaders', `${mostReaders} clients read the event stream already.`);
      const lastId = headerOf(request, 'last-event-id') ?? query.lastEventId;
      const reader = bus.open(lastId, { array: query.array, kinds: kindsIn(query.kinds) });
      const headers = [
        ['content-type', 'text/event-stream; charset=utf-8'],
        ['cache-control', 'no-store'],
      ] as const;
      return new HttpResponse(200, headers, '', undefined, reader);
    },
  );
}

function kindsIn(given: string | undefined): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  const kinds = given.split(',');
  const unknown = kinds.find((kind) => !eventKinds.some((each) => each === kind));
  if (unknown !== undefined)
    throw new ControlError(
      422,
      'invalidField',
      `There is no kind of event '${unknown}': allowed are ${eventKinds.join(', ')}.`,
      'kinds',
    );
  return new Set(kinds);
}
