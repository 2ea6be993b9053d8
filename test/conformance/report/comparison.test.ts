import { describe, expect, it } from 'vitest';
import { badge } from '../../../conformance/report/badge.js';
import { compareReports, comparisonText } from '../../../conformance/report/comparison.js';
import { differencesOf } from '../../../conformance/report/differences.js';
import { htmlComparison } from '../../../conformance/report/html-comparison.js';
import { report } from './made-up.js';

/** The same driver later: A1 holds, A6 is gone. */
const later = {
  ...report,
  subject: 'Made-up <driver> 1.1',
  requirements: report.requirements
    .filter(({ id }) => id !== 'A6')
    .map((each) => (each.id === 'A1' ? { ...each, outcome: 'pass' as const } : each)),
};

const comparison = compareReports([
  { file: 'one.json', report },
  { file: 'two.json', report: later },
]);

describe('reports side by side', () => {
  it('have an outcome each for every requirement, what differs first', () => {
    expect(comparison.requirements.map(({ id, outcomes, differs }) => [id, ...outcomes, differs])).toEqual([
      ['A1', 'fail', 'pass', true],
      ['A6', 'not exercised', null, true],
      ['A2', 'error', 'error', false],
      ['A3', 'pass', 'pass', false],
      ['A4', 'skipped', 'skipped', false],
      ['A5', 'waived', 'waived', false],
    ]);
    expect(comparison.reports[1]).toMatchObject({ file: 'two.json', counts: { pass: 2, error: 1 } });
  });

  it('as text: each report, then what differs', () => {
    expect(comparisonText(comparison)).toMatchInlineSnapshot(`
      "1  FAILED Made-up <driver> 1.0 (one.json): 1 fail, 1 error, 1 not exercised, 1 waived, 1 skipped, 1 pass
      2  FAILED Made-up <driver> 1.1 (two.json): 1 error, 1 waived, 1 skipped, 2 pass

      2 requirements differ:
      A1                                           fail          pass
      A6                                           not exercised -
      "
    `);
  });

  it('as a page: escaped, without anything of another host, and with the trend as numbers', () => {
    const page = htmlComparison(comparison);
    expect(page).toContain('Made-up &lt;driver&gt; 1.1');
    expect(page).not.toMatch(/<driver>|<link|<img|https?:\/\/|url\(| style=/);
    expect(page).toContain('2 of 6 requirements differ.');
    expect(page).toMatch(
      /<tr data-differs="true"><th scope="row"><code>A1<\/code>[\s\S]*?>fail<\/td>[\s\S]*?>pass<\/td>/,
    );
    expect(page).toMatch(/<th scope="row">Made-up &lt;driver&gt; 1.1[\s\S]*?<td>FAILED<\/td><td>0<\/td><td>1<\/td>/);
  });
});

describe('the badge', () => {
  it('says how many of the requirements that count hold, in words too', () => {
    const svg = badge(report);
    expect(svg).toContain('<title>Cinder conformance: FAILED, 1 of 6 requirements hold</title>');
    expect(svg).toContain('>1 of 6</text>');
    expect(svg).toContain('fill="#b3211c"');
    expect(badge({ ...report, verdict: 'pass' })).toContain('fill="#116329"');
  });

  it('says that nothing was judged where nothing was', () => {
    const unjudged = { ...report, verdict: 'error' as const };
    expect(badge(unjudged)).toContain('>could not be judged</text>');
  });
});

describe('differences', () => {
  it('names each place where what was found is not what was expected', () => {
    const expected = { volumes: [{ label: 'a', size: 1 }], hosts: [] };
    const found = { volumes: [{ label: 'b', size: 1 }, { label: 'c' }], hosts: [] };
    expect(differencesOf(expected, found)).toEqual([
      { path: 'volumes[0].label', expected: '"a"', found: '"b"' },
      { path: 'volumes[1]', expected: undefined, found: '{"label":"c"}' },
    ]);
    expect(differencesOf(found, found)).toEqual([]);
    expect(differencesOf([1], { 0: 1 })).toEqual([{ path: '', expected: '[1]', found: '{"0":1}' }]);
  });
});
