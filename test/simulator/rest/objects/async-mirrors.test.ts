import { Errors } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import type { AsyncMirrorGroupRecord } from '../../../../simulator/array/records.js';
import { AsyncMirrorGroupEx, groupView } from '../../../../simulator/rest/objects/async-mirrors.js';
import { newArray } from '../../arrays.js';

const group: AsyncMirrorGroupRecord = {
  ref: '4E'.padEnd(40, '0'),
  label: 'mirrors',
  wwn: 'A'.repeat(32),
  role: 'primary',
  syncIntervalMinutes: 10,
  syncWarnThresholdMinutes: 10,
  recoveryWarnThresholdMinutes: 20,
  repositoryWarnThreshold: 80,
  connection: 'fibre',
  peerWwn: 'B'.repeat(32),
  peerLabel: 'other',
  suspended: false,
  lastSyncMs: 0,
};

describe('an asynchronous mirror group on the wire', () => {
  it('names its connection by the documented words: fc for Fibre Channel', () => {
    const { array } = newArray();
    const shown = groupView(array, group);
    expect(Errors(AsyncMirrorGroupEx, shown)).toEqual([]);
    expect(shown.connectionType).toBe('fc');
    expect(groupView(array, { ...group, connection: 'iscsi' }).connectionType).toBe('iscsi');
  });
});
