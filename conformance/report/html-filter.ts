import { html, type Markup } from './markup.js';
import { outcomeOrder } from './outcome-order.js';
import type { ConformanceReport, RequirementReport } from './report.js';

/** The areas that a requirement belongs to: what its checks are filed under. */
export function areasOf({ checks }: Pick<RequirementReport, 'checks'>): string[] {
  return [...new Set(checks.map((id) => id.split('/', 1)[0] ?? ''))].sort();
}

/** How many requirements came to each outcome, and which of them are shown. Without scripts it is the counts only. */
export function filterForm({ requirements }: Pick<ConformanceReport, 'requirements'>): Markup {
  const areas = [...new Set(requirements.flatMap(areasOf))].sort();
  const counts = outcomeOrder
    .map((outcome) => ({ outcome, count: requirements.filter((each) => each.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
  return html`<form id="filters" class="filters">
<fieldset><legend>Outcome</legend>${counts.map(
    ({ outcome, count }) =>
      html`<label class="count ${outcome.replace(' ', '-')}"><input type="checkbox" name="outcome" value="${outcome}"> <b>${count}</b> ${outcome}</label>
`,
  )}</fieldset>
<label>Level ${select('level', ['must', 'should'])}</label>
<label>Area ${select('area', areas)}</label>
<label>Text <input type="search" name="text"></label>
<output name="shown">${requirements.length} shown</output>
</form>`;
}

function select(name: string, values: readonly string[]): Markup {
  return html`<select name="${name}"><option value="">all</option>${values.map((each) => html`<option>${each}</option>`)}</select>`;
}

/** Hides what the form does not ask for, and shows what a link leads to. */
export const filterScript = `
const form = document.getElementById('filters');
const items = [...document.querySelectorAll('#requirements > li')];
function apply() {
  const asked = new FormData(form);
  const outcomes = asked.getAll('outcome');
  const [level, area, text] = ['level', 'area', 'text'].map((name) => asked.get(name).toLowerCase());
  let shown = 0;
  for (const item of items) {
    const fits = (outcomes.length === 0 || outcomes.includes(item.dataset.outcome))
      && (level === '' || item.dataset.level === level)
      && (area === '' || item.dataset.areas.toLowerCase().split(' ').includes(area))
      && (text === '' || item.textContent.toLowerCase().includes(text));
    item.hidden = !fits;
    if (fits) shown++;
  }
  form.elements.shown.value = shown + ' shown';
}
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  if (target.closest('[hidden]') !== null) {
    form.reset();
    apply();
  }
  for (let each = target; each !== null; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
  target.scrollIntoView();
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', reveal);
apply();
reveal();
`;
