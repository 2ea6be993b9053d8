import { html, type Markup } from './markup.js';
import { type Happening, timelineOf } from './timeline.js';

/** What happened in a story, from top to bottom: steps, and in them driver calls, REST exchanges and the array's events. */
export function timelineMarkup(trace: string): Markup {
  return html`<details open><summary>What happened</summary>
<ol class="timeline">${timelineOf(trace).map(entry)}</ol></details>`;
}

function entry(happening: Happening): Markup {
  switch (happening.kind) {
    case 'step': {
      const { number, what, atMs } = happening;
      return html`<li class="step"><span class="kind">step ${number}</span> ${what} <span class="quiet">${time(atMs)}</span></li>
`;
    }
    case 'call': {
      const { method, args, returned, raised } = happening;
      const outcome = raised === undefined ? 'returned' : html`<span class="fail">raised ${classOf(raised)}</span>`;
      const content = json({ args, ...(raised === undefined ? { returned } : { raised }) });
      return folded('call', html`<code>${method}</code> ${outcome}`, content);
    }
    case 'request': {
      const { request, status, atMs, body, answer } = happening;
      const paint = status >= 400 || status === 0 ? 'fail' : 'quiet';
      const head = html`<code>${request}</code> <span class="${paint}">${status}</span> <span class="quiet">${time(atMs)}</span>`;
      const content = json({ ...(body === undefined ? {} : { body }), ...(answer === undefined ? {} : { answer }) });
      return folded('request', head, content);
    }
    case 'event':
      return folded('event', html`<code>${nameOf(happening.event)}</code>`, json(happening.event));
  }
}

function folded(kind: Happening['kind'], head: Markup, content: string): Markup {
  return html`<li class="${kind}"><details><summary><span class="kind">${kind}</span> ${head}</summary><pre>${content}</pre></details></li>
`;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '';
}

function time(milliseconds: number): string {
  return `${milliseconds} ms`;
}

function classOf(raised: unknown): string {
  return String((raised as { class?: unknown } | null)?.class ?? '');
}

function nameOf(event: unknown): string {
  const { kind, event: name } = (event ?? {}) as { readonly kind?: unknown; readonly event?: unknown };
  return String(kind ?? name ?? 'event');
}
