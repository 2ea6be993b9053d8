import { describe, expect, it } from 'vitest';
import { applicability, cinderMethods, missingMethods } from '../../../conformance/subjects/methods.js';

describe('the documented methods', () => {
  it('are the 27 of the driver’s documentation, and optional ones', () => {
    const mandatory = Object.values(cinderMethods).filter((each) => each.mandatory);
    expect(mandatory).toHaveLength(27);
    expect(cinderMethods.revert_to_snapshot?.mandatory).toBe(false);
  });

  it('are missed where they are mandatory', () => {
    const all = new Set(Object.keys(cinderMethods));
    expect(missingMethods(all)).toEqual([]);
    all.delete('retype');
    all.delete('unmanage');
    expect(missingMethods(all)).toEqual(['unmanage']);
  });

  it('make a check run, skipped with the reason, or failed', () => {
    const has = new Set(['create_volume']);
    expect(applicability(has, ['create_volume'])).toEqual({ run: true });
    expect(applicability(has, ['create_volume', 'retype'])).toEqual({
      run: false,
      verdict: 'skipped',
      reason: 'The driver does not have the optional retype.',
    });
    expect(applicability(has, ['retype', 'get_pool'])).toEqual({
      run: false,
      verdict: 'failed',
      reason: 'The driver lacks get_pool.',
    });
  });
});
