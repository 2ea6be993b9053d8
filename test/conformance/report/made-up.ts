import { makeReport } from '../../../conformance/report/make-report.js';
import type { CheckReport, ConformanceReport } from '../../../conformance/report/report.js';
import { requirementOf, resultOf } from '../checks/made-up.js';

const trace = [
  { trace: 1, scenario: 'made up', seed: 0 },
  { step: 1, what: 'create_volume as: <vol>', atMs: 0 },
  { call: 'create_volume', args: { volume: { id: '<script>alert(1)</script>' } }, raised: { class: 'NotFound' } },
  { request: 'POST /devmgr/v2/storage-systems/1/volumes', atMs: 5, body: { label: 'a&b' }, status: 422, answer: {} },
  { event: { kind: 'volume-created' } },
  { end: { failures: [] } },
];

const failing: CheckReport = resultOf('volume/create', 'fail', ['A1'], {
  title: 'Volumes | are <made>',
  failure: {
    failures: [{ message: 'the size is <wrong>', expected: 1, found: '2 & more', requirement: 'A1' }],
    scenario: 'name: made up\nsteps: []\n',
    trace: `${trace.map((line) => JSON.stringify(line)).join('\n')}\n`,
    seed: 0,
  },
});

export const checks: readonly CheckReport[] = [
  { ...failing, replay: ['eseries-conformance replay conformance-failures/volume/create.yaml'] },
  resultOf('attach/broken', 'error', ['A2']),
  resultOf('attach/fine', 'pass', ['A3']),
  resultOf('group/optional', 'skipped', ['A4']),
  resultOf('group/known', 'fail', ['A5']),
];

export const requirements = [
  requirementOf('A1'),
  requirementOf('A2', { level: 'should' }),
  requirementOf('A3'),
  requirementOf('A4', { level: 'should' }),
  requirementOf('A5'),
  requirementOf('A6'),
];

export const waivers = [
  { id: 'A5', reason: 'known', owner: 'ann', expires: '2030-12-31' },
  { id: 'A3', reason: 'long mended', owner: 'bob', expires: '2030-12-31' },
];

/** One of each outcome, and a stale waiver. */
export const report: ConformanceReport = makeReport(
  { subject: 'Made-up <driver> 1.0', seed: 7, effort: 1 },
  { requirements, checks, selection: { only: [], level: 'should' }, results: checks, waivers, today: '2030-06-01' },
);
