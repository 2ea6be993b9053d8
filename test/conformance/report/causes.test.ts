import { describe, expect, it } from 'vitest';
import { consoleReport } from '../../../conformance/report/console.js';
import { htmlReport } from '../../../conformance/report/html.js';
import { colorsFor } from '../../../conformance/report/lines.js';
import { makeReport } from '../../../conformance/report/make-report.js';
import { markdownReport } from '../../../conformance/report/markdown.js';
import { replayLines } from '../../../conformance/report/replay-lines.js';
import { requirementsJunit } from '../../../conformance/report/requirements-junit.js';
import type { Failure } from '../../../conformance/scenario/play.js';
import { requirementOf, resultOf } from '../checks/made-up.js';

function failing(id: string, failure: Failure, scenario = 'name: a long story') {
  return resultOf(id, 'fail', ['A1', 'A2'], { failure: { failures: [failure], scenario, trace: '', seed: 0 } });
}

function reportOf(results: ReturnType<typeof failing>[]) {
  const selection = { only: [], level: 'should' } as const;
  const requirements = [requirementOf('A1'), requirementOf('A2')];
  return makeReport(
    { subject: 'driver', seed: 1, effort: 1 },
    { requirements, checks: results, selection, results, waivers: [], today: '2030-01-01' },
  );
}

const defect = (id: string): Failure => ({
  message: `volume ${id} raised`,
  requirement: 'A1',
  method: 'm',
  exception: 'E',
});

describe('fifteen stories of one defect', () => {
  const results = Array.from({ length: 15 }, (_, index) => failing(`s/${index + 10}`, defect(String(index))));
  const report = reportOf([
    ...results,
    failing('s/short', defect('x'), 'name: s'),
    failing('t', { message: 'other', requirement: 'A2' }),
  ]);
  const out = consoleReport(report, colorsFor({}));

  it('are one cause, shown by the shortest story', () => {
    expect(report.causes?.map(({ requirement, checks }) => [requirement, checks.length, checks[0]])).toEqual([
      ['A1', 16, 's/short'],
      ['A2', 1, 't'],
    ]);
  });

  it('are one block with a count in each report', () => {
    expect(out.match(/^FAILED \S/gm)?.length).toBe(3);
    expect(out).toContain('FAILED 16 checks: title of s/short s/short');
    expect(out).toContain('the same in s/10, s/11, s/12, s/13, s/14 and 10 more');
    expect(markdownReport(report).match(/^### fail/gm)?.length).toBe(2);
    expect(htmlReport(report).match(/<article/g)?.length).toBe(2);
    expect(requirementsJunit(report)).toContain('the same in 15 more: s/10, s/11');
  });
});

describe('many causes', () => {
  it('are shown up to twenty, with the number of the others', () => {
    const results = Array.from({ length: 33 }, (_, index) =>
      failing(`s/${index}`, { ...defect('1'), exception: `E${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${index > 25}` }),
    );
    const out = consoleReport(reportOf(results), colorsFor({}));
    expect(out.match(/^FAILED title/gm)?.length).toBe(20);
    expect(out).toContain('13 more causes are in the reports that are files');
  });
});

describe('the lines that show a failure again', () => {
  const options = {
    file: 'f.yaml',
    command: 'python3 d.py',
    patience: '20s',
    environment: { PYTHONPATH: '/opt/my drivers', HOME: '/' },
  };

  it('have what the program needs, its patience, and the seed of what is generated', () => {
    const result = { ...failing('p', defect('1')), kind: 'property' as const };
    expect(replayLines(result, options)).toEqual([
      "PYTHONPATH='/opt/my drivers' eseries-conformance replay f.yaml --subject 'python3 d.py' --patience 20s",
      "PYTHONPATH='/opt/my drivers' eseries-conformance run --only p --seed 0 --subject 'python3 d.py' --patience 20s",
    ]);
  });

  it('have nothing of that for the driver of this package', () => {
    expect(replayLines(failing('d', defect('1')), { ...options, command: undefined })).toEqual([
      'eseries-conformance replay f.yaml',
    ]);
  });
});

describe('a run that is not finished', () => {
  it('says so in its files', () => {
    const report = { ...reportOf([failing('a', defect('1'))]), unfinished: true as const };
    expect(requirementsJunit(report)).toContain('<error message="0 checks were not begun"');
    expect(htmlReport(report)).toContain('UNFINISHED, FAILED so far');
  });
});
