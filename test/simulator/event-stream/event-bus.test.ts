import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../simulator/event-stream/event-bus.js';
import type { EventReader } from '../../../simulator/event-stream/event-reader.js';
import { eventsIn } from './stream-client.js';

function newBus(capacity = 8) {
  let recordings = 0;
  const bus = new EventBus({ now: () => 1000, newRecording: () => `r${++recordings}`, capacity });
  let attached = 0;
  bus.addSource(() => {
    attached++;
    return () => attached--;
  });
  const publish = (count: number) => {
    for (let each = 0; each < count; each++) bus.publish({ kind: 'clock', mode: 'manual', nowMs: each });
  };
  return { bus, publish, attached: () => attached };
}

const read = async (reader: EventReader) => eventsIn((await reader.next()).value ?? '');

describe('the event bus', () => {
  it('attaches no source and records nothing before the first reader comes', async () => {
    const { bus, publish, attached } = newBus();
    publish(3);
    expect([bus.isRecording, attached(), bus.last]).toEqual([false, 0, 0]);
    const reader = bus.open(undefined);
    expect([bus.isRecording, attached()]).toEqual([true, 1]);
    expect(await read(reader)).toEqual([{ id: 'r1-0', kind: 'start', data: { recording: 'r1', number: 0 } }]);
  });

  it('numbers the events and gives each of them to each reader', async () => {
    const { bus, publish } = newBus();
    const readers = [bus.open(undefined), bus.open(undefined)];
    publish(2);
    for (const reader of readers)
      expect((await read(reader)).map(({ id, kind, data }) => [id, kind, data.number, data.timeMs])).toEqual([
        ['r1-0', 'start', 0, undefined],
        ['r1-1', 'clock', 1, 1000],
        ['r1-2', 'clock', 2, 1000],
      ]);
  });

  it('wakes a reader that waits', async () => {
    const { bus, publish } = newBus();
    const reader = bus.open(undefined);
    await read(reader);
    const next = read(reader);
    publish(1);
    expect((await next).map(({ id }) => id)).toEqual(['r1-1']);
  });

  it('resumes after the event that a reader names, also after a time without readers', async () => {
    const { bus, publish } = newBus();
    const first = bus.open(undefined);
    publish(2);
    await read(first);
    await first.return();
    publish(3);
    const again = await read(bus.open('r1-2'));
    expect(again.map(({ id }) => id)).toEqual(['r1-2', 'r1-3', 'r1-4', 'r1-5']);
  });

  it('tells a slow reader how many events it missed, and goes on with the oldest that is kept', async () => {
    const { bus, publish } = newBus(8);
    const slow = bus.open(undefined);
    await read(slow);
    publish(20);
    const events = await read(slow);
    expect(events[0]).toEqual({ id: 'r1-12', kind: 'missed', data: { count: 12 } });
    expect(events.slice(1).map(({ data }) => data.number)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('tells a reader of another recording that it missed events whose number is not known', async () => {
    const { bus, publish } = newBus();
    bus.open(undefined);
    publish(2);
    for (const id of ['elsewhere-1', 'r1-99', 'garbage', '<r1>-1'])
      expect((await read(bus.open(id))).map(({ kind, data }) => [kind, data.count])).toEqual([
        ['start', undefined],
        ['missed', null],
      ]);
  });

  it('goes to sleep when a ring full of events has passed without a reader, and begins another recording then', async () => {
    const { bus, publish, attached } = newBus(8);
    await bus.open(undefined).return();
    publish(7);
    expect(bus.isRecording).toBe(true);
    publish(1);
    expect([bus.isRecording, attached()]).toEqual([false, 0]);
    const events = await read(bus.open('r1-2'));
    expect(events.map(({ id, kind }) => [id, kind])).toEqual([
      ['r2-0', 'start'],
      ['r2-0', 'missed'],
    ]);
  });

  it('ends a reader that waits', async () => {
    const { bus } = newBus();
    const reader = bus.open(undefined);
    await read(reader);
    const next = reader.next();
    await reader.return();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(bus.readerCount).toBe(0);
  });

  it('gives a reader the kinds and the array that it asks for, and what is for no array', async () => {
    const { bus } = newBus();
    const reader = bus.open(undefined, { array: '1', kinds: new Set(['replaced', 'fault']) });
    bus.publish({ kind: 'replaced', array: '1', by: 'reset' });
    bus.publish({ kind: 'replaced', array: '2', by: 'reset' });
    bus.publish({ kind: 'clock', mode: 'manual', nowMs: 1 });
    bus.publish({ kind: 'fault', array: null, change: 'added', rule: 'f' });
    expect((await read(reader)).map(({ kind, data }) => [kind, data.number])).toEqual([
      ['start', 0],
      ['replaced', 1],
      ['fault', 4],
    ]);
  });
});
