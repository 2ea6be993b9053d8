import { describe, expect, it } from 'vitest';
import { showing } from '../../../../simulator/rest/schemas/shown.js';
import { Int64, integer, list, object, only, text, without } from '../../../../simulator/rest/schemas/types.js';

interface Facts {
  readonly disk: { readonly ref: string; readonly bytes: number };
}

const disk = showing<Facts>();

const Disk = object({
  diskRef: disk.shown(text(), ({ disk }) => disk.ref),
  capacity: disk.shown(Int64, ({ disk }) => String(disk.bytes)),
  vendor: disk.always(text(), 'NETAPP'),
  temperature: integer(),
  channels: list(integer()),
});

const facts: Facts = { disk: { ref: '01', bytes: 512 } };

describe('a wire object', () => {
  it('shows what each property says of the array, and neutral values elsewhere, in the order of its schema', () => {
    const shown = disk.viewOf(Disk)(facts);
    expect(Object.entries(shown)).toEqual([
      ['diskRef', '01'],
      ['capacity', '512'],
      ['vendor', 'NETAPP'],
      ['temperature', 0],
      ['channels', []],
    ]);
  });

  it('is described by the schemas alone', () => {
    expect(JSON.parse(JSON.stringify(Disk.properties.capacity))).toEqual(JSON.parse(JSON.stringify(Int64)));
    expect(Disk.required).toEqual(Object.keys(Disk.properties));
  });

  it('is made anew each time', () => {
    const view = disk.viewOf(Disk);
    expect(view(facts)).not.toBe(view(facts));
    expect(view({ disk: { ref: '02', bytes: 1 } })).toMatchObject({ diskRef: '02', capacity: '1' });
  });

  it('shares its properties with a smaller one', () => {
    expect(disk.viewOf(without(Disk, 'vendor', 'channels'))(facts)).toEqual({
      diskRef: '01',
      capacity: '512',
      temperature: 0,
    });
    expect(Object.entries(disk.viewOf(only(Disk, 'vendor', 'diskRef'))(facts))).toEqual([
      ['vendor', 'NETAPP'],
      ['diskRef', '01'],
    ]);
  });
});
