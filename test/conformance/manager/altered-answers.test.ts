import { describe, expect, it } from 'vitest';
import { alterAnswer } from '../../../conformance/manager/altered-answers.js';

describe('the objects of an answer', () => {
  it('are the manager’s: statistics get its figures', () => {
    const stats = { pools: [{ pool_name: 'a', free_capacity_gb: 5 }] };
    expect(alterAnswer('get_volume_stats', stats)).toBeUndefined();
    expect(stats.pools).toEqual([
      { pool_name: 'a', free_capacity_gb: 0, allocated_capacity_gb: 0, filter_function: null, goodness_function: null },
    ]);
  });

  it('get the manager’s access mode in a connection', () => {
    const info = { data: { target_lun: 1 } };
    alterAnswer('initialize_connection', info);
    expect(info.data).toEqual({ target_lun: 1, access_mode: 'rw', qos_specs: null, encrypted: false });
  });

  it('lose their ids to the database', () => {
    const answer = [{ status: 'deleted' }, [{ id: 'a', status: 'deleted' }]];
    alterAnswer('delete_group', answer);
    expect(answer).toEqual([{ status: 'deleted' }, [{ status: 'deleted' }]]);
  });

  it('are told when they can’t be altered', () => {
    expect(alterAnswer('get_volume_stats', Object.freeze({}))).toMatch(
      /^what get_volume_stats returned can't be altered/,
    );
  });
});
