import { html, type Markup } from './markup.js';
import { type Happening, timelineOf } from './timeline.js';

type Step = Extract<Happening, { readonly kind: 'step' }>;

interface Chapter {
  /** Undefined for what happened before the first step. */
  readonly step: Step | undefined;
  readonly within: Happening[];
}

/** What happened in a story: its steps, and in them driver calls, REST exchanges and the array's events. The last one is open. */
export function timelineMarkup(trace: string): Markup {
  const chapters = chaptersOf(timelineOf(trace));
  return html`<details open><summary>What happened</summary>
<ol class="steps">${chapters.map((each, index) => chapter(each, index === chapters.length - 1))}</ol></details>`;
}

function chaptersOf(happenings: readonly Happening[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const happening of happenings) {
    const last = chapters.at(-1);
    if (happening.kind === 'step') chapters.push({ step: happening, within: [] });
    else if (last === undefined) chapters.push({ step: undefined, within: [happening] });
    else last.within.push(happening);
  }
  return chapters;
}

function chapter({ step, within }: Chapter, isLast: boolean): Markup {
  const head =
    step === undefined
      ? html`before the first step`
      : html`<b>step ${step.number}</b> ${step.what} <span class="quiet">${time(step.atMs)}</span>${
          isLast ? html` <span class="fail">the last one: here it failed</span>` : ''
        }`;
  if (within.length === 0)
    return html`<li>${head}</li>
`;
  const [open, closed] = [html`<details open>`, html`<details>`];
  return html`<li>${isLast ? open : closed}<summary>${head}</summary><ul>${within.map(entry)}</ul></details></li>
`;
}

function entry(happening: Happening): Markup {
  switch (happening.kind) {
    case 'step':
      return html``;
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
  return html`<li><details><summary><span class="kind">${kind}</span> ${head}</summary><pre>${content}</pre></details></li>
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
