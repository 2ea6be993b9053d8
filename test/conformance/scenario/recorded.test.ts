import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { type JournalRequest, recordedScenario } from '../../../conformance/scenario/recorded.js';

const pools = [
  { id: '0400000001', label: 'used' },
  { id: '0400000002', label: 'not used' },
];

function request(method: string, path: string, status: number, body: unknown, answer: unknown): JournalRequest {
  return { timeMs: 0, array: '1', method, url: `/devmgr/v2/storage-systems/1/${path}`, status, body, answer };
}

describe('A recorded story', () => {
  it('means pools by their labels, and what it made by names', () => {
    const text = recordedScenario(
      [
        request('POST', 'volumes', 200, { poolId: '0400000001', name: 'v' }, { id: '0200000001' }),
        request('DELETE', 'volumes/0200000001', 204, null, null),
      ],
      { name: 'n', pools },
    );
    expect(readScenario(text, 'f').scenario).toMatchObject({
      array: { changes: [{ rest: 'GET storage-pools/used', as: 'pool-1' }] },
      steps: [
        { rest: 'POST volumes', as: 'volume-1', body: { poolId: '{pool-1}', name: 'v' } },
        { rest: 'DELETE volumes/{volume-1}' },
      ],
    });
  });

  it('does not look for pools that it does not mean', () => {
    const text = recordedScenario([request('DELETE', 'hosts/84', 404, null, null)], { name: 'n', pools });
    expect(readScenario(text, 'f').scenario.array).toEqual({});
  });
});
