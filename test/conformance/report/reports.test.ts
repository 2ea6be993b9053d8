import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { create } from 'xmlbuilder2';
import { consoleReport } from '../../../conformance/report/console.js';
import { htmlReport } from '../../../conformance/report/html.js';
import { jsonReport, parseReport } from '../../../conformance/report/json.js';
import { colorsFor } from '../../../conformance/report/lines.js';
import { markdownReport } from '../../../conformance/report/markdown.js';
import { requirementsJunit } from '../../../conformance/report/requirements-junit.js';
import { report } from './made-up.js';

describe('the report for people', () => {
  it('tells failures first with their steps and how to replay them, then every clause, then the verdict', () => {
    expect(consoleReport(report, colorsFor({}))).toMatchInlineSnapshot(`
      "FAILED Volumes | are <made> volume/create
                      the size is <wrong> [A1]
                      expected  1
                      found     2 & more
        steps
           1  create_volume as: <vol>
        replay it: eseries-conformance replay conformance-failures/volume/create.yaml

      ERROR title of attach/broken attach/broken
                      why attach/broken

      waived title of group/known group/known
                      group/known failed [A5]

      FAILED the waiver for A3 is stale: its requirement holds (bob)

      fail          must   A1 Clause of A1.
      error         should A2 Clause of A2.
      not exercised must   A6 Clause of A6.
      waived        must   A5 Clause of A5. (known (ann, until 2030-12-31))
      skipped       should A4 Clause of A4. (why group/optional)
      pass          must   A3 Clause of A3.

      6 requirements: 1 fail, 1 error, 1 not exercised, 1 waived, 1 skipped, 1 pass
      5 checks, 5 stories, 15 driver calls, seed 7
      FAILED Made-up <driver> 1.0
      "
    `);
  });
});

describe('the report as JSON', () => {
  it('is read back as it was', () => {
    expect(parseReport(jsonReport(report), 'r.json')).toEqual(report);
  });

  it.each([
    ['{', 'r.json is no JSON'],
    ['[]', 'r.json is no report of this suite'],
    ['{"report": 99}', 'r.json is a report of version 99; this version of the suite reads 1.'],
    [jsonReport({ ...report, seed: -1 }), 'r.json is no report of this suite: /seed must be >= 0'],
  ])('is refused when it is none: %.20s', (text, message) => {
    expect(() => parseReport(text, 'r.json')).toThrow(message);
  });
});

describe('the report as JUnit', () => {
  it('has a case for each requirement, and for waivers that fail the run', () => {
    const xml = requirementsJunit(report);
    expect(create(xml).end({ format: 'object' })).toMatchObject({
      testsuites: { '@tests': '7', '@failures': '3', '@errors': '1', '@skipped': '2' },
    });
    expect(xml).toContain('<failure message="the size is &lt;wrong&gt;">');
    expect(xml).toContain('replay it: eseries-conformance replay conformance-failures/volume/create.yaml');
    expect(xml).toContain('<skipped message="waived: known (ann, until 2030-12-31)"/>');
    expect(xml).toContain('<failure message="not exercised: no check says anything"/>');
    expect(xml).toContain('<failure message="stale: its requirement holds">');
  });

  it('shows what does not count as skipped', () => {
    const quiet = { ...report, requirements: report.requirements.map((each) => ({ ...each, counts: false })) };
    expect(requirementsJunit(quiet)).toContain('<skipped message="fail, which does not count in this run"/>');
  });
});

describe('the report in Markdown', () => {
  it('is for the summary of a CI run', () => {
    expect(markdownReport(report)).toMatchInlineSnapshot(`
      "## Conformance: FAILED

      Made-up &lt;driver&gt; 1.0: 1 fail, 1 error, 1 not exercised, 1 waived, 1 skipped, 1 pass of 6 requirements; 5 checks, seed 7.

      ### Waivers

      - \`A3\` is stale: its requirement holds (bob)

      ### What does not hold

      | Requirement | Level | Outcome | Clause |
      |---|---|---|---|
      | \`A1\` | must | fail | Clause of A1. |
      | \`A2\` | should | error | Clause of A2. |
      | \`A6\` | must | not exercised | Clause of A6. |

      ### fail: Volumes \\| are &lt;made&gt; (\`volume/create\`)

      - the size is &lt;wrong&gt;

      \`\`\`sh
      eseries-conformance replay conformance-failures/volume/create.yaml
      \`\`\`

      ### error: title of attach/broken (\`attach/broken\`)

      - why attach/broken

      ### waived: title of group/known (\`group/known\`)

      - group/known failed

      <details><summary>All requirements</summary>

      | Requirement | Level | Outcome | Clause |
      |---|---|---|---|
      | \`A1\` | must | fail | Clause of A1. |
      | \`A2\` | should | error | Clause of A2. |
      | \`A6\` | must | not exercised | Clause of A6. |
      | \`A5\` | must | waived | Clause of A5. (known (ann, until 2030-12-31)) |
      | \`A4\` | should | skipped | Clause of A4. (why group/optional) |
      | \`A3\` | must | pass | Clause of A3. |

      </details>
      "
    `);
  });
});

describe('the report as a page', () => {
  const page = htmlReport(report);

  it('needs nothing else', () => {
    expect(page).not.toMatch(/<link|<img|https?:\/\/|@import|url\(| on\w+=| style=/);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('allows its own script and style only, by their hashes', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    for (const name of ['script', 'style']) {
      const [, text = ''] = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page) ?? [];
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${name}-src &#39;sha256-${hash}&#39;`);
    }
    expect(policy).toMatch(/^default-src &#39;none&#39;;/);
  });

  it('escapes everything', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Made-up &lt;driver&gt; 1.0');
    expect(page).toContain('a&amp;b');
  });

  it('has every requirement with its outcome in words, and a timeline of each failure', () => {
    for (const { id, outcome } of report.requirements)
      expect(page).toMatch(new RegExp(`<li id="${id}" data-outcome="${outcome}"[\\s\\S]*?>${outcome}`));
    expect(page).toMatch(
      /step 1<[\s\S]*here it failed[\s\S]*raised NotFound[\s\S]*POST \/devmgr[\s\S]*422[\s\S]*volume-created/,
    );
    expect(page).toContain('<a href="#cause/1">');
    expect(page).toContain('id="cause/1"');
  });

  it('has its elements closed, and no id twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const name of ['article', 'code', 'details', 'li', 'main', 'ol', 'p', 'pre', 'section', 'span', 'dl', 'ul'])
      expect(page.match(new RegExp(`<${name}[ >]`, 'g'))?.length, name).toBe(
        page.match(new RegExp(`</${name}>`, 'g'))?.length,
      );
  });
});
