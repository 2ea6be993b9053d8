import { type Block, blocksOf, headOf } from './blocks.js';
import { counted, notBegun } from './counted.js';
import { differencesOf } from './differences.js';
import { faultSpaceMarkup } from './html-fault-space.js';
import { filterForm, filterScript } from './html-filter.js';
import { requirementList } from './html-requirements.js';
import { timelineMarkup } from './html-timeline.js';
import { html, type Markup } from './markup.js';
import { countsInWords, verdictOf } from './outcome-order.js';
import { wholePage } from './page.js';
import type { ConformanceReport } from './report.js';

/** A report as one page of HTML that needs nothing else and works as a file; without scripts it is whole, but not filtered. */
export function htmlReport(report: ConformanceReport): string {
  const { subject, verdict, requirements, checks, seed, notRun, unjudged } = report;
  const blocks = blocksOf(report);
  const body = html`<header>
<h1><span class="${verdict}">${verdictOf(report)}</span> ${subject}</h1>
<p>${counted(requirements.length, 'requirement')}: ${countsInWords(report)}. ${counted(checks.length, 'check')}, seed ${seed}.</p>
${notRun.length === 0 ? '' : html`<p>${notBegun(notRun.length)}.</p>`}
</header>
<main>
${unjudged === undefined ? '' : html`<section><h2>Why</h2><pre>${unjudged.reason}</pre><p>${unjudged.remedy}</p></section>`}
${waivers(report)}
${blocks.length === 0 ? '' : html`<section><h2>Failures</h2><p>Each cause once; ${blocks.length} in all.</p>${blocks.map(failed)}</section>`}
<section>
<h2>Requirements</h2>
<p>What needs attention comes first.</p>
${filterForm(report)}
${requirementList(report, anchorsOf(blocks))}
</section>
${faultSpaceMarkup(report)}
</main>`;
  return wholePage({ title: `${verdictOf(report)}: ${subject}`, body, script: filterScript });
}

function waivers({ waivers: all }: ConformanceReport): Markup {
  const lapsed = all.filter(({ state }) => state !== 'valid');
  if (lapsed.length === 0) return html``;
  return html`<section><h2>Waivers that fail the run</h2><ul>${lapsed.map(
    ({ id, reason, owner, expires, state }) =>
      html`<li><a href="#${id}">${id}</a> ${state === 'expired' ? `expired on ${expires}` : 'is stale: its requirement holds'}: ${reason} (${owner})</li>`,
  )}</ul></section>`;
}

function failed({ cause, check, failures, others }: Block, index: number): Markup {
  const { id, title, failure, replay = [], verifies } = check;
  return html`<article id="${anchor(index)}">
<h3>${others.length === 0 ? '' : `${others.length + 1} checks: `}${title} <code>${id}</code></h3>
<p><span class="${cause.outcome}">${cause.outcome}</span> ${headOf(cause)}. Verifies ${verifies.map((each, at) => html`${at === 0 ? '' : ', '}<a href="#${each}">${each}</a>`)}</p>
<ul>${failures.map(sides)}</ul>
${others.length === 0 ? '' : html`<details><summary>The same in ${others.length} more</summary><ul>${others.map((each) => html`<li>${each}</li>`)}</ul></details>`}
${replay.length === 0 ? '' : html`<p>Replay it:</p><pre>${replay.join('\n')}</pre>`}
${failure === undefined || failure.scenario === '' ? '' : html`<details><summary>The story</summary><pre>${failure.scenario}</pre></details>`}
${failure === undefined || failure.trace === '' ? '' : timelineMarkup(failure.trace)}
</article>
`;
}

type Sides = Block['failures'][number];

function sides({ message, expected, found, requirement }: Sides): Markup {
  const isObject = typeof expected === 'object' && expected !== null && typeof found === 'object' && found !== null;
  const has = expected !== undefined || found !== undefined;
  return html`<li>${message}${requirement === undefined ? '' : html` <a href="#${requirement}">${requirement}</a>`}${
    isObject
      ? differences(expected, found)
      : has
        ? html`<pre>expected  ${shown(expected)}\nfound     ${shown(found)}</pre>`
        : ''
  }</li>`;
}

/** The places where two objects differ: a state of the array, say. */
function differences(expected: object, found: object): Markup {
  return html`<dl class="differences">${differencesOf(expected, found).map(
    ({ path, expected: wanted = 'nothing', found: there = 'nothing' }) =>
      html`<dt><code>${path === '' ? 'the whole' : path}</code></dt><dd><span>expected</span><code>${wanted}</code></dd><dd><span>found</span><code class="fail">${there}</code></dd>`,
  )}</dl>`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** Where each failed check is shown: at the first of its causes. */
function anchorsOf(blocks: readonly Block[]): Map<string, string> {
  const anchors = new Map<string, string>();
  for (const [index, { cause }] of blocks.entries())
    for (const id of cause.checks) if (!anchors.has(id)) anchors.set(id, anchor(index));
  return anchors;
}

/** Ids of requirements, which are anchors too, have no slash. */
function anchor(index: number): string {
  return `cause/${index + 1}`;
}
