import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../conformance/checks/check.js';
import { directChecks } from '../../../conformance/checks/direct.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { secondDriverFolder } from '../mutants/python/changed-package.js';
import { programSubject } from './program-subject.js';
import { pythonWithCinder } from './python-programs.js';
import { secondDriver } from './second-driver.js';

const python = pythonWithCinder();

/** A few stories over the wire, as a test has no time for more: `npm run second-driver` plays all. */
const stories = ['group/snapshot-and-restore', 'volume/life-in-both-kinds-of-pools'];

describe.skipIf(python === undefined)('the second driver, with real Cinder', () => {
  it('makes, attaches, extends, copies and deletes volumes, alone and in groups', { timeout: 600_000 }, async () => {
    const subject = programSubject(secondDriver(python ?? '', secondDriverFolder));
    const started = await subject({ configuration: {} });
    const { methods, constants = {} } = started;
    await started.close();
    const checks = (await directChecks()).filter(({ id }) => stories.includes(id));
    const results = await runChecks(checks, { subject, methods, constants, seed: 1 });
    expect(results.map(told)).toEqual(stories.toSorted().map((id) => ({ id, outcome: 'pass' })));
  });
});

function told({ id, outcome, reason, failure }: CheckResult) {
  const why = [reason ?? [], failure?.failures.map(({ message }) => message) ?? []].flat();
  return why.length === 0 ? { id, outcome } : { id, outcome, why };
}
