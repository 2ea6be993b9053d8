import type { FaultOutcome } from '../checks/check.js';
import { counted } from './counted.js';
import { type FaultCount, type FaultSpace, faultSpaceOf, type SituationSpace } from './fault-space.js';
import { toldOf } from './fault-space-lines.js';
import { html, type Markup } from './markup.js';
import type { ConformanceReport } from './report.js';

/** What was enumerated, as a heat map: methods by faults, and below each method its requests by faults. */
export function faultSpaceMarkup(report: ConformanceReport): Markup {
  const space = faultSpaceOf(report);
  if (space === undefined) return html``;
  const most = Math.max(...space.methods.flatMap(({ faults }) => [...faults.values()].map(({ total }) => total)));
  return html`<section>
<h2>Fault space</h2>
<p>${toldOf(space.all)}. The more faults a cell has, the darker it is.</p>
<table class="heat">
<caption>Explored/total by method and fault; an exclamation mark counts what failed.</caption>
<thead><tr><th scope="col">Method</th>${space.faults.map((fault) => html`<th scope="col">${fault}</th>`)}<th scope="col">all</th></tr></thead>
<tbody>${space.methods.map(
    ({ method, faults, all }) => html`<tr><th scope="row"><code>${method}</code></th>${space.faults.map((fault) =>
      cell(faults.get(fault), most),
    )}${cell(all, Number.POSITIVE_INFINITY)}</tr>
`,
  )}</tbody>
</table>
${space.methods.map(
  ({ method, situations }) =>
    html`<details><summary><code>${method}</code>: ${counted(situations.length, 'situation')}</summary>${situations.map(
      (each) => situation(each, space),
    )}</details>
`,
)}
</section>`;
}

function cell(count: FaultCount | undefined, most: number): Markup {
  if (count === undefined || count.total === 0) return html`<td class="quiet">none</td>`;
  const { explored, total, failed } = count;
  const state = failed > 0 ? 'fail' : explored < total ? 'skipped' : 'pass';
  const share = Math.round((40 * total) / most);
  return html`<td class="${state}" style="--heat: ${share}%">${explored}/${total}${failed === 0 ? '' : ` !${failed}`}</td>`;
}

const words: Readonly<Record<FaultOutcome, string>> = {
  pass: 'pass',
  merged: 'as another',
  fail: 'fail',
  unexplored: 'unexplored',
  none: '',
};

const classes: Readonly<Record<FaultOutcome, string>> = {
  pass: 'pass',
  merged: 'quiet',
  fail: 'fail',
  unexplored: 'skipped',
  none: 'quiet',
};

function situation({ situation: title, places, outcomes }: SituationSpace, { faults }: FaultSpace): Markup {
  const shown = faults.filter((fault) => outcomes.has(fault));
  return html`<table>
<caption>${title}</caption>
<thead><tr><th scope="col">Request</th>${shown.map((fault) => html`<th scope="col">${fault}</th>`)}</tr></thead>
<tbody>${places.map(
    (place, index) => html`<tr><th scope="row">${index + 1}. <code>${place}</code></th>${shown.map((fault) => {
      const outcome = outcomes.get(fault)?.[index] ?? 'none';
      return html`<td class="${classes[outcome]}">${words[outcome]}</td>`;
    })}</tr>
`,
  )}</tbody>
</table>`;
}
