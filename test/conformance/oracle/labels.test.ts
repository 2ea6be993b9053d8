import { describe, expect, it } from 'vitest';
import { findVolume, labelOf, pattern, uuidOf } from '../../../conformance/oracle/index.js';

describe('a label', () => {
  it.each([
    ['e67e931a-b2ed-4890-938b-3acc6a517fac', '4Z7JGGVS5VEJBE4LHLGGUUL7VQ'],
    ['114774fb-e15a-4fae-8ee2-c9723e3645ef', 'CFDXJ67BLJH25DXCZFZD4NSF54'],
    ['00000000-0000-0000-0000-000000000000', 'AAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '77777777777777777777777774'],
  ])('is %s in base 32', (uuid, label) => {
    expect(labelOf(uuid)).toBe(label);
    expect(uuidOf(label)).toBe(uuid);
  });

  it.each(['repos_0001', 'tmp-foo', 'volume', '77777777777777777777777777', 'AAAAAAAAAAAAAAAAAAAAAAAAAASGCV'])(
    '%s is no UUID’s',
    (label) => {
      expect(uuidOf(label)).toBeUndefined();
    },
  );

  it('is of UUIDs only', () => {
    expect(() => labelOf('volume')).toThrow(TypeError);
  });

  it('is the name id’s after a migration', () => {
    const id = '114774fb-e15a-4fae-8ee2-c9723e3645ef';
    const volume = { volumeRef: '02', label: labelOf(id), capacity: '0', volumeGroupRef: '04' };
    const volumes = [volume];
    expect(findVolume({ volumes }, { id: 'e67e931a-b2ed-4890-938b-3acc6a517fac', _name_id: id })).toBe(volume);
    expect(findVolume({ volumes }, { id, _name_id: null })).toBe(volume);
    expect(findVolume({ volumes }, { id: 'e67e931a-b2ed-4890-938b-3acc6a517fac' })).toBeUndefined();
  });
});

describe('a pattern', () => {
  it('is the same wherever it is begun', () => {
    const whole = pattern('volume', 0, 4096);
    for (const [offset, length] of [
      [0, 512],
      [512, 1024],
      [100, 7],
      [511, 2],
      [4095, 1],
    ] as const)
      expect(pattern('volume', offset, length).equals(whole.subarray(offset, offset + length))).toBe(true);
  });

  it('differs by name and by block', () => {
    const blocks = [0, 512, 2 ** 33].flatMap((at) =>
      ['one', 'two'].map((name) => pattern(name, at, 512).toString('hex')),
    );
    expect(new Set(blocks).size).toBe(6);
  });
});
