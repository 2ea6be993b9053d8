import { describe, expect, it } from 'vitest';
import { labelOf, uuidOf } from '../../driver/labels.js';

describe('labels of UUIDs', () => {
  it.each([
    ['e67e931a-b2ed-4890-938b-3acc6a517fac', '4Z7JGGVS5VEJBE4LHLGGUUL7VQ'],
    ['114774fb-e15a-4fae-8ee2-c9723e3645ef', 'CFDXJ67BLJH25DXCZFZD4NSF54'],
    ['00000000-0000-0000-0000-000000000000', 'AAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '77777777777777777777777774'],
  ])('%s is %s on the array', (uuid, label) => {
    expect(labelOf(uuid)).toBe(label);
    expect(labelOf(uuid.replaceAll('-', '').toUpperCase())).toBe(label);
    expect(uuidOf(label)).toBe(uuid);
  });

  it('refuses what is not the label of a UUID, and what is not a UUID', () => {
    for (const label of ['', 'foreign', 'tmp-foo', '77777777777777777777777775', 'a'.repeat(26)])
      expect(uuidOf(label)).toBeUndefined();
    for (const text of ['', 'x', '123', `${'0'.repeat(31)}g`]) expect(() => labelOf(text)).toThrow(/no UUID/);
  });
});
