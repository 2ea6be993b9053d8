import { describe, expect, it } from 'vitest';
import { nullRef } from '../../../../simulator/array/refs.js';
import { VolumeEx } from '../../../../simulator/rest/objects/volumes.js';
import { blank } from '../../../../simulator/rest/schemas/blank.js';
import {
  boolean,
  DateTime,
  Int64,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  text,
} from '../../../../simulator/rest/schemas/types.js';

describe('a blank object', () => {
  it('has a neutral value for every kind of property', () => {
    const schema = object({
      label: text(),
      volumeRef: text(),
      capacity: Int64,
      createdAt: DateTime,
      blkSize: integer(),
      ratio: number(),
      offline: boolean(),
      extents: list(text()),
      cache: nullable(object({ cwob: boolean() })),
      location: object({ trayRef: text(), slot: integer() }),
    });
    expect(blank(schema)).toEqual({
      label: '',
      volumeRef: nullRef,
      capacity: '0',
      createdAt: '1970-01-01T00:00:00Z',
      blkSize: 0,
      ratio: 0,
      offline: false,
      extents: [],
      cache: null,
      location: { trayRef: nullRef, slot: 0 },
    });
  });

  it('takes the word for nothing special of an enumeration, else the first', () => {
    const schema = object({
      action: oneOf('copyback', 'unknown', 'none'),
      kind: oneOf('hdd', 'unknown'),
      status: oneOf('failed', 'optimal'),
      raidLevel: oneOf('raid0', 'raid1'),
    });
    expect(blank(schema)).toEqual({ action: 'none', kind: 'unknown', status: 'optimal', raidLevel: 'raid0' });
  });

  it('has every property of a volume', () => {
    const volume = blank(VolumeEx);
    expect(Object.keys(volume)).toEqual(Object.keys(VolumeEx.properties));
    expect(volume).toMatchObject({ action: 'none', status: 'optimal', capacity: '0', cache: null, listOfMappings: [] });
    expect(volume.volumeRef).toBe(nullRef);
  });

  it('is a new object each time', () => {
    const first = blank(VolumeEx);
    first.label = 'changed';
    expect(blank(VolumeEx).label).toBe('');
  });
});
