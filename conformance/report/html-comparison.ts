import type { Outcome } from '../checks/outcomes.js';
import type { ComparedRequirement, Comparison } from './comparison.js';
import { counted } from './counted.js';
import { html, type Markup } from './markup.js';
import { outcomeOrder } from './outcome-order.js';
import { wholePage } from './page.js';

/** Reports side by side as a page of its own: how the counts went on, and a matrix of requirements and reports. */
export function htmlComparison(comparison: Comparison): string {
  const { reports, requirements } = comparison;
  const different = requirements.filter(({ differs }) => differs).length;
  const body = html`<header><h1>${reports.length} reports compared</h1>
<p>${different === 0 ? 'Every requirement came to the same.' : `${different} of ${counted(requirements.length, 'requirement')} ${different === 1 ? 'differs' : 'differ'}.`}</p></header>
<main>
<section><h2>How the counts went on</h2>
<p>In the order in which the reports were given.</p>
<div class="wide" role="region" aria-label="Counts of the reports" tabindex="0">${trend(comparison)}</div></section>
<section><h2>Requirements</h2>
<form id="filters" class="filters"><label><input type="checkbox" name="different" ${different > 0 ? 'checked' : ''}> only what differs</label>
<label>Text <input type="search" name="text"></label><output name="shown">${requirements.length} shown</output></form>
<div class="wide" role="region" aria-label="Matrix of requirements and reports" tabindex="0">${matrix(comparison)}</div></section>
</main>`;
  return wholePage({ title: `${reports.length} reports compared`, body, script });
}

const script = `
const form = document.getElementById('filters');
const rows = [...document.querySelectorAll('.matrix tbody tr')];
function apply() {
  const asked = new FormData(form);
  const text = asked.get('text').toLowerCase();
  let shown = 0;
  for (const row of rows) {
    row.hidden = (asked.has('different') && row.dataset.differs !== 'true') || !row.textContent.toLowerCase().includes(text);
    if (!row.hidden) shown++;
  }
  form.elements.shown.value = shown + ' shown';
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
apply();
`;

function trend({ reports }: Comparison): Markup {
  return html`<table class="trend">
<thead><tr><th scope="col">Report</th><th scope="col">Verdict</th>${outcomeOrder.map((each) => html`<th scope="col">${each}</th>`)}<th scope="col">Shares</th></tr></thead>
<tbody>${reports.map(
    ({ file, subject, verdict, counts }) =>
      html`<tr><th scope="row">${subject} <span class="quiet">${file}</span></th><td>${verdict}</td>${outcomeOrder.map(
        (each) => html`<td>${counts[each] ?? 0}</td>`,
      )}<td>${shares(counts)}</td></tr>
`,
  )}</tbody></table>`;
}

const barWidth = 160;

/** The counts as lengths; the numbers beside it say the same. */
function shares(counts: Readonly<Partial<Record<Outcome, number>>>): Markup {
  const total = outcomeOrder.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
  let x = 0;
  const bars = outcomeOrder.map((each) => {
    const width = total === 0 ? 0 : ((counts[each] ?? 0) / total) * barWidth;
    const bar = html`<rect class="${paintOf(each)}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="14"/>`;
    x += width;
    return bar;
  });
  return html`<svg width="${barWidth}" height="14" aria-hidden="true">${bars}</svg>`;
}

function paintOf(outcome: Outcome): string {
  if (outcome === 'pass') return 'pass';
  return outcome === 'waived' || outcome === 'skipped' ? 'other' : 'bad';
}

function matrix({ reports, requirements }: Comparison): Markup {
  return html`<table class="matrix">
<thead><tr><th scope="col">Requirement</th>${reports.map(
    ({ file, subject }) => html`<th scope="col">${subject} <span class="quiet">${file}</span></th>`,
  )}</tr></thead>
<tbody>${requirements.map(row)}</tbody></table>`;
}

function row({ id, clause, level, outcomes, differs }: ComparedRequirement): Markup {
  const cells = outcomes.map((each) =>
    each === null ? html`<td class="quiet">not in it</td>` : html`<td class="${each.replace(' ', '-')}">${each}</td>`,
  );
  return html`<tr data-differs="${String(differs)}"><th scope="row"><code>${id}</code> <span class="quiet">${level}</span><details><summary>clause</summary>${clause}</details></th>${cells}</tr>
`;
}
