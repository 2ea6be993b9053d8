import type { EventRecord } from '../../array/records.js';
import { seconds } from '../epoch-seconds.js';
import { ComponentTypeName, PriorityName } from '../schemas/enums.js';
import { EventControl } from '../schemas/events.js';
import { ComponentLocation, ExtendedComponentLocation } from '../schemas/locations.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, nullable, object, oneOf, text } from '../schemas/types.js';

const event = showing<{ event: EventRecord }>();

export const MelEntryEx = object({
  sequenceNumber: event.shown(Int64, ({ event }) => String(event.sequence)),
  eventType: event.shown(integer(), ({ event }) => event.eventType),
  timeStamp: event.shown(Int64, ({ event }) => seconds(event.timeMs)),
  category: event.shown(
    oneOf('error', 'failure', 'command', 'notification', 'stateChange', 'hostEntry', 'general', '__UNDEFINED'),
    ({ event }) => event.category,
  ),
  componentType: event.shown(ComponentTypeName, ({ event }) => event.componentType),
  componentLocation: nullable(ComponentLocation),
  locationValid: event.shown(boolean(), ({ event }) => event.location !== ''),
  priority: event.shown(PriorityName, ({ event }) => event.priority),
  eventSourceController: integer(),
  senseKey: integer(),
  rawData: event.always(text(), ''),
  extComponentLocation: nullable(ExtendedComponentLocation),
  controlParams: nullable(EventControl),
  description: event.shown(text(), ({ event }) => event.description),
  location: event.shown(text(), ({ event }) => event.location),
  id: event.shown(text(), ({ event }) => String(event.sequence)),
  critical: event.shown(boolean(), ({ event }) => event.priority === 'priorityCritical'),
  asc: integer(),
  ascq: integer(),
});

const eventObject = event.viewOf(MelEntryEx);

export function eventView(event: EventRecord): Shown<typeof MelEntryEx> {
  return eventObject({ event });
}
