import { counted } from './counted.js';
import { areasOf } from './html-filter.js';
import { html, type Markup } from './markup.js';
import { byOutcome } from './outcome-order.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';

/** Every requirement with its checks, what needs attention first. `anchors` says where a failed check is told of. */
export function requirementList(report: ConformanceReport, anchors: ReadonlyMap<string, string>): Markup {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  return html`<ol id="requirements" class="requirements">
${byOutcome(report.requirements).map((each) => item(each, checks, anchors))}</ol>`;
}

function item(
  each: RequirementReport,
  known: ReadonlyMap<string, CheckReport>,
  anchors: ReadonlyMap<string, string>,
): Markup {
  const { id, level, outcome, clause, source, reason, checks, counts } = each;
  const links = checks.map((check) => checkItem(check, known.get(check), anchors.get(check)));
  return html`<li id="${id}" data-outcome="${outcome}" data-level="${level}" data-areas="${areasOf(each).join(' ')}">
<p class="head"><code>${id}</code> <span>${level}</span> <span class="${outcome.replace(' ', '-')}">${outcome}</span>${
    counts ? '' : html` <span class="quiet">(does not count)</span>`
  }</p>
<p>${clause} <span class="quiet">${source}</span></p>
${reason === undefined ? '' : html`<p>${reason}</p>`}
${checks.length === 0 ? '' : html`<details><summary>${counted(checks.length, 'check')}</summary><ul>${links}</ul></details>`}</li>
`;
}

function checkItem(id: string, check: CheckReport | undefined, anchor: string | undefined): Markup {
  const outcome = check?.outcome ?? 'not begun';
  const name = anchor === undefined ? html`<code>${id}</code>` : html`<a href="#${anchor}"><code>${id}</code></a>`;
  const [first] = check?.failure?.failures ?? [];
  return html`<li>${name} <span class="${outcome.replace(' ', '-')}">${outcome}</span>${first === undefined ? '' : html`: ${first.message}`}</li>
`;
}
