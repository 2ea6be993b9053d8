import type { MutantVerdict } from './judge-mutant.js';

const byRule = new Intl.Collator('en', { numeric: true });

/** A line for each mutant, in the order of their rules: what killed it, and if wanted why; then how many there are. */
export function killTable(verdicts: readonly MutantVerdict[], because: boolean): string {
  const rows = [...verdicts].sort((one, other) => byRule.compare(one.mutant.rule, other.mutant.rule));
  const lines = rows.flatMap(({ mutant, killedBy, because: why = '', checks }) => [
    `${mutant.rule.padEnd(36)} ${mutant.id.padEnd(54)} ${killedBy ?? `SURVIVED ${checks} checks`}`,
    ...(because && killedBy !== undefined ? [`    ${why.replaceAll('\n', ' ')}`] : []),
  ]);
  const killed = verdicts.filter(({ killedBy }) => killedBy !== undefined).length;
  return `${[...lines, `${verdicts.length} mutants: ${killed} killed, ${verdicts.length - killed} survived`].join('\n')}\n`;
}
