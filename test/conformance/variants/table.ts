import type { VariantVerdict } from './judge-variant.js';

const longestMessage = 400;

/** A line for each variant, and below one that fails a line for each requirement; then how many there are. */
export function variantTable(verdicts: readonly VariantVerdict[]): string {
  const rows = [...verdicts].sort((one, other) => (one.id < other.id ? -1 : 1));
  const lines = rows.flatMap(({ id, objections, stories, skipped }) => [
    `${id.padEnd(56)} ${objections.length === 0 ? 'pass' : 'FAIL'} ${stories} stories${skipped > 0 ? `, ${skipped} checks skipped` : ''}`,
    ...objections.map(
      ({ id: requirement, outcome, message, checks }) =>
        `    ${requirement} (${outcome}; ${checks.join(', ')}): ${message.replaceAll('\n', ' ').slice(0, longestMessage)}`,
    ),
  ]);
  const passed = verdicts.filter(({ objections }) => objections.length === 0).length;
  return `${[...lines, `${verdicts.length} variants: ${passed} pass, ${verdicts.length - passed} fail`].join('\n')}\n`;
}
