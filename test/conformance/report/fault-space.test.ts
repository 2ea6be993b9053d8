import { describe, expect, it } from 'vitest';
import type { Explored } from '../../../conformance/checks/check.js';
import { consoleReport } from '../../../conformance/report/console.js';
import { faultSpaceOf } from '../../../conformance/report/fault-space.js';
import { htmlReport } from '../../../conformance/report/html.js';
import { jsonReport, parseReport } from '../../../conformance/report/json.js';
import { colorsFor } from '../../../conformance/report/lines.js';
import { resultOf } from '../checks/made-up.js';
import { report } from './made-up.js';

const explored = (fault: string, outcomes: Explored['outcomes'], method = 'create_volume'): Explored => ({
  method,
  situation: '1: nothing <before>',
  fault,
  places: ['GET volumes', 'POST volumes'],
  outcomes,
});

const checks = [
  resultOf('explore/create_volume/1/refused', 'pass', ['A1'], { explored: explored('refused', ['pass', 'merged']) }),
  resultOf('explore/create_volume/1/stale', 'fail', ['A1'], { explored: explored('stale', ['fail', 'none']) }),
  resultOf('explore/delete_volume/1/stale', 'error', ['A1'], {
    explored: explored('stale', ['unexplored', 'none'], 'delete_volume'),
  }),
];
const withSpace = { ...report, checks };

describe('the fault space', () => {
  it('counts by method and fault what was explored, merged and failed', () => {
    const space = faultSpaceOf(withSpace);
    expect(space).toMatchObject({
      faults: ['refused', 'stale'],
      all: { total: 4, explored: 3, merged: 1, failed: 1 },
    });
    const [create, remove] = space?.methods ?? [];
    expect(create?.faults.get('refused')).toEqual({ total: 2, explored: 2, merged: 1, failed: 0 });
    expect(create?.all).toEqual({ total: 3, explored: 3, merged: 1, failed: 1 });
    expect(remove?.all).toEqual({ total: 1, explored: 0, merged: 0, failed: 0 });
  });

  it('is nothing where no check enumerates faults', () => {
    expect(faultSpaceOf(report)).toBeUndefined();
    expect(htmlReport(report)).not.toContain('Fault space');
  });

  it('is a table on the console', () => {
    const text = consoleReport(withSpace, colorsFor({}));
    expect(text).toContain(
      [
        'Faults by method, explored/total (! failed):',
        'method         refused  stale   explored',
        'create_volume  2/2      1/1 !1  3/3 !1',
        'delete_volume  -        0/1     0/1',
        'all            2/2      1/2 !1  3/4 !1',
        '3 of 4 faults were explored, 1 of them by the trace that another one has left; 1 failed',
      ].join('\n'),
    );
  });

  it('is a heat map in HTML, with each request below', () => {
    const page = htmlReport(withSpace);
    expect(page).toContain('<td class="pass" style="--heat: 40%">2/2</td>');
    expect(page).toContain('<td class="fail" style="--heat: 20%">1/1 !1</td>');
    expect(page).toContain('<caption>1: nothing &lt;before&gt;</caption>');
    expect(page).toContain('<th scope="row">2. <code>POST volumes</code></th><td class="quiet">as another</td>');
  });

  it('is read back from JSON as it was', () => {
    expect(parseReport(jsonReport(withSpace), 'r.json').checks).toEqual(checks);
  });
});
