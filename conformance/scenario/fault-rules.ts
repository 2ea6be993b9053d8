import type { Play } from './play.js';

/** The array gives the ids of rules that were removed again: those keep their place in the list. */
export function forgetId(rules: Play['rules'], id: string): void {
  if (!rules.has(id)) return;
  const before = [...rules];
  rules.clear();
  for (const [each, rule] of before) rules.set(each === id ? `${id} that was ${before.length}` : each, rule);
}

/** Remembers how often the rules fired, before they go. */
export async function countHits({ harness, rules }: Play): Promise<void> {
  if (rules.size === 0) return;
  const list = await harness.admin.control<{ id: string; hits: number; error?: string }[]>('GET', 'faults');
  for (const { id, hits, error } of list) {
    const rule = rules.get(id);
    if (rule === undefined) continue;
    rule.hits = hits;
    if (error !== undefined) rule.error = error;
  }
}
