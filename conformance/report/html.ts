import { style } from './html-style.js';
import { timelineMarkup } from './html-timeline.js';
import { html, Markup } from './markup.js';
import { byOutcome, countsInWords, verdictWords, type WrongCheck, wrongChecks } from './outcome-order.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';

/** A report as one page of HTML that needs nothing else: no scripts, no network. */
export function htmlReport(report: ConformanceReport): string {
  const { subject, verdict, requirements, checks, seed, notRun } = report;
  const wrong = wrongChecks(report);
  const ids = new Set(wrong.map(({ check }) => check.id));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${verdictWords[verdict]}: ${subject}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<h1><span class="${verdict}">${verdictWords[verdict]}</span> ${subject}</h1>
<p>${requirements.length} requirements: ${countsInWords(report)}. ${checks.length} checks, seed ${seed}.</p>
${notRun.length === 0 ? '' : html`<p>${notRun.length} checks were not begun.</p>`}
</header>
<main>
${waivers(report)}
${wrong.length === 0 ? '' : html`<section><h2>Failures</h2>${wrong.map(failed)}</section>`}
<section>
<h2>Requirements</h2>
<table>
<caption>What needs attention comes first.</caption>
<thead><tr><th scope="col">Requirement</th><th scope="col">Level</th><th scope="col">Outcome</th><th scope="col">Clause</th></tr></thead>
<tbody>${byOutcome(requirements).map((each) => row(each, ids))}</tbody>
</table>
</section>
</main>
</body>
</html>
`;
  return page.text;
}

function waivers({ waivers: all }: ConformanceReport): Markup {
  const lapsed = all.filter(({ state }) => state !== 'valid');
  if (lapsed.length === 0) return html``;
  return html`<section><h2>Waivers that fail the run</h2><ul>${lapsed.map(
    ({ id, reason, owner, expires, state }) =>
      html`<li><a href="#${id}">${id}</a> ${state === 'expired' ? `expired on ${expires}` : 'is stale: its requirement holds'}: ${reason} (${owner})</li>`,
  )}</ul></section>`;
}

function row(each: RequirementReport, wrong: ReadonlySet<string>): Markup {
  const { id, level, outcome, clause, source, reason, checks, counts } = each;
  const links = checks.map((check) =>
    wrong.has(check) ? html`<li><a href="#${anchor(check)}">${check}</a></li>` : html`<li>${check}</li>`,
  );
  return html`<tr id="${id}"><th scope="row"><code>${id}</code></th><td>${level}</td>
<td class="${outcome.replace(' ', '-')}">${outcome}${counts ? '' : html` <span class="quiet">(does not count)</span>`}</td>
<td>${clause} <span class="quiet">${source}</span>${reason === undefined ? '' : html`<br>${reason}`}
${checks.length === 0 ? '' : html`<details><summary>${checks.length} checks</summary><ul>${links}</ul></details>`}</td></tr>
`;
}

function failed({ check, outcome }: WrongCheck): Markup {
  const { id, title, reason, failure, replay = [], verifies } = check;
  return html`<article id="${anchor(id)}">
<h3>${title} <code>${id}</code></h3>
<p><span class="${outcome}">${outcome}</span> Verifies ${verifies.map((each, index) => html`${index === 0 ? '' : ', '}<a href="#${each}">${each}</a>`)}</p>
${failure === undefined ? html`<p>${reason ?? ''}</p>` : html`<ul>${failure.failures.map(sides)}</ul>`}
${replay.length === 0 ? '' : html`<p>Replay it:</p><pre>${replay.join('\n')}</pre>`}
${failure === undefined || failure.scenario === '' ? '' : html`<details><summary>The story</summary><pre>${failure.scenario}</pre></details>`}
${failure === undefined || failure.trace === '' ? '' : timelineMarkup(failure.trace)}
</article>
`;
}

type Sides = NonNullable<CheckReport['failure']>['failures'][number];

function sides({ message, expected, found, requirement }: Sides): Markup {
  const has = expected !== undefined || found !== undefined;
  return html`<li>${message}${requirement === undefined ? '' : html` <a href="#${requirement}">${requirement}</a>`}${
    has ? html`<pre>expected  ${shown(expected)}\nfound     ${shown(found)}</pre>` : ''
  }</li>`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** Ids of checks have slashes; those of requirements, which are anchors too, have none. */
function anchor(check: string): string {
  return `check/${check}`;
}
