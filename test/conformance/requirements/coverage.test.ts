import { describe, expect, it } from 'vitest';
import { allChecks } from '../../../conformance/checks/all-checks.js';
import { requirements } from '../../../conformance/requirements/index.js';

const checks = await allChecks();
const verified = new Set(checks.flatMap(({ verifies }) => verifies));

describe('the checks', () => {
  it('have ids of their own', () => {
    const ids = checks.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('verify requirements that there are', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect([...verified].filter((id) => !known.has(id))).toEqual([]);
  });

  it('leave no requirement without one, but for what cannot be shown from outside', () => {
    const observable = requirements.filter(({ unobservable }) => unobservable === undefined);
    expect(observable.map(({ id }) => id).filter((id) => !verified.has(id))).toEqual([]);
  });
});
