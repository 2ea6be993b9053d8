import { html } from './markup.js';
import { verdictOf } from './outcome-order.js';
import type { ConformanceReport } from './report.js';

const label = 'Cinder conformance';
/** Of the font that browsers take for such text, at 11 pixels; the texts are stretched to it. */
const characterWidth = 6.4;
const padding = 6;

const colors = { pass: '#116329', fail: '#b3211c', error: '#57606a' } as const;

/** A small picture for a README: how many of the requirements hold, in words and colour. */
export function badge(report: ConformanceReport): string {
  const counted = report.requirements.filter(({ counts }) => counts);
  const held = counted.filter(({ outcome }) => outcome === 'pass').length;
  const isJudged = report.unjudged === undefined && report.verdict !== 'error';
  const result = isJudged ? `${held} of ${counted.length}` : verdictOf(report).toLowerCase();
  const [left, right] = [widthOf(label), widthOf(result)];
  const title = `${label}: ${verdictOf(report)}, ${held} of ${counted.length} requirements hold`;
  const words = (text: string, x: number, width: number) =>
    html`<text x="${x + padding}" y="14" textLength="${width - 2 * padding}">${text}</text>`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">
<title>${title}</title>
<rect width="${left}" height="20" fill="#24292f"/><rect x="${left}" width="${right}" height="20" fill="${colors[report.verdict]}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${words(label, 0, left)}${words(result, left, right)}</g>
</svg>
`.text;
}

function widthOf(text: string): number {
  return Math.round(text.length * characterWidth) + 2 * padding;
}
