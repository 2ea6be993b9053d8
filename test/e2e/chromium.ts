import { runChildInPlace } from '../child-process.js';

const { stdout, code } = runChildInPlace('which', ['chromium']);

/** Where Debian's chromium is; undefined where it is not installed: then `what` is not tried, and that is said. */
export function chromiumFor(what: string): string | undefined {
  if (code === 0) return stdout.trim();
  process.stderr.write(`SKIPPED: chromium is not installed (Debian: chromium): ${what} is not tried in a browser\n`);
  return undefined;
}

export interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: unknown }[];
}

/** What is serious of what axe-core finds, in words. */
export function seriousOf({ violations }: { readonly violations: readonly AxeViolation[] }): string[] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}
