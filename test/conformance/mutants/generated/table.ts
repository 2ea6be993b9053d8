import type { GeneratedMutant } from './instrument.js';
import type { Verdict } from './messages.js';

export interface Judged {
  readonly verdicts: readonly Verdict[];
  /** Mutants of the sample that were not judged, with the reason. */
  readonly equivalent: readonly { readonly mutant: GeneratedMutant; readonly reason: string }[];
}

/** How many of the mutants that are not equivalent were noticed, from 0 to 1; 1 where there are none. */
export function score({ verdicts }: Judged): number {
  const usable = verdicts.filter(({ outcome }) => outcome !== 'unusable');
  const noticed = usable.filter(({ outcome }) => outcome === 'killed' || outcome === 'timed out');
  return usable.length === 0 ? 1 : noticed.length / usable.length;
}

/** Which requirements noticed how many, what survived, and the sums. */
export function table(judged: Judged, { because, goal }: { readonly because: boolean; readonly goal: number }): string {
  const { verdicts, equivalent } = judged;
  const of = (outcome: Verdict['outcome']) => verdicts.filter((each) => each.outcome === outcome);
  const lines = [
    ...byRequirement(of('killed')),
    ...(because ? verdicts.filter(({ outcome }) => outcome === 'killed').map(killLine) : []),
    ...of('timed out').map(
      (each) => `TIMED OUT   ${described(each.mutant)}  ${each.check ?? ''} ${each.because ?? ''}`,
    ),
    ...of('unusable').map((each) => `NOT JUDGED  ${described(each.mutant)}  ${oneLine(each.because)}`),
    ...of('survived').map(survivorLine),
    ...(because ? equivalent.map(({ mutant, reason }) => `EQUIVALENT  ${described(mutant)}  ${reason}`) : []),
    sums(judged, goal),
  ];
  return `${lines.join('\n')}\n`;
}

function sums(judged: Judged, goal: number): string {
  const { verdicts, equivalent } = judged;
  const count = (outcome: Verdict['outcome']) => verdicts.filter((each) => each.outcome === outcome).length;
  const percent = (Math.floor(score(judged) * 1000) / 10).toFixed(1);
  return [
    `${verdicts.length + equivalent.length} generated mutants: ${count('killed')} killed, ${count('timed out')} timed out,`,
    `${count('survived')} survived, ${equivalent.length} equivalent, ${count('unusable')} that could not be judged;`,
    `${percent} % of those that are not equivalent were noticed (goal ${goal} %)`,
  ].join(' ');
}

/** A kill counts for the first requirement that failed: the others of the same check may have fallen with it. */
function byRequirement(killed: readonly Verdict[]): string[] {
  const counts = new Map<string, number>();
  for (const { requirements: [first = '?'] = [] } of killed) counts.set(first, (counts.get(first) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([id, count]) => `${String(count).padStart(4)} by ${id}`);
}

function killLine({ mutant, check, requirements = [], because }: Verdict): string {
  return `KILLED      ${described(mutant)}  by ${requirements.slice(0, 4).join(', ')} in ${check}: ${oneLine(because)}`;
}

function survivorLine({ mutant, checks, because }: Verdict): string {
  return `SURVIVED    ${described(mutant)}  ${checks} checks ${oneLine(because)}`;
}

/** Where a mutant is and what it changes. */
export function described({ file, line, mutator, original, replacement }: GeneratedMutant): string {
  return `${file}:${line} ${mutator}: ${oneLine(original)} -> ${oneLine(replacement)}`;
}

function oneLine(text = ''): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 160 ? `${flat.slice(0, 160)}…` : flat;
}
